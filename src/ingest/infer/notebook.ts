/** proved: by the values. agreed: heading and values say the same. told: a person answered. */
export type Confidence = 'proved' | 'agreed' | 'told'

/** Something that was settled, in words, with why. No evidence holds a cell's value that may tell who someone is. */
export interface Decision {
  readonly about: string
  readonly choice: string
  readonly confidence: Confidence
  readonly evidence: readonly string[]
}

export interface Option {
  /** What to answer. */
  readonly option: string
  readonly means: string
}

/** A doubt that would change numbers. Without options, only another export can settle it. */
export interface Question {
  readonly id: string
  readonly question: string
  readonly options: readonly Option[]
  readonly evidence: readonly string[]
}

/** What has been settled and what has still to be asked, with the answers given so far. */
export class Notebook {
  readonly decisions: Decision[] = []
  readonly questions: Question[] = []
  readonly notes: string[] = []
  readonly #answers: ReadonlyMap<string, string>
  readonly #used = new Set<string>()

  constructor(answers: ReadonlyMap<string, string>) {
    this.#answers = answers
  }

  decide(about: string, choice: string, confidence: Confidence, evidence: readonly string[]): void {
    this.decisions.push({ about, choice, confidence, evidence })
  }

  /** The answer given to a question, if it is one of its options; otherwise the question stands open, and null. */
  ask(question: Question): string | null {
    const given = this.#answers.get(question.id)
    if (given !== undefined) this.#used.add(question.id)
    const chosen = question.options.find(({ option }) => option.toLowerCase() === given?.trim().toLowerCase())
    if (chosen === undefined) {
      if (!this.questions.some(({ id }) => id === question.id)) this.questions.push(question)
      return null
    }
    this.decide(question.id, chosen.option, 'told', [chosen.means])
    return chosen.option
  }

  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text)
  }

  /** Answers to questions that were not asked. */
  unused(): readonly string[] {
    return [...this.#answers.keys()].filter((id) => !this.#used.has(id))
  }
}
