import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import type { ExportFile } from '../src/ingest/examine-file.ts'
import { type Inference, inferFile } from '../src/ingest/infer/infer-file.ts'
import type { Option, Question } from '../src/ingest/infer/notebook.ts'
import type { Asker } from './asker.ts'

export type Answers = ReadonlyMap<string, string>

/** `question=option`, as typed after --answer. */
export function readAnswers(given: readonly string[]): Answers {
  return new Map(
    given.map((text) => {
      const at = text.lastIndexOf('=')
      if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()] as const
      throw new OperatorError('--answer expects question=option, such as date_order:Date=dmy.', EXIT.wrong_usage)
    }),
  )
}

/** A file guessed with the answers given; where there is someone to ask, with theirs. */
export async function guessFile(file: ExportFile, given: Answers, asker: Asker | null): Promise<Inference> {
  const answers = new Map(given)
  let inference = await inferFile(file, answers)
  refuseUnknown(inference, given)
  while (asker !== null) {
    const question = inference.guess.questions.find(({ id, options }) => options.length > 0 && !answers.has(id))
    if (question === undefined) break
    answers.set(question.id, await answerTo(question, asker))
    inference = await inferFile(file, answers)
  }
  return inference
}

/** '' where the person leaves it open. */
async function answerTo(question: Question, asker: Asker): Promise<string> {
  let text = await asker.ask(`\n${questionText(question)}\nNumber, or Enter to leave it open: `)
  for (;;) {
    if (text === '') return ''
    const option = chosen(text, question.options)
    if (option !== undefined) return option.option
    text = await asker.ask(`That is none of them. A number from 1 to ${question.options.length}, or Enter: `)
  }
}

function chosen(text: string, options: readonly Option[]): Option | undefined {
  return options[Number(text) - 1] ?? options.find(({ option }) => option.toLowerCase() === text.toLowerCase())
}

/** A question with its numbered options, for a person to read. */
export function questionText({ question, options, evidence }: Question): string {
  return [
    question,
    ...evidence.map((text) => `  because ${text}`),
    ...options.map(({ option, means }, at) => `  ${at + 1}  ${option}: ${means}`),
  ].join('\n')
}

/** An answer to a question that was not asked, or with an option that it has not, is a slip that must not pass in silence. */
function refuseUnknown({ guess }: Inference, given: Answers): void {
  const open = guess.questions.map(({ id }) => id)
  const [unknown] = guess.answers_unused
  if (unknown !== undefined) {
    throw new OperatorError(
      `Nothing was asked about "${unknown}". ${open.length === 0 ? 'No question is open.' : `Open: ${open.join(', ')}.`}`,
      EXIT.wrong_usage,
    )
  }
  const wrong = guess.questions.find(({ id, options }) => given.has(id) && options.length > 0)
  if (wrong === undefined) return
  const options = wrong.options.map(({ option }) => option).join(', ')
  throw new OperatorError(`That is no answer to ${wrong.id}. Expected one of: ${options}.`, EXIT.wrong_usage)
}
