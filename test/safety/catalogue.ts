import { gzipSync } from 'node:zlib'
import { book, rows } from '../ingest/readers/book-room.ts'
import { type Case, csv, GOOD, HEAD, type How, outcome } from './outcome.ts'

/** Bad input by kind, each with its one outcome: `loaded/records; row code …; notes`, or the sentence of a refusal. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const SHEET = book({ sheets: { S: rows(HEAD.split(','), GOOD.split(',')) } })
const SCORE = (text: string) => csv(`A,GAD-7,2025-01-02,${text}`)
const DATE = (text: string) => csv(`A,GAD-7,${text},9`)
const SERVICE = (text: string) => `${HEAD},service\n${GOOD},${text}\n`

const CATALOGUE: readonly (readonly [string, string | Buffer, RegExp | string, How?])[] = [
  ['UTF-8 with a byte-order mark', `\ufeff${csv(GOOD)}`, '1/1'],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${csv(GOOD)}`, 'utf16le'), '1/1'],
  ['UTF-16 without one', Buffer.from(csv(GOOD), 'utf16le'), '1/1'],
  ['UTF-16 of the other byte order', Buffer.from(`\ufeff${csv(GOOD)}`, 'utf16le').swap16(), '1/1'],
  ['Windows-1252', Buffer.from(SERVICE('Caf\xe9'), 'latin1'), /^1\/1; The file is not UTF-8; it was read as Windows/],
  [
    'one bad byte in UTF-8',
    Buffer.concat([Buffer.from(SERVICE('Café')), Buffer.from('B,GAD-7,2025-01-03,8,Caf\xe9\n', 'latin1')]),
    /^2\/2; The file is UTF-8, but not in line 3/,
  ],
  [
    'half a character in UTF-16',
    Buffer.from(`${HEAD},gender\n${GOOD},fe\ud800male\n`, 'utf16le'),
    '0/1; 2 damaged_text',
  ],
  ['a byte that Windows-1252 has not', Buffer.from(SERVICE('Caf\xe9 \x81'), 'latin1'), /^0\/1; 2 damaged_text/],
  ['a character that was lost before', SERVICE('Caf\ufffd'), '0/1; 2 damaged_text'],
  ['a NUL byte', csv(`${GOOD}\0`), /has a NUL byte in line 2/],
  ['lines ended by carriage returns', csv(GOOD).replaceAll('\n', '\r'), '1/1'],
  ['lines ended in several ways', `${HEAD}\r\n${GOOD}\nB,GAD-7,2025-01-03,8\r`, '2/2'],
  ['blank rows, and rows of commas alone', csv('', GOOD, ',,,', ''), '1/1'],
  ['a quotation mark never closed', csv(`"${GOOD}`), /line 2 opens a quotation mark that is never closed/],
  ['a quotation mark in the middle of a cell', SERVICE('5" tape'), '1/1'],
  ['a line break inside quotation marks', `${HEAD},comment\n${GOOD},"two\nlines"\n`, '1/1'],
  [
    'a row too short, and one too long',
    csv('A,GAD-7,2025-01-02', `${GOOD},x`),
    '0/2; 2 too_few_cells; 3 too_many_cells',
  ],
  ['a comma in a cell without quotation marks', csv('A,GAD-7,2025-01-02,9,5'), '0/1; 2 too_many_cells'],
  ['two headings that differ in case alone', `${HEAD},SCORE\n${GOOD},8\n`, /have the same heading/],
  ['a heading that is not there', csv(GOOD).replace('score_date', 'when'), /"score_date" is not there/],
  ['a blank heading', `${HEAD},\n${GOOD},\n`, '1/1'],
  ['the headings again in the middle', csv(GOOD, HEAD, 'B,GAD-7,2025-01-03,8'), '2/2'],
  ['a title above the headings', `Scores of 2025\n${csv(GOOD)}`, /lacks 4 columns/],
  ['a line of totals below', csv(GOOD, 'Total,,,9'), '1/2; 3 missing_required; 3 missing_required'],
  ['a cell of 8 MiB', csv(`${'x'.repeat(2 ** 23)},GAD-7,2025-01-02,9`), /line 2 has a cell of more than 1 MiB/],
  ['five thousand columns', `${'c,'.repeat(5000)}\n`, /has more than 2000 cells/],
  ['65,536 lines', `${HEAD}\n${',\n'.repeat(65_535)}`, /^0\/0; There are exactly 65,536 rows/],
  ['a gzip called .csv', gzipSync(csv(GOOD)), '1/1'],
  ['a workbook called .csv', SHEET, '1/1'],
  ['a web page called .csv', '<!DOCTYPE html><table></table>', /is a web page/],
  ['an old workbook', Buffer.concat([OLE, Buffer.alloc(600)]), /is an old Excel 97-2003 workbook/, { name: 'x.xls' }],
  [
    'a workbook behind a password',
    Buffer.concat([OLE, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
    /is password-protected/,
    { name: 'x.xlsx' },
  ],
  ['a gzip cut short', gzipSync(csv(GOOD)).subarray(0, 40), /is damaged or was cut short/, { name: 'x.csv.gz' }],
  ['a workbook cut short', SHEET.subarray(0, SHEET.length / 2), /is damaged or was cut short/, { name: 'x.xlsx' }],
  ['a table cut short in a record', csv(GOOD, 'B,GAD-7').trimEnd(), '1/2; 3 too_few_cells'],
  ['30 February', DATE('2025-02-30'), '0/1; 2 not_a_date'],
  ['a date with the day first, not declared', DATE('02/01/2025'), '0/1; 2 not_a_date'],
  [
    'placeholders for a date',
    csv('A,GAD-7,1900-01-01,9', 'A,GAD-7,9999-12-31,9'),
    /^0\/2; 2 date_is_a_p\w+; 3 date_is_a_p\w+$/,
  ],
  ['a day number of Excel in a table of text', DATE('45678'), '0/1; 2 not_a_date'],
  ['a date in the future', DATE('2027-01-01'), '0/1; 2 date_in_future'],
  ['a decimal comma, not declared', SCORE('"9,5"'), '0/1; 2 not_a_number'],
  ['a comma between thousands', SCORE('"1,000"'), '0/1; 2 not_a_number'],
  ['full-width digits', SCORE('９'), '0/1; 2 not_a_number'],
  ['a number written right to left', SCORE('\u202e9'), '0/1; 2 not_a_number'],
  ['a no-break space behind a number', SCORE('9\u00a0'), '1/1'],
  [
    'an age of 135',
    `${HEAD},date_of_birth,referral_date\n${GOOD},1889-01-01,2024-02-01\n`,
    '0/1; 2 date_is_a_placeholder',
  ],
  ['a formula for a name', SERVICE("=cmd|' /C calc'!A0"), '1/1'],
  ['a script for a name', SERVICE('<script>alert(1)</script>'), '1/1'],
  ['a path for a name', SERVICE('../../etc/passwd'), '1/1'],
  ['SQL for a name', SERVICE("x'); drop table identity;--"), '1/1'],
]

export const CATALOGUE_CASES: readonly Case[] = CATALOGUE.map(([title, content, expected, how]) => ({
  id: 'B1',
  title,
  check: () => outcome(content, how),
  expected,
}))
