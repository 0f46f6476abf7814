import { expect, it } from 'vitest'
import '../../src/index.js'
import { canary, examine, formulaText } from '../support/formulaTexts.js'
import { random } from '../support/points.js'

// `npm run fuzz:formula` does a million.
it('20,000 random texts end in a graph or an error with its place, and execute nothing', () => {
  const source = random(6)
  const ended = { graph: 0, error: 0 }
  for (let i = 0; i < 20_000; i++) ended[examine(formulaText(source))]++
  expect(ended.graph).toBeGreaterThan(4000)
  expect(ended.error).toBeGreaterThan(4000)
  expect(canary.sung).toBe(0)
}, 60_000)
