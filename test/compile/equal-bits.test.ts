/** Every engine against the graph itself, on random programs over the whole table. No tolerance anywhere. */
import { expect, it } from 'vitest'
import { engines } from '../../src/compile/engines/engines.js'
import { differences, eagerly, randomProblem } from '../support/compile.js'
import { random } from '../support/points.js'

const SIZES = [1, 2, 3, 5, 8, 12, 20, 40, 100, 500]

it.each(engines.map(({ name }) => name))(
  '%s gives the bits of the graph, of gradients and of backward()',
  engine => {
    let finite = 0
    let total = 0
    for (let seed = 1; seed <= 300; seed++) {
      const problem = randomProblem(random(seed), SIZES[seed % SIZES.length]!)
      const truth = eagerly(problem)
      expect(differences(problem, engine, truth), `seed ${seed}:\n${problem.loss}`).toBe('')
      for (const row of truth.values) {
        for (const x of row) {
          total++
          if (Number.isFinite(x) && x !== 0) finite++
        }
      }
    }
    // Not merely NaN and 0 compared with themselves.
    expect(finite / total).toBeGreaterThan(0.25)
  },
  120_000,
)
