import { writeFileSync } from 'node:fs'

// Loaded with --import before the program: leaves what the process used in the file that BENCH_USAGE names.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  writeFileSync(
    process.env.BENCH_USAGE,
    JSON.stringify({ peak_kib: maxRSS, cpu_s: (userCPUTime + systemCPUTime) / 1e6 }),
  )
})
