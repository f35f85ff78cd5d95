import { describe, expect, it } from 'vitest'
import { examineFile } from '../../../src/ingest/examine-file.ts'
import { inferFile } from '../../../src/ingest/infer/infer-file.ts'
import { file } from '../reading-room.ts'

const DAYS = Array.from({ length: 60 }, (_, n) => `2025-${String(1 + (n % 9)).padStart(2, '0')}-${10 + (n % 18)}`)

/** What is asked, and the profile, of a file drawn by its headings and a record for each of so many numbers. */
async function guessed(headings: string, record: (n: number) => (string | number)[], rows = 60) {
  const text = [headings, ...Array.from({ length: rows }, (_, n) => record(n).join(','))].join('\n')
  const { guess } = await inferFile(await examineFile(file(text)))
  return {
    asked: guess.questions.map(({ id }) => id),
    yields: guess.profile?.yields as Record<string, unknown>[] | undefined,
    notes: guess.notes,
  }
}
const many = (stem: string, n: number) => Array.from({ length: n }, (_, at) => `${stem}${at + 1}`).join(',')

describe('doubts that have to be asked', () => {
  it('a total that is right whether items are turned round or not tells nothing of it', async () => {
    const forms = await guessed(`Client ID,Form date,${many('ReQoL', 10)},Total`, (n) => {
      const free = n % 5
      return [`C${n % 20}`, DAYS[n] as string, 2, free, 2, free, 1, 2, free, 0, 2, 4, 2 * 4 + 3 * free + 5]
    })
    expect(forms.asked).toEqual(['coding:reqol-10'])
  })

  it('many forms of one number on one day: it may be the number of a group', async () => {
    const forms = await guessed('Client ID,Form date,GAD7 total', (n) => [`C${n % 6}`, DAYS[n % 3] as string, n % 22])
    expect(forms.asked).toEqual(['crowded'])
  })

  it('three numbers over sixty forms are hardly people', async () => {
    const forms = await guessed('Ref,Form date,GAD7 total', (n) => [`R${n % 3}`, DAYS[n] as string, n % 22])
    expect(forms.asked).toEqual(['person'])
  })

  it('a number that comes again on other days is a person’s', async () => {
    const forms = await guessed('Ref,Form date,GAD7 total', (n) => [`R${n % 20}`, DAYS[n] as string, n % 22])
    expect(forms.asked).toEqual([])
  })
})

describe('what a guess rests on is said', () => {
  it('of a long sheet, how many rows were held beside each other', async () => {
    const record = (n: number) => [`R${n % 9000}`, DAYS[n % 60] as string, n % 22]
    const { notes } = await guessed('Ref,Form date,GAD7 total', record, 20_001)
    expect(notes.join()).toContain('20,001 rows')
  })

  it('a score whose numbers are mostly possible can be confirmed, and the others are held back', async () => {
    const forms = await guessed('Ref,Form date,GAD7 total', (n) => [`R${n % 20}`, DAYS[n] as string, n % 23])
    expect(forms.asked).toEqual(['scale:GAD7 total'])
    const text = [
      'Ref,Form date,GAD7 total',
      ...Array.from({ length: 60 }, (_, n) => `R${n % 20},${DAYS[n]},${n % 23}`),
    ]
    const answers = new Map([['scale:GAD7 total', 'total']])
    const { guess } = await inferFile(await examineFile(file(text.join('\n'))), answers)
    expect(guess.profile?.yields).toHaveLength(1)
  })
})

describe('DIALOG', () => {
  it('is read by the names of its areas, not by numbers that stand the other way round', async () => {
    const areas =
      'Mental health,Physical health,Job,Accommodation,Leisure,Partner,Friendships,Safety,Medication,Practical help,Meetings'
    const headings = areas.split(',').map((area, at) => `DIALOG ${at + 1} ${area}`)
    const forms = await guessed(`Client ID,Form date,${headings.join(',')}`, (n) => [
      `C${n % 20}`,
      DAYS[n] as string,
      ...headings.map((_, at) => 1 + ((n + at) % 7)),
    ])
    const items = forms.yields?.[0]?.items as string[]
    expect(items.slice(5, 7)).toEqual(['DIALOG 7 Friendships', 'DIALOG 6 Partner'])
  })
})
