import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import type { World } from './world.ts'

/** The text of a file, or of standard input for `-`; `kind` is what the message says was expected. @throws OperatorError (input refused) when it is not UTF-8 text. */
export async function textOf(world: World, file: string, kind: 'CSV' | 'CSV or JSON'): Promise<string> {
  const bytes = file === '-' ? await drained(world) : bytesOf(world, file, kind)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // falls through to the refusal below
  }
  throw new OperatorError(
    `${fileShown(file)} is not text in UTF-8: expected ${kind}. Save it as "CSV UTF-8" and try again.`,
    EXIT.input_refused,
  )
}

export function fileShown(file: string): string {
  return file === '-' ? 'Standard input' : file
}

async function drained(world: World): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of world.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function bytesOf(world: World, file: string, kind: string): Buffer {
  try {
    return readFileSync(resolve(world.cwd, file))
  } catch {
    throw new OperatorError(`${file} could not be read: expected a ${kind} file. Check the path.`, EXIT.input_refused)
  }
}
