import { EXIT, OperatorError } from '../domain/operator-error.ts'

/** The refusal of a whole file: its name, then a sentence. */
export function refused(file_name: string, sentence: string): OperatorError {
  return new OperatorError(`${file_name} ${sentence}`, EXIT.input_refused)
}
