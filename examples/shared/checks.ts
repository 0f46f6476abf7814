/** Checks at the end of an example: the figures it printed against the figures it should have printed. */

export interface Checks {
  /** The figure, rounded to as many decimals as `expected` shows, reads exactly like it. */
  printed(figure: string, got: number, expected: string): void
  /** The figure agrees with one known to full precision: within 1e-12 of it, relatively. */
  close(figure: string, got: number, expected: number): void
  /** The figure is exactly this. */
  equal<T extends string | number>(figure: string, got: T, expected: T): void
  /** Prints what went wrong and a closing line; a wrong figure makes the process exit with code 1. */
  finish(): void
}

const TOLERANCE = 1e-12

export function createChecks(print: (line: string) => void = console.log): Checks {
  let count = 0
  const failures: string[] = []

  function check(passed: boolean, figure: string, got: string | number, expected: string | number): void {
    count++
    if (!passed) failures.push(`wrong: ${figure}: expected ${expected}, got ${got}`)
  }

  return {
    printed(figure, got, expected) {
      const decimals = expected.split('.')[1]?.length ?? 0
      const shown = got.toFixed(decimals)
      check(shown === expected, figure, shown, expected)
    },
    close(figure, got, expected) {
      check(Math.abs(got - expected) <= TOLERANCE * Math.abs(expected), figure, got, expected)
    },
    equal(figure, got, expected) {
      check(got === expected, figure, got, expected)
    },
    finish() {
      for (const failure of failures) print(failure)
      if (failures.length === 0) {
        print(`${count} checks passed`)
      } else {
        print(`${failures.length} of ${count} checks failed`)
        process.exitCode = 1
      }
    },
  }
}
