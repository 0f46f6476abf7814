/** Repeated structure as loops: what is found, how little of it is left, and that the bits are those of the list. */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { engines } from '../../src/compile/engines/engines.js'
import { findLoops } from '../../src/compile/loops/find.js'
import { printLooped } from '../../src/compile/loops/print.js'
import { findRepeats, type Judge } from '../../src/compile/loops/repeats.js'
import { expand } from '../../src/compile/passes/expand.js'
import { lower } from '../../src/compile/passes/lower.js'
import { simplify } from '../../src/compile/passes/simplify.js'
import { dot, sum } from '../../src/core/primitives.js'
import { type Value, value } from '../../src/core/value.js'
import { differences, eagerly, repeatingProblem } from '../support/compile.js'
import { random } from '../support/points.js'

const loopsOf = (outputs: readonly Value[], inputs: readonly Value[]) =>
  findLoops(expand(simplify(lower(outputs, inputs))))

describe('repeats', () => {
  const every: Judge = { isWorth: count => count >= 2, stretches: () => undefined }
  const repeats = (text: string) => {
    const symbols = Int32Array.from(text, letter => letter.charCodeAt(0) - 97)
    const found = findRepeats(
      symbols,
      symbols.map(() => 1),
      26,
      every,
    )
    const written = (element: number): string => {
      if (element >= 0) return text[element]!
      const { elements, period, count } = found.repeats[-1 - element]!
      return `(${[...elements.subarray(0, period)].map(written).join('')})${count}`
    }
    return [...found.elements].map(written).join('')
  }

  it.each([
    ['abcd', 'abcd'],
    ['xabababy', 'x(ab)3y'],
    ['aaabaaabaaab', '((a)3b)3'],
    ['abbcabbbcabbbbcd', '(a(b)2c)3d'],
    ['', ''],
  ])('%s', (text, wanted) => {
    expect(repeats(text)).toBe(wanted)
  })
})

describe('loops', () => {
  const leaves = (count: number) => Array.from({ length: count }, (_, i) => value(Math.sin(i), `x${i}`))

  it('a layer is a loop over units, with one over the terms of each', () => {
    const [units, terms] = [20, 30]
    const weights = leaves(units * terms)
    const given = leaves(terms)
    const outputs = Array.from(
      { length: units },
      (_, i) => dot(weights.slice(i * terms, (i + 1) * terms), given).tanh() as Value,
    )
    const listing = printLooped(loopsOf(outputs, [...weights, ...given]))
    expect(listing).toContain('for i1 < 20, in any order')
    expect(listing).toContain('for i2 < 29')
    expect(listing.split('\n').length).toBeLessThan(30)
  })

  it('code grows with what is different, not with what is repeated', () => {
    const length = (n: number): number => {
      const xs = leaves(n)
      const terms = xs.slice(1).map((x, i) => x.sub(xs[i]!.mul(xs[i]!)).square())
      const loss = sum(terms) as Value
      return loopsOf([loss, ...gradient(loss, xs)], xs).length
    }
    expect(length(2000)).toBe(length(1000))
  })

  it.each(Array.from({ length: 8 }, (_, seed) => seed))(
    'have the bits of the graph: program %i',
    seed => {
      const problem = repeatingProblem(random(seed + 40))
      const truth = eagerly(problem)
      for (const { name } of engines) expect(differences(problem, name, truth)).toBe('')
    },
    60_000,
  )
})
