import { expect, it } from 'vitest'
import { committed, generate } from '../../scripts/generate-math.js'

it('the generated functions are those that the definitions describe', () => {
  for (const [name, source] of Object.entries(generate())) expect(committed(name), name).toBe(source)
})
