#!/usr/bin/env node
const asked = process.argv.slice(2)

if (asked.length === 0 || (asked.length === 1 && ['--help', '-h', 'help', '--version', '-V'].includes(asked[0]))) {
  const { printHelp } = await import('./help.mjs')
  printHelp(asked)
} else {
  const { register } = await import('tsx/esm/api')
  register()
  await import('./main.ts')
}
