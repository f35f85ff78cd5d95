import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, describe, expect, it } from 'vitest'
import { interval, join as joinWords } from '../../reports/parts/text.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { axisEnds, ratioAxisEnds } from '../../src/report/axis-ends.ts'
import { renderCsv } from '../../src/report/csv.ts'
import { writeArtefact } from '../../src/report/write-artefact.ts'
import { renderXlsx } from '../../src/report/xlsx.ts'
import { sampleDocument } from './sample-document.ts'

const gate = createGate('hes-7/5')
const folder = mkdtempSync(join(tmpdir(), 'artefacts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const table: ReleasedTable = {
  id: 'counts',
  title: say`Counts`,
  columns: [
    { id: 'label', label: say`Team`, kind: 'text' },
    { id: 'people', label: say`People`, kind: 'count' },
    { id: 'cost', label: say`Cost`, kind: 'money' },
  ],
  rows: [
    {
      label: gate.label('=HYPERLINK("x")'),
      people: gate.count(1234),
      cost: gate.statistic(-1234, { n: 20, unit: 'gbp' }),
    },
    { label: gate.label('North, "east"'), people: gate.count(3), cost: gate.absent(say`no price`) },
    { label: gate.label('+44'), people: gate.count(0), cost: gate.statistic(5, { n: 3, unit: 'gbp' }) },
  ],
  notes: [],
}

describe('a table as CSV', () => {
  it('holds numbers, stars and reasons, with formulas made into words', () => {
    expect(renderCsv(table).split('\r\n')).toEqual([
      '\ufeffTeam,People,Cost',
      `"'=HYPERLINK(""x"")",1235,-1230`,
      '"North, ""east""",*,no price',
      "'+44,0,*",
      '',
    ])
  })
})

describe('a report as a workbook', () => {
  const document = {
    ...sampleDocument('hes-7/5'),
    sections: [{ id: 's', title: say`S`, lead: say`L`, figures: [], tables: [table], notes: [] }],
  }

  it('has a cover with the disclosure rule and a sheet for each table', async () => {
    const book = await readXlsx(await renderXlsx(sampleDocument('hes-7/5')))
    expect(book.sheets.map((sheet) => sheet.name).slice(0, 3)).toEqual(['About', 'funnel-table', 'forms-table'])
    const cover = book.sheets[0]?.rows.flat()
    expect(cover).toContain(
      'Counts from 1 to 7 are shown as *. Zero is shown. Other counts are rounded to the nearest 5.',
    )
  })

  it('holds numbers as numbers, a withheld one as a star, never as 0 or an empty cell', async () => {
    const [, sheet] = (await readXlsx(await renderXlsx(document))).sheets
    expect(sheet?.rows.slice(1)).toEqual([
      ['Team', 'People', 'Cost'],
      [`'=HYPERLINK("x")`, 1235, -1230],
      ['North, "east"', '*', 'no price'],
      [`'+44`, 0, '*'],
    ])
  })

  it('is the same bytes each time', async () => {
    expect(Buffer.from(await renderXlsx(document)).equals(Buffer.from(await renderXlsx(document)))).toBe(true)
  })

  it('holds no number that a reader of the page does not see', async () => {
    const book = await readXlsx(await renderXlsx(sampleDocument('hes-7/5')))
    const funnel = book.sheets.find((sheet) => sheet.name === 'funnel-table')
    const numbers = funnel?.rows.flat().filter((cell) => typeof cell === 'number')
    expect(numbers).toEqual([220, 205, 185, 190, 140, 75, 60, 20]) // and a star for the 6 with two scores
  })
})

describe('a file', () => {
  it('is written whole, readable by its owner alone when internal', async () => {
    const path = await writeArtefact(folder, 'report.html', 'first', 'release')
    await writeArtefact(folder, 'report.html', 'second', 'internal')
    expect(readFileSync(path, 'utf8')).toBe('second')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(await writeArtefact(folder, 'open.csv', 'x', 'release')).mode & 0o777).toBe(0o644)
    expect(readdirSync(folder).sort()).toEqual(['open.csv', 'report.html'])
  })

  it.each(['../escape.html', 'a/b.html', '.hidden', ''])('is not written under the name "%s"', async (name) => {
    await expect(writeArtefact(folder, name, 'x', 'release')).rejects.toThrow('plain file name')
  })
})

describe('words around numbers', () => {
  const [few, forty, low, high] = [gate.count(3), gate.count(41), gate.fact(0.4), gate.fact(0.9)]

  it.each([
    [joinWords([say`A&E`, say`police`, say`ambulance`]), 'A&E, police, ambulance'],
    [joinWords([say`One.`, say`Two.`], ' '), 'One. Two.'],
    [joinWords([forty]), '40'],
    [interval(low, high), '0.4 to 0.9'],
    [interval(few, high), 'fewer than 8'],
    [interval(low, gate.absent(say`no upper end`)), '0.4 or more'],
  ])('read as a person would say them (%#)', (words, expected) => {
    expect(words.text).toBe(expected)
  })
})

describe('the ends of an axis', () => {
  it.each([
    { shown: [3, 41], ends: [0, 50] },
    { shown: [98], ends: [0, 100] },
    { shown: [101], ends: [0, 150] },
    { shown: [0.6], ends: [0, 0.6] },
    { shown: [-61_000, 4_000], ends: [-80_000, 4_000] },
    { shown: [], ends: [0, 1] },
  ])('around $shown are $ends', ({ shown, ends }) => {
    const values = shown.map((value) => gate.fact(value))
    expect(axisEnds(gate, values).map((end) => end.value)).toEqual(ends)
  })

  it('do not move with a withheld number', () => {
    const ends = [1, 7].map((n) => axisEnds(gate, [gate.count(n)]).map((end) => end.value))
    expect(ends[0]).toEqual(ends[1])
  })

  it('of ratios are the same distance either side of 1', () => {
    expect(ratioAxisEnds(gate, [gate.fact(0.4), gate.fact(1.8)]).map((end) => end.value)).toEqual([0.2, 5])
  })
})
