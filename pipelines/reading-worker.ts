import { parentPort } from 'node:worker_threads'
import { OperatorError } from '../src/domain/operator-error.ts'
import { createPseudonymiser } from '../src/domain/pseudonym.ts'
import { fileOf } from '../src/ingest/examine-file.ts'
import { readExport } from '../src/ingest/read-export.ts'
import type { Reading } from '../src/ingest/reading.ts'
import { isEventType } from '../src/usage/event-types.ts'
import { BATCHES_AHEAD, type FromReader, type ReadingTask, type ToReader } from './reading-messages.ts'

let leave = BATCHES_AHEAD
let isStopped = false
let wake: () => void = () => {}

parentPort?.on('message', (message: ToReader) => {
  if (message.kind === 'read') void read(message.task)
  else if (message.kind === 'stop') isStopped = true
  else leave++
  wake()
})

/** Any other error is a fault of the program: it ends the thread, and the command with it. */
async function read(task: ReadingTask): Promise<void> {
  leave = BATCHES_AHEAD
  isStopped = false
  try {
    await send(await open(task))
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error
    post({ kind: 'refused', message: error.message, exit_code: error.exit_code })
  }
}

function open({ path, member, facts, found, secret, ...context }: ReadingTask): Promise<Reading> {
  const file = fileOf(path, member, facts)
  return readExport(file, found, { ...context, pseudonymiser: createPseudonymiser(secret), isEventType })
}

async function send({ batches, lines, notes, close, ...facts }: Reading): Promise<void> {
  post({ kind: 'opened', facts })
  for await (const batch of batches) {
    post({ kind: 'batch', batch })
    leave--
    while (leave === 0 && !isStopped) await new Promise<void>((resolve) => (wake = resolve))
    if (isStopped) return close()
  }
  post({ kind: 'end', lines: lines(), notes: notes() })
}

function post(message: FromReader): void {
  parentPort?.postMessage(message)
}
