import { type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { openXlsx } from '../../src/ingest/open-xlsx.ts'
import type { Profile } from '../../src/ingest/profile.ts'
import { zip } from './readers/zip-room.ts'
import { file, load, profile, textsOf } from './reading-room.ts'

async function opened(
  sheets: WriteSheet[],
  declared: Partial<Profile['xlsx']> = {},
  dateSystem: '1900' | '1904' = '1900',
) {
  const bytes = await writeXlsx({ sheets, dateSystem })
  const path = file(bytes, 'book.xlsx')
  const source = await openXlsx(
    await examineFile(path),
    { heading_rows: [1], skip_rows: 0, fill_merged: false, ...declared },
    {
      footer_starts_with: ['total'],
    },
  )
  const cells: string[][] = []
  for await (const record of source.records) cells.push(textsOf(record.cells))
  return { path, source, cells, lines: source.lines() }
}

describe('a workbook', () => {
  it('gives cells as text and loses nothing: long codes, numbers, dates, times, error cells', async () => {
    const { cells, source } = await opened([
      {
        name: 'Data',
        rows: [
          ['nhs', 'code', 'score', 'on', 'at', 'ok'],
          [
            9434765919,
            '1037651000000100',
            12.3,
            new Date(Date.UTC(2025, 2, 4)),
            new Date(Date.UTC(2025, 2, 4, 13, 45)),
            true,
          ],
          ['007', '#N/A', 0.1 + 0.2],
        ],
        columns: [{}, {}, {}, { numFmt: 'yyyy-mm-dd' }, { numFmt: 'yyyy-mm-dd hh:mm' }, {}],
      },
    ])
    expect(source.headings).toEqual(['nhs', 'code', 'score', 'on', 'at', 'ok'])
    expect(cells).toEqual([
      ['9434765919', '1037651000000100', '12.3', '2025-03-04', '2025-03-04 13:45:00', 'TRUE'],
      ['007', '#N/A', '0.3', '', '', ''],
    ])
  })

  it('spreads merged headings over the columns they cover and joins the rows', async () => {
    const { source, cells } = await opened(
      [
        {
          name: 'Audit',
          rows: [
            ['Case audit'],
            ['Person', 'PHQ-9', null, 'Reviewed'],
            ['ID', 'Start', 'End', null],
            ['S1', 20, 11, 'yes'],
          ],
          merges: [
            { startRow: 1, startCol: 1, endRow: 1, endCol: 2 },
            { startRow: 1, startCol: 3, endRow: 2, endCol: 3 },
          ],
        },
      ],
      { heading_rows: [2, 3] },
    )
    expect(source.headings).toEqual(['Person / ID', 'PHQ-9 / Start', 'PHQ-9 / End', 'Reviewed'])
    expect(cells).toEqual([['S1', '20', '11', 'yes']])
    expect(source.lines()).toEqual({
      physical_lines: 4,
      heading_lines: 2,
      blank_lines: 0,
      other_lines: 1,
      record_lines: 1,
    })
  })

  it('reads the sheet that is named, or the first that is not hidden, and says what it left', async () => {
    const sheets = [
      { name: 'Lookups', rows: [['x'], ['1']], hidden: true },
      { name: 'Scores', rows: [['a'], ['2']] },
      { name: 'Notes', rows: [['b'], ['3']] },
    ]
    const first = await opened(sheets)
    expect(first.source.sheet).toBe('Scores')
    expect(first.source.notes().join(' ')).toMatch(/1 more hidden sheet, not read.*"Scores", was read; 1 more was not/)
    expect((await opened(sheets, { sheet: ' notes ' })).cells).toEqual([['3']])
    await expect(opened(sheets, { sheet: 'Nope' })).rejects.toThrow(/has no sheet "Nope".*"Lookups", "Scores", "Notes"/)
  })

  it('counts blank rows, gaps and footers', async () => {
    const { lines, cells } = await opened([
      { name: 'S', rows: [['a', 'b'], [1, 2], [null, ' '], [], [3, 4], ['Total', 4]] },
    ])
    expect(cells).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect(lines).toEqual({ physical_lines: 6, heading_lines: 1, blank_lines: 2, other_lines: 1, record_lines: 2 })
  })

  it.each(['1900', '1904'] as const)('reads day numbers of the %s system', async (system) => {
    const serial = system === '1900' ? 45000 : 43538
    const { path } = await opened(
      [
        {
          name: 'S',
          rows: [
            ['id', 'on'],
            ['A', serial],
            ['B', 60],
          ],
        },
      ],
      {},
      system,
    )
    const { rows, faults } = await load(path, EVENTS)
    expect(rows('service_event').map((row) => row.start_date)).toEqual([
      '2023-03-15',
      ...(system === '1904' ? ['1904-03-01'] : []),
    ])
    expect(faults()).toEqual(system === '1900' ? ['3 not_a_date'] : [])
  })
})

const EVENTS = profile(`
profile: events
title: Events
reads: xlsx
date_order: dmy
identity: { local_id: id, provider: RTQ }
yields:
  - { kind: event, event_type: { constant: gp }, start_date: on }
`)

describe('a workbook that is not safe or not whole is refused with a sentence', () => {
  const workbook = { name: 'xl/workbook.xml', bytes: '<workbook/>' }
  it.each([
    [
      'a document type',
      [{ name: 'xl/workbook.xml', bytes: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' }],
      /declares a document type/,
    ],
    ['two parts of one name', [workbook, workbook], /two parts of the same name/],
    ['a ZIP of something else', [{ name: 'readme.txt', bytes: 'x' }], /is an archive of a kind that is not read/],
    [
      'parts without number',
      [workbook, ...Array.from({ length: 2001 }, (_, i) => ({ name: `${i}`, bytes: '' }))],
      /more than 2000 parts/,
    ],
    ['a workbook with nothing in it', [workbook], /without a sheet of cells/],
  ])('%s', async (_name, parts, sentence) => {
    await expect(open(file(zip(parts), 'book.xlsx'))).rejects.toThrow(sentence)
  })

  it('a workbook cut short', async () => {
    const bytes = await writeXlsx({ sheets: [{ name: 'S', rows: [['a'], ['1']] }] })
    await expect(open(file(bytes.subarray(0, bytes.length - 60), 'book.xlsx'))).rejects.toThrow(/damaged or was cut/)
  })
})

async function open(path: string) {
  return openXlsx(
    await examineFile(path),
    { heading_rows: [1], skip_rows: 0, fill_merged: false },
    { footer_starts_with: [] },
  )
}
