import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { archiveContents } from '../../../src/ingest/archive.ts'
import { examineFile } from '../../../src/ingest/examine-file.ts'
import { CliRoom } from '../../pipelines/cli-room.ts'
import { bundled, file, load } from '../reading-room.ts'
import { type Part, zip } from './zip-room.ts'

const PLAIN = bundled('plain-layout')
const SCORES = 'person_id,measure,score_date,score\nA,GAD-7,2025-01-02,9\nB,GAD-7,2025-01-03,4\n'
const MIB = 2 ** 20

describe('what is packed reads as if it were not', () => {
  it('a .gz has the hash, the kind and the records of the file in it', async () => {
    const packed = await examineFile(file(gzipSync(SCORES), 'scores.csv.gz'))
    const plain = await examineFile(file(SCORES, 'scores.csv'))
    expect(packed).toMatchObject({ sha256: plain.sha256, kind: 'csv', n_bytes: SCORES.length, member: null })
    expect((await load(file(gzipSync(SCORES), 'scores.csv.gz'), PLAIN)).report).toMatchObject({ records: 2, loaded: 2 })
  })

  it('the same bytes, plain and packed, are loaded once', async () => {
    const first = await load(file(SCORES), PLAIN)
    const again = await load(file(gzipSync(SCORES), 'scores.csv.gz'), PLAIN, { store: first.store })
    expect(again.report).toMatchObject({ already_loaded: true, loaded: 2 })
  })

  it.each([
    ['packed', {}],
    ['stored as it is', { method: 0 }],
    ['with 64-bit sizes', { wide: true }],
  ])('a member of a ZIP archive, %s', async (_name, how) => {
    const path = file(zip([{ name: 'sub/scores.csv', bytes: SCORES, ...how }], { wide: 'wide' in how }), 'export.zip')
    const member = await examineFile(path, 'sub/scores.csv')
    expect(member).toMatchObject({ kind: 'csv', n_bytes: SCORES.length, member: 'sub/scores.csv' })
    expect(member.file_name).toMatch(/export\.zip\/sub\/scores\.csv$/)
    expect(member.sha256).toBe((await examineFile(file(SCORES))).sha256)
  })

  it('lists the members that are exports, and names the others', () => {
    const names = [
      'a.csv',
      'b/c.json',
      'README.txt',
      'cover letter.pdf',
      'b/',
      '__MACOSX/a.csv',
      'd.ndjson',
      '9434765919.png',
    ]
    expect(archiveContents(file(zip(names.map((name) => ({ name, bytes: '' }))), 'x.zip'))).toEqual({
      members: ['a.csv', 'b/c.json', 'd.ndjson'],
      passed_over: ['README.txt', 'cover letter.pdf', '##########.png'],
    })
  })
})

describe('an archive that is not safe or not whole is refused with a sentence, before it is unpacked where that can be told', () => {
  const one: Part = { name: 'a.csv', bytes: SCORES }
  const many = Array.from({ length: 2001 }, (_, index) => ({ name: `${index}.csv`, bytes: '' }))
  it.each<[string, Part[], RegExp]>([
    ['two members of one name', [one, one], /two parts of the same name/],
    ['a name that climbs out of its folder', [{ ...one, name: '../../etc/cron.csv' }], /leads out of its folder/],
    ['a name from the root', [{ ...one, name: '/etc/a.csv' }], /leads out of its folder/],
    ['a Windows name that climbs', [{ ...one, name: '..\\a.csv' }], /leads out of its folder/],
    ['members without number', many, /more than 2000 parts/],
    ['an archive in it', [one, { name: 'inner.zip', bytes: 'x' }], /holds another archive, inner\.zip/],
    ['nothing that can be read', [{ name: 'notes.pdf', bytes: 'x' }], /no CSV, XLSX or JSON file in it.*notes\.pdf/],
    ['a member that says it is of 2 GiB', [{ ...one, says: 2 ** 31 }], /far more than its size/],
    [
      'members of 2.7 GiB in all',
      ['1', '2', '3'].map((name) => ({ name, bytes: '', says: 9e8 })),
      /far more than its size/,
    ],
  ])('%s', (_name, parts, sentence) => {
    expect(() => archiveContents(file(zip(parts), 'export.zip'))).toThrow(sentence)
  })

  it.each<[string, Part, RegExp]>([
    [
      'a bomb that says it is small',
      { name: 'a.csv', bytes: Buffer.alloc(12 * MIB, 'a'), says: 10 },
      /far more than its/,
    ],
    ['a bomb that says what it is', { name: 'a.csv', bytes: Buffer.alloc(12 * MIB, 'a') }, /far more than its size/],
    ['a password', { ...one, encrypted: true }, /is password-protected/],
    ['an uncommon packing', { ...one, method: 12 }, /packed in an uncommon way/],
    ['a wrong checksum', { ...one, crc: 1 }, /damaged or was cut short/],
    ['fewer bytes than it says', { ...one, says: 10_000 }, /damaged or was cut short/],
    ['another name in its own header', { ...one, called: 'b.csv' }, /damaged or was cut short/],
    ['an archive under the name of a CSV', { name: 'a.csv', bytes: zip([one]), method: 0 }, /holds one inside/],
    ['nothing in it', { name: 'a.csv', bytes: '' }, /a\.csv is empty/],
  ])('a member with %s', async (_name, part, sentence) => {
    const path = file(zip([part]), 'export.zip')
    await expect(load(path, PLAIN, { member: part.name })).rejects.toThrow(sentence)
  })

  it('an archive cut short, and a .gz cut short', async () => {
    const bytes = zip([one])
    expect(() => archiveContents(file(bytes.subarray(0, bytes.length - 9), 'x.zip'))).toThrow(
      /damaged or was cut short/,
    )
    const packed = gzipSync(SCORES.repeat(1000))
    await expect(examineFile(file(packed.subarray(0, packed.length / 2), 'x.gz'))).rejects.toThrow(/damaged or was cut/)
  })

  it('a .gz bomb, a .gz in a .gz, a tar in a .gz', async () => {
    const bomb = file(gzipSync(Buffer.alloc(12 * MIB)), 'bomb.csv.gz')
    await expect(examineFile(bomb)).rejects.toThrow(/far more than its size/)
    await expect(examineFile(file(gzipSync(gzipSync(SCORES)), 'x.gz'))).rejects.toThrow(/holds one inside/)
    const tar = Buffer.alloc(1024)
    tar.write('ustar', 257)
    await expect(examineFile(file(gzipSync(tar), 'x.tgz'))).rejects.toThrow(/holds one inside/)
  })
})

describe('commands take an archive for the files in it', () => {
  const room = new CliRoom()
  afterAll(() => room.leave())
  const archive = zip([
    { name: 'a.csv', bytes: SCORES },
    { name: 'b.csv', bytes: SCORES.replaceAll('GAD-7', 'PHQ-9') },
    { name: 'README.txt', bytes: 'hello' },
  ])

  it('ingest reads every member, says what it passed over, and writes nothing beside the store', async () => {
    room.put('month.zip', archive)
    const { files } = (await room.json('ingest', 'month.zip', '--project', 'p')) as { files: Record<string, unknown>[] }
    expect(files.map((it) => [it.file, it.loaded, it.notes])).toEqual([
      ['month.zip/a.csv', 2, ['month.zip also holds what is no export and was not read: README.txt.']],
      ['month.zip/b.csv', 2, []],
    ])
    expect(readdirSync(room.dir).sort()).toEqual(expect.arrayContaining(['month.zip', 'p']))
    expect(readdirSync(dirname(room.dir)).filter((name) => /^(a|b)\.csv$/.test(name))).toEqual([])
  })

  it('inspect describes every member', async () => {
    const { files } = (await room.json('inspect', 'month.zip')) as { files: { file: string; record_lines: number }[] }
    expect(files.map((it) => [it.file, it.record_lines])).toEqual([
      ['month.zip/a.csv', 2],
      ['month.zip/b.csv', 2],
    ])
  })
})
