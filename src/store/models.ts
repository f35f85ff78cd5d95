import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Dependent, dependencyOrder } from './dependency-order.ts'

const SQL = join(import.meta.dirname, '../../sql')
const LAYERS = ['staging', 'intermediate', 'marts'] as const

/** One `select` of `sql/`, kept as a table of the file's name. */
export interface Model extends Dependent {
  readonly layer: (typeof LAYERS)[number]
  readonly select: string
  /** Each the columns of one index, from the file's lines `-- index: column, column`. */
  readonly indexes: readonly string[]
}

/** A query that returns the rows which break a rule; none means that the rule holds. */
export interface Check {
  readonly name: string
  readonly select: string
}

/** Every model, each after all the models it reads from. */
export function readModels(): Model[] {
  return dependencyOrder(LAYERS.flatMap((layer) => sqlFiles(layer).map((file) => model(layer, file))))
}

export function readChecks(): Check[] {
  return sqlFiles('checks').map(({ name, text }) => ({ name, select: text }))
}

interface SqlFile {
  readonly name: string
  readonly text: string
}

function model(layer: Model['layer'], { name, text }: SqlFile): Model {
  return {
    name,
    layer,
    select: text,
    needs: [...text.matchAll(/\b(?:from|join)\s+(\w+)/g)].map((match) => match[1] as string),
    indexes: [...text.matchAll(/^-- index: (.+)$/gm)].map((match) => match[1] as string),
  }
}

function sqlFiles(folder: string): SqlFile[] {
  return readdirSync(join(SQL, folder))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.sql'.length),
      text: readFileSync(join(SQL, folder, file), 'utf8').trim(),
    }))
}
