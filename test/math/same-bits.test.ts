import { expect, it } from 'vitest'
import { hashes } from '../support/hashes.js'
import stored from './hashes.json' with { type: 'json' }

it('every function has the stored bits on 100,000 arguments', () => {
  expect(hashes()).toEqual(stored)
})
