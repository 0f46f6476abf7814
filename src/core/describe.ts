/**
 * What tells a `Value` of this copy of the package from one of another, which is none here: two copies are loaded where two
 * versions are installed, or one is bundled twice.
 */
export const thisCopy: object = {}

/** Says in an error message what was got: `undefined`, `the string "3"`, `an array of 2`. */
export function describe(got: unknown): string {
  if (got === null || got === undefined) return String(got)
  if (typeof got === 'string') return `the string ${JSON.stringify(got)}`
  if (typeof got === 'bigint') return `the bigint ${got}n`
  if (typeof got === 'number' || typeof got === 'boolean') return `the ${typeof got} ${got}`
  if (Array.isArray(got)) return `an array of ${got.length}`
  if (typeof got === 'function') return `the function ${got.name || '(anonymous)'}`
  if (typeof got === 'symbol') return 'a symbol'
  const made: unknown = (got as object).constructor
  // What was read from JSON may have a constructor of its own.
  if (typeof made !== 'function' || made.name === 'Object') return 'an object'
  const { name, copy = thisCopy } = made as { name: string; copy?: unknown }
  return `an object of class ${name}${copy === thisCopy ? '' : ' from another copy of chainrule'}`
}

/** The name that was probably meant: the nearest one, if no more than a third of the letters are wrong. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  // The names of people are short; a hostile one of a megabyte is not compared with anything.
  if (name.length > 40) return undefined
  let best: string | undefined
  let least = Math.floor(name.length / 3) + 1
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < least) {
      best = candidate
      least = distance
    }
  }
  return best
}

/** How many letters must be put in, left out, exchanged, or swapped with a neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const [above, before] = [rows[i - 1]!, rows[i - 2]]
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const exchanged = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && before ? before[j - 2]! + 1 : Infinity
      row.push(Math.min(exchanged, swapped, above[j]! + 1, row[j - 1]! + 1))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}

/**
 * Checks the names of options: since most have a default, one that is misspelt would not be missed.
 *
 * @throws TypeError for anything but an object of options of these names
 */
export function checkOptions(caller: string, options: object, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`${caller}: got ${describe(options)}; wanted an object with ${names.join(', ')}`)
  }
  const unknown = Object.keys(options).find(name => !names.includes(name))
  if (unknown === undefined) return
  const meant = nearest(unknown, names)
  const advice = meant === undefined ? `wanted ${names.join(', ')}` : `did you mean '${meant}'?`
  throw new TypeError(`${caller}: there is no option '${unknown}'; ${advice}`)
}
