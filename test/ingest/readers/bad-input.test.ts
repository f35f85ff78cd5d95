import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../../src/domain/operator-error.ts'
import { archiveContents } from '../../../src/ingest/archive.ts'
import { examineFile } from '../../../src/ingest/examine-file.ts'
import { openSource } from '../../../src/ingest/open-source.ts'
import { createRandom } from '../../../src/stats/random.ts'
import { bundled, file, lines, load } from '../reading-room.ts'
import { type Book, book, rows } from './book-room.ts'
import { zip } from './zip-room.ts'

const PLAIN = bundled('plain-layout')
const HEAD = 'person_id,measure,score_date,score'
const GOOD = 'A,GAD-7,2025-01-02,9'

/** What became of a file: its refusal, or `loaded/records`, the faults, the doubts and the notes. */
async function outcome(content: string | Buffer, name = 'export.csv'): Promise<string> {
  try {
    const path = file(content, name)
    const { kind } = await examineFile(path)
    const found = { ...PLAIN, profile: { ...PLAIN.profile, reads: kind } }
    const { report, faults, doubts } = await load(path, found)
    const { physical_lines, heading_lines, blank_lines, other_lines, record_lines } = report
    expect(physical_lines).toBe(heading_lines + blank_lines + other_lines + record_lines)
    expect(report.records).toBe(report.loaded + report.duplicates + report.quarantined)
    return [`${report.loaded}/${report.records}`, ...faults(), ...doubts(), ...report.notes].join('; ')
  } catch (error) {
    if (error instanceof OperatorError) return error.message
    throw error
  }
}

const csv = (...records: string[]) => lines([HEAD, ...records].join('\n'))
const sheet = (...records: string[][]) => ({ sheets: { S: rows(HEAD.split(','), ...records) } })
const bookOf = (content: Book) => book(content)
const utf8 = (text: string) => Buffer.from(text, 'utf8')

describe('every bad file has one outcome: read with its faults named, or refused with a sentence (catalogue B of safety.md)', () => {
  it.each<[string, string | Buffer, RegExp, string?]>([
    [
      'B6 a bomb of 12 MiB in a .gz',
      gzipSync(Buffer.alloc(12 * 2 ** 20, 'a')),
      /^\S+ would unpack to far more than its size/,
      'x.csv.gz',
    ],
    [
      'B7 entities that grow',
      bookOf({ sheets: { S: `<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${rows(['a'])}` } }),
      /declares a document type/,
      'x.xlsx',
    ],
    [
      'B8 an entity from a file',
      bookOf({ sheets: { S: `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${rows(['a'])}` } }),
      /declares a document type/,
      'x.xlsx',
    ],
    ['B12 65,536 lines of CSV', `${HEAD}\n${',\n'.repeat(65_535)}`, /^0\/0; There are exactly 65,536 rows/],
    [
      'B14 a hidden row',
      bookOf({ sheets: { S: rows(HEAD.split(','), GOOD.split(',')).replace('<row r="2"', '<row r="2" hidden="1"') } }),
      /^1\/1; 1 hidden row was read/,
      'x.xlsx',
    ],
    [
      'B15 a formula with its value',
      bookOf(sheet(['A', 'GAD-7', '2025-01-02', '<c><f>4+5</f><v>9</v></c>'])),
      /^1\/1; 1 cell is a formula/,
      'x.xlsx',
    ],
    [
      'B15 a formula without',
      bookOf(sheet(['A', 'GAD-7', '2025-01-02', '<c><f>4+5</f></c>'])),
      /^0\/1; 2 formula_without_value$/,
      'x.xlsx',
    ],
    [
      'B16 an error cell',
      bookOf(sheet(['A', 'GAD-7', '2025-01-02', '<c t="e"><v>#REF!</v></c>'])),
      /^0\/1; 2 error_cell$/,
      'x.xlsx',
    ],
    ['B16 an error cell in CSV', csv('A,GAD-7,2025-01-02,#N/A'), /^0\/1; 2 error_cell$/],
    [
      'B17 day 60 of 1900',
      bookOf(sheet(['A', 'GAD-7', '<c s="1"><v>60</v></c>', '9'])),
      /^0\/1; 2 not_a_date$/,
      'x.xlsx',
    ],
    [
      'B17 the 1904 calendar',
      bookOf({ ...sheet(['A', 'GAD-7', '<c s="1"><v>44197</v></c>', '9']), settings: '<workbookPr date1904="1"/>' }),
      /^1\/1$/,
      'x.xlsx',
    ],
    [
      'B18 merged cells, not declared',
      bookOf({
        sheets: {
          S: `${rows(HEAD.split(','), GOOD.split(','), ['', 'PHQ-9', '2025-01-02', '9'])}<mergeCells><mergeCell ref="A2:A3"/></mergeCells>`,
        },
      }),
      /^1\/2; 3 missing_person$/,
      'x.xlsx',
    ],
    ['B19 a second row of headings', csv('Person,Measure,Date,Score', GOOD), /^1\/2; 2 /],
    ['B20 two headings the same', lines(`${HEAD},Score\n${GOOD},8`), /columns 4 and 5 have the same heading, "Score"/],
    ['B21 headings of JavaScript’s own', lines(`${HEAD},__proto__,constructor,toString\n${GOOD},1,2,3`), /^1\/1$/],
    [
      'B21 the same as JSON keys',
      `[{"__proto__":{"a":1},"person_id":"A","measure":"GAD-7","score_date":"2025-01-02","score":9}]`,
      /^1\/1$/,
      'x.json',
    ],
    ['B24 years of two digits', csv('A,GAD-7,02/01/25,9'), /^0\/1; 2 two_digit_year$/],
    [
      'B26 a score out of range, below, not whole, in scientific notation',
      csv('A,GAD-7,2025-01-02,22', 'A,GAD-7,2025-01-02,-1', 'A,GAD-7,2025-01-02,8.5', 'A,GAD-7,2025-01-02,1e1'),
      /^0\/4; 2 score_out_of_range; 3 score_out_of_range; 4 not_an_integer; 5 not_a_number$/,
    ],
    ['a NUL byte', csv(GOOD, 'B,GAD-7,2025-01-02,\u00009'), /has a NUL byte in line 3/],
    ['NUL bytes far into a file', `${csv(GOOD)}${`${GOOD}\n`.repeat(70_000)}\u0000\n`, /has a NUL byte in line 70003/],
    [
      'one byte that is not UTF-8',
      Buffer.concat([utf8(`${HEAD},team\n${GOOD},Café\n`), Buffer.from('B,GAD-7,2025-01-03,4,Caf\xe9\n', 'latin1')]),
      /^2\/2; The file is UTF-8, but not in line 3:/,
    ],
    [
      'no UTF-8 at all',
      Buffer.from(`${HEAD},team\n${GOOD},Caf\xe9\n`, 'latin1'),
      /^1\/1; The file is not UTF-8; it was read as Windows-1252/,
    ],
    ['UTF-16 without a mark', Buffer.from(csv(GOOD), 'utf16le'), /^1\/1$/],
    [
      'a quotation mark never closed',
      csv('"A,GAD-7,2025-01-02,9', GOOD),
      /line 2 opens a quotation mark that is never closed/,
    ],
    [
      'a row with a cell too few, and one with a cell too many',
      csv('A,GAD-7,2025-01-02', `${GOOD},x`),
      /^0\/2; 2 too_few_cells; 3 too_many_cells$/,
    ],
    ['a cell of 8 MiB', csv(`${'x'.repeat(2 ** 23)},GAD-7,2025-01-02,9`), /line 2 has a cell of more than 1 MiB/],
    ['five thousand columns', `${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(',')}\n`, /more than 2000 cells/],
    ['a web page called .csv', '<!DOCTYPE html><table></table>', /is a web page/],
    ['a workbook called .csv', bookOf(sheet(GOOD.split(','))), /^1\/1$/],
  ])('%s', async (_name, content, expected, name) => {
    expect(await outcome(content, name)).toMatch(expected)
  })

  it('cells in a file of two encodings are read each in its own', async () => {
    const bytes = Buffer.concat([
      utf8(`${HEAD},team\n${GOOD},Café\n`),
      Buffer.from('B,GAD-7,2025-01-03,4,Caf\xe9\n', 'latin1'),
    ])
    const source = await openSource(await examineFile(file(bytes)), PLAIN.profile)
    const teams: (string | undefined)[] = []
    for await (const { cells } of source.records) teams.push(cells.at(4))
    expect(teams).toEqual(['Café', 'Café'])
  })
})

describe('a file changed at random', () => {
  const observation = { resourceType: 'Observation', status: 'final', component: [{ valueInteger: 3 }] }
  const seeds: readonly (readonly [string, Buffer])[] = [
    ['a.csv', utf8(csv(GOOD, '"B",GAD-7,2025-01-03,4'))],
    ['b.csv', Buffer.from(`\ufeff${csv(GOOD)}`, 'utf16le')],
    ['c.json', utf8('[{"a":1,"b":[1,{"c":"\\u00e9"}]},{"a":"x"}]')],
    ['d.ndjson', utf8('{"a":1}\n{"a":2,"b":"é"}\n')],
    ['e.json', utf8(JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: observation }] }))],
    ['f.csv.gz', gzipSync(csv(GOOD))],
    [
      'g.zip',
      zip(
        [
          { name: 'a.csv', bytes: csv(GOOD) },
          { name: 'b.json', bytes: '[{"a":1}]', wide: true },
        ],
        { wide: true },
      ),
    ],
    ['h.xlsx', bookOf(sheet(GOOD.split(',')))],
  ]

  it('is read or refused, never a crash, and every line is accounted for', async () => {
    const random = createRandom('mutants')
    const below = (n: number) => Math.floor(random() * n)
    let n_read = 0
    let n_refused = 0
    for (let n = 0; n < 400; n++) {
      const [name, bytes] = seeds[n % seeds.length] as [string, Buffer]
      const path = file(name === 'h.xlsx' && n % 3 > 0 ? mutantBook(below) : mutant(bytes, below), name)
      try {
        await readAll(path)
        n_read++
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error
        n_refused++
      }
    }
    expect(n_read).toBeGreaterThan(40)
    expect(n_refused).toBeGreaterThan(40)
  })

  function mutantBook(below: (n: number) => number): Buffer {
    const xml = rows(['a', 'b'], ['<c s="1"><v>45000</v></c>', '<c t="s"><v>0</v></c>'], ['x', '<c><f>1</f></c>'])
    return bookOf({ sheets: { S: mutant(utf8(xml), below).toString('latin1') }, shared: '<si><t>q</t></si>' })
  }
})

/** A byte changed, some cut out, some said twice, or the end lost. */
function mutant(bytes: Buffer, below: (n: number) => number): Buffer {
  const at = below(bytes.length)
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (below(4)) {
    case 0:
      return Buffer.concat([head, Buffer.from([below(256)]), tail.subarray(1)])
    case 1:
      return Buffer.concat([head, tail.subarray(1 + below(8))])
    case 2:
      return Buffer.concat([head, bytes.subarray(below(bytes.length)).subarray(0, 20), tail])
    default:
      return head
  }
}

async function readAll(path: string): Promise<void> {
  for (const member of archiveContents(path)?.members ?? [null]) {
    const found = await examineFile(path, member)
    const fhir = { ...PLAIN.profile.fhir, resource: 'Observation' as const }
    const source = await openSource(found, { ...PLAIN.profile, reads: found.kind, fhir })
    for await (const { cells } of source.records) {
      for (let i = 0; i < cells.length; i++) expect(typeof cells.at(i)).toBe('string')
    }
    const { physical_lines, heading_lines, blank_lines, other_lines, record_lines } = source.lines()
    expect(heading_lines + blank_lines + other_lines + record_lines).toBe(physical_lines)
  }
}
