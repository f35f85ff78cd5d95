import type { AnswerOptions } from './answer.ts'
import type { World } from './world.ts'

export interface Progress {
  /** A new step begins; `share` of the whole is done. */
  step(label: string, share: number): void
  /** More of the same step. */
  update(text: string): void
  end(): void
}

const WIDTH = 24

/** Progress on standard error: a bar on a terminal, one plain line a step elsewhere, nothing with --quiet. */
export function progressOf(world: World, options: AnswerOptions): Progress {
  if (options.quiet === true) return { step: () => {}, update: () => {}, end: () => {} }
  if (!world.is_terminal) return { step: (label) => world.err(`${label}\n`), update: () => {}, end: () => {} }
  let bar = ''
  const draw = (text: string) => world.err(`\r${text}\u001b[K`)
  return {
    step: (label, share) => {
      const filled = Math.round(share * WIDTH)
      bar = `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${label}`
      draw(bar)
    },
    update: (text) => draw(`${bar} ${text}`),
    end: () => world.err('\r\u001b[K'),
  }
}
