#!/usr/bin/env node
const asked = process.argv.slice(2)

if (asked.length === 0 || (asked.length === 1 && ['--help', '-h', 'help', '--version', '-V'].includes(asked[0]))) {
  const { printHelp } = await import('./help.mjs')
  printHelp(asked)
} else {
  await startReader()
  await import('./main.ts')
}

/** What reads TypeScript keeps what it has read in the folder for temporary files, and wants room there. */
async function startReader() {
  try {
    const { register } = await import('tsx/esm/api')
    register()
  } catch (error) {
    if (error.code !== 'ENOSPC' && error.code !== 'EACCES' && error.code !== 'EROFS') throw error
    process.stderr.write(
      `The folder for temporary files cannot be written to: ${error.path}. Make room there and run the command again.\n`,
    )
    process.exit(2)
  }
}
