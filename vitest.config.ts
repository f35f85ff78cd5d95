import { defineConfig } from 'vitest/config'

/** Every test leaves modules and surroundings as it found them, so files share a process: each of its own would load everything again. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
