import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These want Chromium: npm run test:browser.
    exclude: ['test/browser/**'],
    // For a machine that is busy with something else: a test that hangs is found later, none fails by waiting.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // All cores: vitest leaves one idle, which of two is half.
    maxWorkers: '100%',
    // The counts for the last line of .ci/run.
    reporters: ['default', ['json', { outputFile: 'reports/tests.json' }]],
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text'] },
  },
})
