import type { Readable } from 'node:stream'

/** Everything a command may ask of the world. Commands get it as an argument; only `main.ts` makes the real one. */
export interface World {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable
  readonly is_terminal: boolean
  /** True where a person sits at both ends: standard input and standard output are a terminal. Left out: nobody does. */
  readonly can_ask?: boolean
  /** The moment the command started; asked once. */
  readonly started_at: Date
  /** Results only: with --json, one document and nothing else. */
  out(text: string): void
  /** Progress and notices. */
  err(text: string): void
  /** Called with EXIT codes of src/domain/operator-error.ts; the process ends when the command's work is done. */
  exitWith(code: number): void
}
