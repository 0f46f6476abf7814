import { defineConfig } from 'vitest/config'

// The tests that mutation testing runs for every mutant: quick, and about the mutated folders.
export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts', 'test/calculus/**/*.test.ts'],
    exclude: ['test/core/million-nodes.test.ts'],
  },
})
