import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Numbers made by R: `fixtures/oracle/NAME.R`. */
export function oracleFile<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/oracle', `${name}.json`), 'utf8')) as Shape
}
