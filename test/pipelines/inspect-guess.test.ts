import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { CliRoom } from './cli-room.ts'

let room = new CliRoom()
beforeEach(() => {
  room.leave()
  room = new CliRoom()
})
afterAll(() => room.leave())

/** Twenty forms of people 1-10 whose dates all read either way. */
const early = (heading = 'Client ID,Form date,PHQ9 total') =>
  `${heading}\n${Array.from({ length: 20 }, (_, n) => `C${100 + (n % 10)},0${1 + (n % 9)}/${n < 10 ? '03' : '07'}/2025,${n}`).join('\n')}\n`

interface Guessed {
  files: {
    guess: { questions: { id: string; options: { option: string }[] }[]; profile: string | null } | null
    read_with: { profile: string } | null
    profile_written: string | null
    remembered_as: string | null
  }[]
}
const inspect = async (...args: string[]) => ((await room.json('inspect', ...args)) as unknown as Guessed).files[0]

describe('outcomes inspect of a file that no profile knows', () => {
  it('lists the open questions with their options, and writes nothing while one is open', async () => {
    room.put('s.csv', early())
    const seen = await inspect('s.csv')
    expect(seen?.guess).toMatchObject({
      profile: null,
      questions: [{ id: 'date_order:Form date', options: [{ option: 'dmy' }, { option: 'mdy' }] }],
    })
    const before = room.contents()
    const told = await room.type(['inspect', 's.csv', '--write-profile', 'p.yaml', '--remember', 'ours'])
    expect(told).toMatchObject({ code: 3, out: '' })
    expect(told.err).toMatch(/Nothing was written, because a question is open:\s+date_order:Form date/)
    expect(room.contents()).toEqual(before)
  })

  it('an answer settles it; the profile that is written loads the file, and says why it is as it is', async () => {
    room.put('s.csv', early())
    const seen = await inspect('s.csv', '--answer', 'date_order:Form date=dmy', '--write-profile', 'p.yaml')
    expect(seen?.profile_written).toMatch(/p\.yaml$/)
    const text = room.contents()['p.yaml'] as string
    expect(text).toMatch(/# date_order:Form date: dmy\. Day\/month\/year, as in the United Kingdom\.\ndate_order: dmy/)
    expect(text).toMatch(/# local_id: Client ID\. "Client ID" is called so; 10 different values over 20 rows/)
    const { files } = (await room.json('ingest', 's.csv', '--profile', './p.yaml')) as { files: { loaded: number }[] }
    expect(files).toMatchObject([{ loaded: 20, quarantined: 0 }])
  })

  it('what was confirmed is used from then on, with no more questions', async () => {
    room.put('s.csv', early())
    const seen = await inspect('s.csv', '--answer', 'date_order:Form date=dmy', '--remember', 'our-phq')
    expect(seen?.remembered_as).toMatch(/profiles.our-phq\.yaml$/)
    room.put('next.csv', early('FORM DATE,client id,PHQ9 Total').replace(/^(C\d+),([^,]+),/gm, '$2,$1,'))
    expect(await inspect('next.csv')).toMatchObject({ guess: null, read_with: { profile: 'our-phq' } })
    expect((await room.json('ingest', 'next.csv')).files).toMatchObject([{ profile: 'our-phq', loaded: 20 }])
  })

  it.each([
    ['date_order:Form date=ymd', /That is no answer to date_order:Form date\. Expected one of: dmy, mdy/],
    ['date=dmy', /Nothing was asked about "date"\. Open: date_order:Form date/],
    ['dmy', /--answer expects question=option/],
  ])('an answer that answers nothing is refused: %s', async (given, sentence) => {
    room.put('s.csv', early())
    const told = await room.type(['inspect', 's.csv', '--answer', given])
    expect(told.code).toBe(2)
    expect(told.err).toMatch(sentence)
  })

  it('a bundled profile of the very headings is named instead of a guess', async () => {
    room.put('ae.csv', 'period,org_code,type,attendances,breaches,admissions\n2025-01-01,RZ1,1,3,2,1\n')
    expect(await inspect('ae.csv')).toMatchObject({ guess: null, read_with: { profile: 'nhs-ae-attendances' } })
  })

  it('never shows what is in a cell: no number, name or date of a person', async () => {
    const people = Array.from(
      { length: 30 },
      (_, n) => `Tamsyn Polgarrick${n},943 476 5919,TR1 2AB,0${1 + (n % 9)}/05/1980,${n}`,
    )
    room.put('p.csv', `Patient name,NHS no,Postcode,Birth date,GAD7\n${people.join('\n')}\n`)
    room.put('h.csv', `${people.join('\n')}\n`)
    for (const name of ['p.csv', 'h.csv']) {
      const told = await room.type(['inspect', name, '--json'])
      const shown = await room.type(['inspect', name])
      expect(`${told.out}${told.err}${shown.out}${shown.err}`).not.toMatch(/Polgarrick|943|5919|TR1|1980/)
      expect(told.code).toBe(0)
    }
  })
})

describe('outcomes inspect at the keyboard', () => {
  it('asks the open question, then offers to confirm what it found', async () => {
    room.put('s.csv', early())
    const told = await room.type(['inspect', 's.csv'], '7\n1\nour-phq\n', true)
    expect(told.err).toMatch(/In which order does "Form date" write its dates\?[\s\S]*1 {2}dmy: day\/month\/year/)
    expect(told.err).toMatch(/That is none of them\. A number from 1 to 2/)
    expect(Object.keys(room.contents())).toEqual(expect.arrayContaining(['profiles/our-phq.yaml']))
    expect(told.out).toMatch(/confirmed for files with these headings: .*our-phq\.yaml/)
  })

  it('an Enter, or the end of input, leaves the question open and nothing written', async () => {
    room.put('s.csv', early())
    const before = room.contents()
    for (const typed of ['\n', '', '1\n\n']) {
      expect((await room.type(['inspect', 's.csv'], typed, true)).code).toBe(0)
      expect(room.contents()).toEqual(before)
    }
  })
})
