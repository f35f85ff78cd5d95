import { readFileSync } from 'node:fs'

const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  name: string
  version: string
}

export const VERSION = version

/** Name and version, as reports print it. */
export const SOFTWARE = `${name} ${version}`
