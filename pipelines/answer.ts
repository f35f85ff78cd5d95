import type { World } from './world.ts'

export interface AnswerOptions {
  readonly json?: boolean | undefined
  readonly quiet?: boolean | undefined
}

/** Prints a command's result: the document as JSON with --json, else its text. The text is not even built for --json. */
export function answer(world: World, options: AnswerOptions, document: unknown, text: () => string): void {
  world.out(options.json === true ? `${JSON.stringify(document, null, 2)}\n` : `${text()}\n`)
}

/** A notice for a person: standard error, and silent with --quiet. */
export function notice(world: World, options: AnswerOptions, text: string): void {
  if (options.quiet !== true) world.err(`${text}\n`)
}
