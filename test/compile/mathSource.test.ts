import { expect, it } from 'vitest'
import { committed, generate } from '../../scripts/generate-math-source.js'

it('the JavaScript of src/math that modules are made of is that of the present src/math', () => {
  expect(committed()).toBe(generate())
})
