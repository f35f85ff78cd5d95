import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { textsOf } from '../../../src/ingest/cells.ts'
import { examineFile } from '../../../src/ingest/examine-file.ts'
import { openXlsx } from '../../../src/ingest/open-xlsx.ts'
import type { Profile } from '../../../src/ingest/profile.ts'
import { isDateFormat } from '../../../src/ingest/xlsx/date-styles.ts'
import { SheetScan } from '../../../src/ingest/xlsx/sheet-scan.ts'
import { attribute, XmlScanner } from '../../../src/ingest/xlsx/xml-scanner.ts'
import { file, load, profile } from '../reading-room.ts'
import { type Book, book, rows } from './book-room.ts'
import { zip } from './zip-room.ts'

const XLSX: Profile['xlsx'] = { heading_rows: [1], skip_rows: 0, fill_merged: false }
const NOTHING = { footer_starts_with: [], second_headings: undefined }

async function opened(content: Book | Buffer, declared: Partial<Profile['xlsx']> = {}) {
  const path = file(Buffer.isBuffer(content) ? content : book(content), 'book.xlsx')
  const source = await openXlsx(await examineFile(path), { ...XLSX, ...declared }, NOTHING)
  const cells: string[][] = []
  const places: number[] = []
  for await (const record of source.records) {
    cells.push(textsOf(record.cells))
    places.push(record.row_number)
  }
  return { headings: source.headings, cells, places, lines: source.lines(), notes: source.notes() }
}

const one = (cell: string) => ({ sheets: { S: rows(['a', 'z'], [cell, '1']) } })

describe('a cell as text', () => {
  it.each([
    ['a whole number', '<c><v>9434765919</v></c>', '9434765919'],
    ['a number stored with a tail', '<c><v>12.300000000000001</v></c>', '12.3'],
    ['a number in scientific notation inside the file', '<c><v>1.5E3</v></c>', '1500'],
    ['a truth value', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['an error', '<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['an ISO date', '<c t="d"><v>2025-03-04T00:00:00</v></c>', '2025-03-04'],
    ['a day number in a date style', '<c s="1"><v>45000</v></c>', '2023-03-15'],
    ['one with a time', '<c s="1"><v>45000.75</v></c>', '2023-03-15 18:00:00'],
    ['one a millisecond short of midnight', '<c s="1"><v>44999.99999999</v></c>', '2023-03-15'],
    ['a time alone', '<c s="1"><v>0.5</v></c>', '12:00:00'],
    ['29 February 1900, which never was', '<c s="1"><v>60</v></c>', '60'],
    ['the days beside it', '<c s="1"><v>59</v></c>', '1900-02-28'],
    ['a day before the calendar begins', '<c s="1"><v>-1</v></c>', '-1'],
    ['a formula with its value', '<c><f>1+1</f><v>2</v></c>', '2'],
    ['a formula of text that came out blank', '<c t="str"><f>""</f><v></v></c>', ''],
    ['a formula never calculated', '<c><f>1+1</f></c>', '#NEVER CALCULATED!'],
    ['the same as some programs write it', '<c><f>1+1</f><v></v></c>', '#NEVER CALCULATED!'],
    [
      'text in runs, without its reading aid',
      '<c t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r><rPh><t>x</t></rPh></is></c>',
      'a b',
    ],
    ['entities', '<c t="inlineStr"><is><t>&lt;a&gt; &amp;amp; &#233;&#x2019;</t></is></c>', '<a> &amp; é’'],
    ['an entity of its own', '<c t="inlineStr"><is><t>&e;</t></is></c>', '&e;'],
    ['CDATA', '<c t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c>', '<b>'],
    ['a line break Excel has escaped', '<c t="inlineStr"><is><t>a_x000A_b</t></is></c>', 'a\nb'],
  ])('%s', async (_name, cell, text) => {
    expect((await opened(one(cell))).cells).toEqual([[text, '1']])
  })

  it('shared texts, in runs and with reading aids', async () => {
    const shared = '<si><t>a</t></si><si><r><t>b</t></r><r><t>c</t></r><rPh><t>x</t></rPh></si>'
    const { cells } = await opened({ ...one('<c t="s"><v>1</v></c>'), shared })
    expect(cells).toEqual([['bc', '1']])
    await expect(opened({ ...one('<c t="s"><v>2</v></c>'), shared })).rejects.toThrow(/damaged or was cut short/)
  })

  it('cells without references follow each other; cells between are blank', async () => {
    const data =
      '<sheetData><row><c t="str"><v>a</v></c><c t="str"><v>b</v></c><c t="str"><v>c</v></c></row><row r="3"><c r="C3"><v>9</v></c></row></sheetData>'
    const { headings, cells, lines } = await opened({ sheets: { S: data } })
    expect(headings).toEqual(['a', 'b', 'c'])
    expect(cells).toEqual([['', '', '9']])
    expect(lines).toMatchObject({ physical_lines: 3, blank_lines: 1, record_lines: 1 })
  })

  it.each([
    ['yyyy-mm-dd', true],
    ['[$-809]d mmmm yyyy;@', true],
    ['[h]:mm', true],
    ['mm:ss.0', true],
    ['General', false],
    ['0.00', false],
    ['#,##0 "days"', false],
    ['[Red]0;[Blue]-0', false],
    ['0\\d', false],
    ['_-£* #,##0.00_-', false],
  ])('the number format %s is of a date: %s', (format, expected) => {
    expect(isDateFormat(format)).toBe(expected)
  })

  it('whatever another program wrote, with whole numbers, decimals and texts', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter(isPlain),
      fc.integer(),
      fc.integer({ min: -9999, max: 9999 }).map((n) => n / 100),
    )
    const grid = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(grid, async (data) => {
        const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: 'S', rows: [['h1', 'h2', 'h3'], ...data] }] }))
        expect((await opened(bytes)).cells).toEqual(data.map((row) => row.map(asText)))
      }),
      { numRuns: 60, seed: 4 },
    )
  })
})

function isPlain(text: string): boolean {
  return text.trim() !== '' && !/^[=+@-]/.test(text) && !/[\p{Cc}\p{Cs}\p{Cn}\p{Co}]|_x/u.test(text)
}

function asText(value: string | number): string {
  return typeof value === 'string' ? value : String(value)
}

describe('what a sheet hides, and what else a person should know of it', () => {
  const data = rows(['a', 'b'], ['1', '2'], ['3', '4'])

  it('hidden rows, filtered rows and hidden columns are read, and counted in a note', async () => {
    const hidden = data.replace('<row r="3">', '<row r="3" hidden="1">')
    const { cells, notes } = await opened({
      sheets: { S: `<cols><col min="2" max="2" hidden="1"/></cols>${hidden}<autoFilter ref="A1:B3"/>` },
    })
    expect(cells).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect(notes).toEqual([
      '1 hidden row was read like any other; the sheet is filtered.',
      '1 hidden column was read like any other.',
    ])
  })

  it('a hidden sheet is read when it is named, and a note says so', async () => {
    const sheets = { '~Old': rows(['a'], ['old']), New: rows(['a'], ['new']) }
    expect((await opened({ sheets })).cells).toEqual([['new']])
    const { cells, notes } = await opened({ sheets }, { sheet: 'old' })
    expect(cells).toEqual([['old']])
    expect(notes).toEqual(['The sheet that was read is hidden in the workbook.'])
  })

  it('macros, links to other workbooks, formulas and a request to calculate afresh', async () => {
    const more = ['xl/vbaProject.bin', 'xl/externalLinks/externalLink1.xml'].map((name) => ({ name, bytes: 'x' }))
    const settings = '<calcPr calcId="1" fullCalcOnLoad="1"/>'
    const { notes } = await opened({ ...one('<c><f>1</f><v>1</v></c>'), more, settings })
    expect(notes).toEqual([
      'The workbook has macros. They were not run.',
      'The workbook links to other workbooks. They were not opened.',
      '1 cell is a formula: the values saved with them were read.',
      'The workbook asks to be calculated afresh, so values of formulas may be old. Open it in Excel and save it.',
    ])
  })

  it.each([
    [65_536, /exactly 65,536 rows.*old Excel sheet/],
    [1_048_576, /exactly 1,048,576 rows.*an Excel sheet/],
  ])('a sheet whose last row is %i is read, with a doubt that it was cut off', async (last, note) => {
    const full = data.replace('<row r="3">', `<row r="${last}">`).replaceAll(/r="([AB])3"/g, `r="$1${last}"`)
    const { cells, notes, lines } = await opened({ sheets: { S: full } })
    expect(cells).toHaveLength(2)
    expect(notes.join()).toMatch(note)
    expect(lines).toMatchObject({ physical_lines: last, blank_lines: last - 3, record_lines: 2 })
    const short = data.replace('<row r="3">', `<row r="${last - 1}">`)
    expect((await opened({ sheets: { S: short } })).notes).toEqual([])
  })

  it('a sheet with one cell in its first and one in its last corner is two rows', async () => {
    const corner =
      '<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    const { places, lines } = await opened({ sheets: { S: corner } })
    expect(places).toEqual([1_048_576])
    expect(lines).toMatchObject({ heading_lines: 1, record_lines: 1, blank_lines: 1_048_574 })
  })

  it('merged cells below the headings are filled only where the profile says so', async () => {
    const merged = `${rows(['a', 'b', 'c'], ['x', '1', 'm'], ['', '2'], ['y', '3', 'n'])}<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="C4:D5"/></mergeCells>`
    expect((await opened({ sheets: { S: merged } })).cells).toEqual([
      ['x', '1', 'm'],
      ['', '2', ''],
      ['y', '3', 'n'],
    ])
    expect((await opened({ sheets: { S: merged } }, { fill_merged: true })).cells).toEqual([
      ['x', '1', 'm'],
      ['x', '2', ''],
      ['y', '3', 'n', 'n'],
    ])
  })

  it('a merged heading fills no cell below it', async () => {
    const merged = `${rows(['a', 'b'], ['', '1'])}<mergeCells><mergeCell ref="A1:A2"/></mergeCells>`
    expect((await opened({ sheets: { S: merged } }, { fill_merged: true })).cells).toEqual([['', '1']])
  })

  it('day numbers of the 1904 system', async () => {
    const settings = '<workbookPr date1904="1"/>'
    expect((await opened({ ...one('<c s="1"><v>43538</v></c>'), settings })).cells).toEqual([['2023-03-15', '1']])
    expect((await opened({ ...one('<c s="1"><v>60</v></c>'), settings })).cells).toEqual([['1904-03-01', '1']])
  })
})

describe('what a spreadsheet has broken is held back', () => {
  const EVENTS = profile(`
profile: events
title: Events
reads: xlsx
date_order: dmy
identity: { local_id: id, provider: RTQ }
yields:
  - { kind: event, event_type: { constant: gp }, start_date: on }
`)
  it('errors, formulas never calculated, and the day that never was', async () => {
    const sheet = rows(
      ['id', 'on'],
      ['A', '<c s="1"><v>45000</v></c>'],
      ['B', '<c t="e"><v>#REF!</v></c>'],
      ['C', '<c s="1"><f>TODAY()</f></c>'],
      ['D', '<c s="1"><v>60</v></c>'],
    )
    const { faults, report } = await load(file(book({ sheets: { S: sheet } }), 'x.xlsx'), EVENTS)
    expect(faults()).toEqual(['3 error_cell', '4 formula_without_value', '5 not_a_date'])
    expect(report).toMatchObject({ records: 4, loaded: 1, quarantined: 3 })
  })
})

describe('a workbook that is not safe or not whole is refused with a sentence', () => {
  const whole = rows(['a'], ['1'])
  it.each<[string, Book, RegExp]>([
    [
      'a document type in a sheet',
      { sheets: { S: `<!DOCTYPE x [<!ENTITY e "x">]>${whole}` } },
      /declares a document type/,
    ],
    [
      'a document type in the texts',
      { sheets: { S: whole }, shared: '<!DOCTYPE x SYSTEM "http://127.0.0.1/x">' },
      /declares a document type/,
    ],
    ['a sheet cut short', { sheets: { S: '<sheetData><row r="1"><c r="A1"><v>1' } }, /damaged or was cut short/],
    [
      'rows out of order',
      { sheets: { S: '<sheetData><row r="2"/><row r="1"/></sheetData>' } },
      /damaged or was cut short/,
    ],
    ['a row twice', { sheets: { S: '<sheetData><row r="1"/><row r="1"/></sheetData>' } }, /damaged or was cut short/],
    [
      'a cell twice',
      { sheets: { S: '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData>' } },
      /damaged or/,
    ],
    [
      'more columns than any export has',
      { sheets: { S: '<sheetData><row r="1"><c r="BXY1"><v>1</v></c></row></sheetData>' } },
      /more than 2000 columns/,
    ],
    [
      'a column beyond the last',
      { sheets: { S: '<sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData>' } },
      /damaged or/,
    ],
    ['a number that is none', one('<c><v>12x</v></c>'), /damaged or was cut short/],
    ['a cell of more than 1 MiB', one(`<c t="str"><v>${'x'.repeat(2 ** 20 + 1)}</v></c>`), /a cell of more than 1 MiB/],
    ['no sheet', { sheets: {} }, /without a sheet of cells/],
  ])('%s', async (_name, content, sentence) => {
    await expect(opened(content)).rejects.toThrow(sentence)
  })

  it('a sheet that unpacks to far more than its size, whatever it says of itself', async () => {
    const bomb = `<sheetData>${'<x/>'.repeat(3 * 2 ** 20)}</sheetData>`
    await expect(opened({ sheets: { S: bomb } })).rejects.toThrow(/far more than its size/)
  })

  it('cells without number, though each row has but one', () => {
    const scan = new SheetScan({ shared: [], date_styles: [], date_system: '1900' })
    const scanner = new XmlScanner(scan)
    const wide = (n: number) => `<row r="${n}"><c r="XFD${n}"><v>1</v></c></row>`
    const all = () => {
      for (let n = 1; n <= 3100; n++) scanner.write(wide(n))
    }
    expect(all).toThrow(/50 million cells/)
    expect(scan.facts.last_row).toBe(Math.ceil(50_000_001 / 16_384))
  })

  it('a binary workbook, by name', async () => {
    const parts = [
      { name: '[Content_Types].xml', bytes: '<Types/>' },
      {
        name: '_rels/.rels',
        bytes: '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
      },
    ]
    await expect(opened(zip(parts))).rejects.toThrow(/is a binary workbook/)
  })
})

describe('XML as it comes', () => {
  it('gives the same events wherever the chunks are cut', () => {
    const xml = '<?xml version="1.0"?><!-- a > b --><x:a b="1 > 0" c=\'&quot;\'>t&amp;u<d/><![CDATA[<e>]]>\n</x:a>'
    const events = (size: number) => {
      const found: string[] = []
      const scanner = new XmlScanner({
        open: (name, attributes) =>
          found.push(`<${name} b=${attribute(attributes, 'b')} c=${attribute(attributes, 'c')}>`),
        text: (text) => found.push(text),
        close: (name) => found.push(`</${name}>`),
      })
      for (let at = 0; at < xml.length; at += size) scanner.write(xml.slice(at, at + size))
      scanner.end()
      return found.join('')
    }
    const expected = '<a b=1 > 0 c=">t&u<d b= c=></d><e>\n</a>'
    for (let size = 1; size <= xml.length; size++) expect(events(size), `${size}`).toBe(expected)
  })

  it('finds an attribute by its whole name', () => {
    expect(attribute(' xr="1" r = "2" r:id="3"', 'r')).toBe('2')
    expect(attribute(' spans="1:3"', 's')).toBe('')
  })
})
