import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textsOf } from '../../../src/ingest/cells.ts'
import { examineFile } from '../../../src/ingest/examine-file.ts'
import { JsonSplitter } from '../../../src/ingest/json-splitter.ts'
import { cellText, type Json, JsonNumber, readJson } from '../../../src/ingest/json-value.ts'
import { openJson } from '../../../src/ingest/open-json.ts'
import { bundled, file, load } from '../reading-room.ts'

const PLAIN = bundled('plain-layout')
const AS_JSON = { ...PLAIN, profile: { ...PLAIN.profile, reads: 'json' as const } }
const score = (person: string, more = '') =>
  `{"person_id":${person},"measure":"PHQ-9","score_date":"2025-01-02","score":9${more}}`

async function opened(text: string | Buffer, name = 'x.json') {
  const source = await openJson(await examineFile(file(text, name)))
  const cells: string[][] = []
  for await (const record of source.records)
    cells.push(record.fault === undefined ? textsOf(record.cells) : [record.fault.code])
  return { headings: source.headings, cells, lines: source.lines() }
}

describe('where the records of a JSON file stand', () => {
  const two = [
    ['1', '2'],
    ['3', ''],
  ]
  it.each([
    ['a list', '[{"a":1,"b":2},{"a":3}]'],
    ['a list with a byte-order mark and white space', '\ufeff \n[ {"a" : 1 , "b" : 2 } ,\n {"a" : 3} ]\n'],
    ['an object on each line', '{"a":1,"b":2}\n{"a":3}\n'],
    ['lines that end as Windows ends them, the last not at all', '{"a":1,"b":2}\r\n{"a":3}'],
    ['a list in an object', '{"total":2,"ok":true,"records":[{"a":1,"b":2},{"a":3}],"next":null,"tags":["x"]}'],
  ])('%s', async (_name, text) => {
    const { headings, cells } = await opened(text)
    expect(headings).toEqual(['a', 'b'])
    expect(cells).toEqual(two)
  })

  it.each([
    ['UTF-16', Buffer.from('\ufeff[{"é":"£"}]', 'utf16le')],
    ['UTF-8', Buffer.from('[{"é":"£"}]')],
  ])('in %s', async (_name, bytes) => {
    expect(await opened(bytes)).toMatchObject({ headings: ['é'], cells: [['£']] })
  })

  it('one object is a record where the name of the file says that each line is one', async () => {
    expect((await opened('{"a":1}\n', 'x.ndjson')).cells).toEqual([['1']])
  })

  it.each([
    ['one object', '{"a":1}', /is JSON, but not a list of records/],
    ['a list of numbers', '[1,2]', /is JSON, but not a list of records/],
    ['a text', '"a"', /is JSON, but not a list of records/],
    ['an empty list', '[]', /holds no records/],
    ['two lists', '{"a":[{"x":1}],"b":[{"x":1}]}', /more than one list of records \(2\)/],
    ['a list cut short', '[{"a":1},\n{"a":2}', /is not valid JSON: it ends too early, at line 2/],
    ['a comma too many', '[{"a":1},]', /is not valid JSON/],
    ['a comma too few', '[{"a":1}{"a":2}]', /is not valid JSON/],
    ['a second document', '[{"a":1}]\n[{"a":2}]', /more follows where it ends, at line 2/],
    ['a key twice at the top', '{"r":[{"x":1}],"r":[{"x":2}]}', /has a key twice in its outermost object/],
  ])('refused, with a sentence: %s', async (_name, text, sentence) => {
    await expect(opened(text)).rejects.toThrow(sentence)
  })
})

describe('what is in a record', () => {
  it.each([
    ['whole numbers beyond 2^53', '9434765919999999999', '9434765919999999999'],
    ['decimals as they are written', '12.50', '12.50'],
    ['an exponent as it is written', '1e1', '1e1'],
    ['null', 'null', ''],
    ['true', 'true', 'true'],
    ['a text with escapes', '"a\\u00e9\\n\\"b\\""', 'aé\n"b"'],
    ['a list', '[ 1 , {"b" : "c"} ]', '[1,{"b":"c"}]'],
  ])('%s', async (_name, value, text) => {
    expect((await opened(`[{"a":${value},"z":1}]`)).cells).toEqual([[text, '1']])
  })

  it('two people whose ids differ in the 19th digit stay two', async () => {
    const { rows } = await load(
      file(`[${score('9434765919999999998')},${score('9434765919999999999')}]`, 'x.json'),
      AS_JSON,
    )
    expect(new Set(rows('assessment_record').map((row) => row.local_identity_key)).size).toBe(2)
  })

  it('a score written 1e1 is held back, not read as 10', async () => {
    const text = `[${score('"A"').replace(':9', ':1e1')}]`
    expect((await load(file(text, 'x.json'), AS_JSON)).faults()).toEqual(['1 not_a_number'])
  })

  it('keys called __proto__, constructor and toString are data, and no object gains anything', async () => {
    const { headings, cells } = await opened('[{"__proto__":{"x":1},"constructor":2,"toString":3}]')
    expect(headings).toEqual(['__proto__', 'constructor', 'toString'])
    expect(cells).toEqual([['{"x":1}', '2', '3']])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('of records that cannot be read each is held back with its reason, and the others are loaded', async () => {
    const deep = `${'['.repeat(64)}${']'.repeat(64)}`
    const text = [
      score('"A"'),
      '{"person_id":',
      '',
      score('"B"', ',"score":3'),
      score('"C"', `,"deep":${deep}`),
      '[1]',
      score('"D"'),
    ].join('\n')
    const { report, faults } = await load(file(text, 'x.ndjson'), AS_JSON)
    expect(faults()).toEqual(['2 not_json', '4 duplicate_json_key', '5 json_too_deep', '6 not_json'])
    expect(report).toMatchObject({ physical_lines: 7, blank_lines: 1, records: 6, loaded: 2, quarantined: 4 })
  })

  it('brackets a hundred thousand deep are a reason, not a crash', async () => {
    const deep = '['.repeat(100_000)
    expect(readJson(deep)).toMatchObject({ fault: { code: 'json_too_deep' } })
    await expect(opened(`[{"a":${deep}`)).rejects.toThrow(/ends too early/)
  })

  it('says what a text is as JSON.parse does, and loses no digit of it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value)
        const read = readJson(text)
        expect('value' in read ? plain(read.value) : read).toEqual(JSON.parse(text))
      }),
      { numRuns: 300, seed: 3 },
    )
  })

  it('takes no text that JSON.parse refuses', () => {
    const broken = [
      '',
      '01',
      '1.',
      '.5',
      '+1',
      '-',
      '1e',
      "'a'",
      '"\t"',
      '"\\x"',
      '{a:1}',
      '{"a"}',
      '[1 2]',
      'nul',
      'NaN',
      '[1]]',
      '"a',
    ]
    for (const text of broken) {
      expect(() => JSON.parse(text), text).toThrow()
      expect(readJson(text), text).toMatchObject({ fault: { code: 'not_json' } })
    }
  })
})

describe('a document cut into its records', () => {
  it('comes out the same wherever the chunks are cut', () => {
    const record = fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (records, size, inObject) => {
          const text = JSON.stringify(inObject ? { n: 1, r: records } : records, null, 1)
          const splitter = new JsonSplitter('x.json')
          const pieces = []
          for (let at = 0; at < text.length; at += size) pieces.push(...splitter.pieces(text.slice(at, at + size)))
          pieces.push(...splitter.end())
          const elements = pieces.filter(({ is_element }) => is_element).map((piece) => JSON.parse(piece.text))
          expect(elements).toEqual(JSON.parse(JSON.stringify(records)))
        },
      ),
      { numRuns: 300, seed: 2 },
    )
  })
})

function plain(value: Json): unknown {
  if (value instanceof JsonNumber) return Number(cellText(value))
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) {
    return Object.fromEntries([...(value as ReadonlyMap<string, Json>)].map(([key, each]) => [key, plain(each)]))
  }
  return value
}
