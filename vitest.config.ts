import { defineConfig } from 'vitest/config'

/** No test changes a module or the surroundings of its process, so files share them: each of its own would load everything again. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
