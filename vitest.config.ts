import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Nothing here keeps state between files, so threads without isolation are safe, and four times faster.
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/build.ts',
    pool: 'threads',
    maxWorkers: '100%',
    isolate: false,
    // Ends what hangs. How fast things are is measured in bench/: a machine that is busy is no fault.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
