import { describe, expect, it } from 'vitest'
import { readCsv } from '../../src/domain/csv.ts'
import { OperatorError } from '../../src/domain/operator-error.ts'

const cells = (text: string) => readCsv(text).map((record) => record.cells)

describe('a CSV text is read as strings, cell by cell', () => {
  it.each([
    [
      'plain',
      'a,b\n1,007',
      [
        ['a', 'b'],
        ['1', '007'],
      ],
    ],
    [
      'Windows line ends and a byte order mark',
      '\uFEFFa,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a comma, a quotation mark and a line break in quotes', '"a,b","say ""x""","1\n2"', [['a,b', 'say "x"', '1\n2']]],
    ['blank cells stay; spaces are not trimmed', ', b\n""', [['', ' b']]],
    ['a blank last cell', 'a,\n', [['a', '']]],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect(cells(text)).toEqual(expected)
  })

  it('numbers physical lines, also across empty lines and line breaks in quotes', () => {
    expect(readCsv('a\r\n"x\r\ny"\r\n\r\nz').map((record) => record.line)).toEqual([1, 2, 5])
  })

  it.each([
    ['a\nb,"c\nd', 'line 2: a quotation mark is opened and never closed'],
    ['a\n"b"c', 'line 2: text follows a closing quotation mark'],
  ])('refuses %j', (text, words) => {
    expect(() => readCsv(text)).toThrow(OperatorError)
    expect(() => readCsv(text)).toThrow(words)
  })
})
