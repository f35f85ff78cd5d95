import type { IsoDate } from '../src/domain/iso-date.ts'
import type { ExitCode } from '../src/domain/operator-error.ts'
import type { FileFacts } from '../src/ingest/examine-file.ts'
import type { FoundProfile } from '../src/ingest/find-profile.ts'
import type { DateOrder } from '../src/ingest/read-date.ts'
import type { LineCounts, Reading } from '../src/ingest/reading.ts'
import type { RecordBatch } from '../src/ingest/record-batch.ts'

/** What a thread needs to read one file: nothing but data. */
export interface ReadingTask {
  readonly path: string
  readonly member: string | null
  readonly facts: FileFacts
  readonly found: FoundProfile
  readonly secret: Uint8Array
  readonly today: IsoDate
  readonly service: string | null
  readonly provider: string | null
  readonly services: readonly { code: string; name: string }[]
  readonly date_order: DateOrder | null
}

export type ReadingFacts = Omit<Reading, 'batches' | 'lines' | 'notes' | 'close'>

/** From the thread that reads. After `end` or `refused` nothing more comes of the task. */
export type FromReader =
  | { readonly kind: 'opened'; readonly facts: ReadingFacts }
  | { readonly kind: 'batch'; readonly batch: RecordBatch }
  | { readonly kind: 'end'; readonly lines: Readonly<LineCounts>; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly message: string; readonly exit_code: ExitCode }

/** To it: a task, leave to send one more batch, or word that nobody waits any longer. */
export type ToReader =
  | { readonly kind: 'read'; readonly task: ReadingTask }
  | { readonly kind: 'more' }
  | { readonly kind: 'stop' }

/** Batches that may be on their way at once: enough to keep both threads busy, few enough to hold memory down. */
export const BATCHES_AHEAD = 3
