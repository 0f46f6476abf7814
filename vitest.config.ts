import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These want Chromium: npm run test:browser.
    exclude: ['test/browser/**'],
    // The counts for the last line of .ci/run.
    reporters: ['default', ['json', { outputFile: 'reports/tests.json' }]],
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text'] },
  },
})
