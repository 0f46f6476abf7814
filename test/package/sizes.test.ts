/** The sizes that the documents promise. They are those of dist, which `npm test` builds. */
import { expect, it } from 'vitest'
import { BOUNDS, sizeOf } from '../../scripts/sizes.js'

it.each(BOUNDS)('%s', async (_what, program, most) => {
  const size = (await sizeOf(program)) / 1000
  expect(size).toBeLessThanOrEqual(most)
  // A bound far above the size would tell a reader nothing.
  expect(size).toBeGreaterThan(0.7 * most)
})

it('a product without methods costs at most 8 kB', () => {
  expect(BOUNDS[0]![2]).toBeLessThanOrEqual(8)
})
