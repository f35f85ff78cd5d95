import { afterAll, expect, it } from 'vitest'
import { CliRoom } from './cli-room.ts'

const room = new CliRoom()
afterAll(() => room.leave())

const THEMES =
  'Mental health,Physical health,Job situation,Accommodation,Leisure,Friendships,Partner/family,Personal safety,Medication,Practical help,Meetings'
const COLUMNS = [
  'Client ID,NHS Number,Client Name,Assessment Date,Team,Form Status',
  ...Array.from({ length: 10 }, (_, nth) => `ReQoL ${nth + 1}`),
  'ReQoL Total',
  ...THEMES.split(',').map((theme) => `DIALOG ${theme}`),
  'GBO goal 1,GBO goal 2,GBO goal 3,Comments',
]

/** A form of eleven answers; North counts its satisfaction from 0 where the scale begins at 1. */
function form(team: string, person: number, date: string, answers: readonly number[]): string {
  const written = team === 'North' ? answers.map((it) => it - 1) : answers
  return [`${team}${person}`, '', '', date, team, 'Complete', ...Array(11).fill(''), ...written, '', '', '', ''].join(
    ',',
  )
}

/** Sixteen people with two forms, alike in both teams; two of them totally dissatisfied with something. */
function formsOf(team: string): string[] {
  return Array.from({ length: 16 }, (_, person) => {
    const lowest = person < 2 ? 1 : 2
    const before = [lowest, 3, 4, 5, 4, 3, 4, 5, 4, 4, 4]
    const after = [3, 4, 5, 7, 5, 4, 5, 6, 7, 5, 5]
    return [form(team, person, '01/02/2025', before), form(team, person, '01/06/2025', after)]
  }).flat()
}

async function run(settings: string) {
  room.put('p/exports/forms.csv', [COLUMNS.join(','), ...formsOf('North'), ...formsOf('South'), ''].join('\n'))
  room.put(
    'p/outcomes.yaml',
    `services: [{ code: trust, name: Trust }]
sources: [{ files: forms.csv, profile: rio-wide-forms, service: trust }]
${settings}`,
  )
  const { code, err } = await room.type(['run', 'p', '--quiet'])
  if (code !== 0) throw new Error(err)
}

async function rows(table: string): Promise<Record<string, unknown>[]> {
  const found = await room.json('results', table, '--project', 'p', '--internal')
  return (found.tables as [{ rows: Record<string, unknown>[] }])[0].rows
}

const paired = async () => (await rows('completeness')).find((it) => /quality of life/.test(String(it.label)))?.paired

it('a team that codes DIALOG from 0 to 6 is flagged and averaged with nobody, until its coding is confirmed', async () => {
  await run('')
  // A nought is no answer: those two forms were held back. The other thirty fit the scale, and are one too low.
  expect((await rows('held-back')).map((it) => [it.words, it.rows])).toEqual([
    ['An answer outside the range of the question', 2],
  ])
  expect((await rows('codings')).map((it) => [it.team, it.forms, it.highest, it.verdict])).toEqual([
    ['North', 30, 0, 'never the highest answer: scores set aside until confirmed'],
    ['South', 32, 50, 'like the others'],
  ])
  expect(await paired()).toBe(16)
  expect((await rows('flagged')).map((it) => it.rows)).toEqual([30])

  await run('confirmed_codings: [{ service: trust, measure: dialog, team: North, confirmed_by: the team lead }]')
  expect(await paired()).toBe(30) // two of North's people have lost their first form
  expect((await rows('codings')).map((it) => it.verdict)).toEqual([
    'unlike the others, confirmed by the project',
    'like the others',
  ])
})
