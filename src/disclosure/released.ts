/** What a released value is: a number, a withheld one (never zero, printed `*`), or none, with the reason in words. */
export type ReleasedState =
  | { readonly kind: 'shown'; readonly value: number; readonly text: string }
  | { readonly kind: 'suppressed'; readonly marker: '*'; readonly words: string }
  | { readonly kind: 'absent'; readonly reason: string }

/** Makes released values and labels. There is one, and the gate holds it. */
export type ReleaseMaker = {
  readonly released: (state: ReleasedState) => Released
  readonly text: (text: string) => ReleasedText
}

const gateKey = Symbol('held by this file')

/** A value that has passed the gate. Renderers take nothing else; a plain number does not fit the type. */
export class Released {
  readonly #state: ReleasedState

  constructor(state: ReleasedState, key: typeof gateKey) {
    if (key !== gateKey) throw new Error('the gate is the only maker of released values')
    this.#state = state
  }

  get state(): ReleasedState {
    return this.#state
  }

  /** The number, or null where it is withheld or absent. */
  get value(): number | null {
    return this.#state.kind === 'shown' ? this.#state.value : null
  }

  /** As a table cell prints it: the number, `*`, or the reason there is none. */
  get text(): string {
    if (this.#state.kind === 'shown') return this.#state.text
    return this.#state.kind === 'suppressed' ? this.#state.marker : this.#state.reason
  }

  /** As a sentence says it. */
  get words(): string {
    return this.#state.kind === 'suppressed' ? this.#state.words : this.text
  }

  get is_shown(): boolean {
    return this.#state.kind === 'shown'
  }

  get is_suppressed(): boolean {
    return this.#state.kind === 'suppressed'
  }
}

/** Words that hold no number but released ones: made by `say` and, for names, by the gate's `label`. */
export class ReleasedText {
  readonly #text: string

  constructor(text: string, key: typeof gateKey) {
    if (key !== gateKey) throw new Error('released text is made by say or by the gate')
    this.#text = text
  }

  get text(): string {
    return this.#text
  }
}

/** Fits text known when the program is compiled; a built string (`string`, or a template around a number) does not fit. */
type Speakable<Part> = Part extends string ? (Record<never, never> extends Record<Part, 0> ? never : Part) : Part

/**
 * Writes a sentence around released values: say`${paired} of ${eligible} people have two scores.`
 * Numbers and built strings do not compile; a name from the data passes through the gate's `label` first.
 */
export function say<const Parts extends readonly (Released | ReleasedText | string)[]>(
  words: TemplateStringsArray,
  ...parts: { [Place in keyof Parts]: Speakable<Parts[Place]> }
): ReleasedText {
  const text = words.reduce((before, piece, index) => before + spoken(parts[index - 1]) + piece)
  const is_sentence = words[0] === '' && /[.?!]$/.test(words.at(-1) ?? '')
  return new ReleasedText(is_sentence ? text.charAt(0).toUpperCase() + text.slice(1) : text, gateKey)
}

let maker: ReleaseMaker | null = {
  released: (state) => new Released(state, gateKey),
  text: (text) => new ReleasedText(text, gateKey),
}

/** Hands the maker over, once: the gate takes it when it loads, and no other code can. */
export function takeReleaseMaker(): ReleaseMaker {
  if (maker === null) throw new Error('the gate is the only maker of released values')
  const handed = maker
  maker = null
  return handed
}

function spoken(part: unknown): string {
  if (part instanceof Released) return part.words
  if (part instanceof ReleasedText) return part.text
  if (typeof part === 'string') return part
  throw new Error('a sentence takes released values, released text and literal strings')
}
