import { statSync } from 'node:fs'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { letSignalsThrough } from './let-signals-through.ts'

/** What tells that a file was written to. Null where there is none. */
export type Seen = { readonly bytes: number; readonly written_at: number } | null

export function look(path: string): Seen {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? null : { bytes: stats.size, written_at: stats.mtimeMs }
}

export function isUnchanged(path: string, seen: Seen): boolean {
  const now = look(path)
  return now?.bytes === seen?.bytes && now?.written_at === seen?.written_at
}

/**
 * The batches as they come, refused at their end where the file has changed since it was first looked at: its hash and its
 * records would be of two different files.
 */
export async function* readUnchanged<Batch>(
  batches: AsyncIterable<Batch>,
  file_name: string,
  isSame: () => boolean,
): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    await letSignalsThrough()
    yield batch
  }
  if (isSame()) return
  throw new OperatorError(
    `${file_name} was changed while it was being read. Nothing of it was loaded: wait until it is complete and run the command again.`,
    EXIT.input_refused,
  )
}
