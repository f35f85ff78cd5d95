import { createInterface } from 'node:readline'
import type { World } from './world.ts'

/** Someone at the keyboard. */
export interface Asker {
  /** What was typed, without surrounding space; '' for Enter alone, and at the end of input. */
  ask(text: string): Promise<string>
  close(): void
}

/** Reads lines as they are typed. Ctrl-C ends the process, as anywhere: whatever is to be written is written after the last answer. */
export function createAsker(world: World): Asker {
  const reader = createInterface({ input: world.stdin })
  const lines = reader[Symbol.asyncIterator]()
  return {
    ask: async (text) => {
      world.err(text)
      const { value, done } = await lines.next()
      return done === true ? '' : value.trim()
    },
    close: () => reader.close(),
  }
}
