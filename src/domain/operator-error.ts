/** Exit codes of every command. */
export const EXIT = {
  done: 0,
  bug: 1,
  wrong_usage: 2,
  input_refused: 3,
  check_failed: 4,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/**
 * Something the person at the keyboard can put right: printed as one sentence or a few, with no stack trace.
 * The message says what was expected, what was found and what to do next; it never holds a patient's value.
 */
export class OperatorError extends Error {
  readonly exit_code: ExitCode

  constructor(message: string, exit_code: ExitCode) {
    super(message)
    this.name = 'OperatorError'
    this.exit_code = exit_code
  }
}
