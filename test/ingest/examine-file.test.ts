import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { EXIT, OperatorError } from '../../src/domain/operator-error.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { file } from './reading-room.ts'

async function refusal(path: string): Promise<OperatorError> {
  try {
    await examineFile(path)
  } catch (error) {
    if (error instanceof OperatorError) return error
    throw error
  }
  throw new Error('not refused')
}

describe('what is no export is refused with a sentence', () => {
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  it.each([
    ['an empty file', file(''), /is empty/],
    ['a folder', tmpdir(), /is a folder/],
    ['a file that is not there', '/nowhere/x.csv', /x\.csv was not found/],
    ['random bytes', file(Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 256))), /is a binary file/],
    ['a PDF', file('%PDF-1.7\n'), /is a PDF/],
    ['an old workbook', file(ole, 'x.xls'), /old Excel 97-2003 workbook/],
    [
      'a locked workbook',
      file(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])),
      /is password-protected/,
    ],
    ['a web page called .xls', file('<html><table><tr><td>1</td></tr></table>', 'x.xls'), /is a web page/],
    ['a spreadsheet in XML', file('<?xml version="1.0"?><Workbook/>', 'x.xls'), /is XML/],
  ])('%s', async (_name, path, sentence) => {
    const error = await refusal(path)
    expect(error.message).toMatch(sentence)
    expect(error.exit_code).toBe(EXIT.input_refused)
  })

  it('an NHS number in a file name is not repeated', async () => {
    expect((await refusal(file('', 'report 943 476 5919.csv'))).message).not.toMatch(/943|5919/)
    expect((await refusal(file('', '9434765919.csv'))).message).not.toMatch(/9434765919/)
  })
})
