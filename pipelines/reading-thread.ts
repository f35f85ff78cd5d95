import { Worker } from 'node:worker_threads'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import type { LineCounts, Reading } from '../src/ingest/reading.ts'
import type { RecordBatch } from '../src/ingest/record-batch.ts'
import type { FromReader, ReadingTask, ToReader } from './reading-messages.ts'

const MOST_MEMORY_MIB = 1024
const LONGEST_SILENCE_MS = 300_000

/**
 * A thread of its own that reads files: it works while this one writes, and what overwhelms it is a message here, not the end of the
 * process. One file at a time; started when first needed.
 */
export class ReadingThread {
  readonly #silence: number
  #worker: Worker | null = null
  #waiting: { resolve: (message: FromReader) => void; reject: (error: unknown) => void } | null = null
  readonly #arrived: FromReader[] = []
  #fault: unknown = null

  constructor(longestSilence = LONGEST_SILENCE_MS) {
    this.#silence = longestSilence
  }

  /** Opens the file there. The reading's batches come as they are made. */
  async read(task: ReadingTask): Promise<Reading> {
    this.#arrived.length = 0
    this.#post({ kind: 'read', task })
    const name = task.facts.file_name
    const opened = await this.#next(name)
    if (opened.kind !== 'opened') throw new Error(`the reading thread sent ${opened.kind} before anything else`)
    const end: { lines: Readonly<LineCounts>; notes: readonly string[] } = { lines: NO_LINES, notes: [] }
    return {
      ...opened.facts,
      batches: this.#batches(name, end),
      lines: () => end.lines,
      notes: () => end.notes,
      close: () => this.close(),
    }
  }

  /** Ends the thread, whatever it is at. */
  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  async *#batches(
    name: string,
    end: { lines: Readonly<LineCounts>; notes: readonly string[] },
  ): AsyncGenerator<RecordBatch> {
    for (;;) {
      const message = await this.#next(name)
      if (message.kind === 'batch') {
        this.#post({ kind: 'more' })
        yield message.batch
      } else if (message.kind === 'end') {
        end.lines = message.lines
        end.notes = message.notes
        return
      }
    }
  }

  async #next(name: string): Promise<FromReader> {
    const message = this.#arrived.shift() ?? (await this.#wait(name))
    if (message.kind === 'refused') throw new OperatorError(message.message, message.exit_code)
    return message
  }

  #wait(name: string): Promise<FromReader> {
    if (this.#fault !== null) return Promise.reject(this.#fault)
    return new Promise<FromReader>((resolve, reject) => {
      const timer = setTimeout(() => {
        void this.close()
        reject(refused(name, `took more than ${this.#silence / 60_000} minutes over one part of it`))
      }, this.#silence)
      const settled =
        <Value>(then: (value: Value) => void) =>
        (value: Value) => {
          clearTimeout(timer)
          this.#waiting = null
          then(value)
        }
      this.#waiting = {
        resolve: settled(resolve),
        reject: settled((error: unknown) => reject(isOutOfMemory(error) ? refused(name, TOO_LARGE) : error)),
      }
    })
  }

  #post(message: ToReader): void {
    this.#worker ??= this.#start()
    this.#worker.postMessage(message)
  }

  #start(): Worker {
    this.#fault = null
    const worker = new Worker(new URL('./reading-worker.mjs', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MIB, maxYoungGenerationSizeMb: 24 },
    })
    worker.on('message', (message: FromReader) => {
      if (this.#waiting === null) this.#arrived.push(message)
      else this.#waiting.resolve(message)
    })
    worker.on('error', (error) => {
      this.#worker = null
      this.#fault = error
      this.#waiting?.reject(error)
    })
    return worker
  }
}

const NO_LINES: LineCounts = { physical_lines: 0, heading_lines: 0, blank_lines: 0, other_lines: 0, record_lines: 0 }
const TOO_LARGE = `needed more than ${MOST_MEMORY_MIB / 1024} GiB of memory to be read`

function isOutOfMemory(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function refused(name: string, what: string): OperatorError {
  return new OperatorError(
    `${name} ${what}, so it was given up. Nothing of it was loaded. Save it as CSV, or export it in parts.`,
    EXIT.input_refused,
  )
}
