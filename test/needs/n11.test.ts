import { expect, it } from 'vitest'
import { flowExports, flowSettings, peopleWith } from './flows-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

const after = (days: number) => [
  { referred: 0, left: 100 },
  { referred: 100 + days, left: 100 + days + 30 },
]

it.each([
  [89, 10, 10],
  [90, 10, 10],
  [91, 0, 20],
])(
  'N11: self-referral %i days after leaving: %i of 10 are back within the 90 days, and there are %i episodes',
  async (days, back, episodes) => {
    const analysis = await analysisOf(flowSettings(), flowExports(peopleWith(10, 'p', after(days))))
    const service = serviceOf(analysis, 'cmht')
    expect(service.n_episodes).toBe(episodes)
    // Everybody leaves twice; the second time nobody comes back.
    expect(service.flows?.returned).toEqual({ days: 90, n_due: 20, n_back: back })
  },
)

it('N11: the days are the project’s; who left too late to be followed so long is told apart, and who is back counts at once', async () => {
  const people = [
    ...peopleWith(6, 'back-', after(20)),
    ...peopleWith(5, 'late-', [{ referred: 0, left: 980 }]),
    ...peopleWith(4, 'soon-', [{ referred: 0, left: 980 }, { referred: 985 }]),
  ]
  const analysis = await analysisOf(flowSettings('rules: { reentry_days: 30 }'), flowExports(people))
  const [report] = reportsOf(analysis)
  expect(tableOf(report, 'returns')).toEqual([['referred again within 30 days', '16', '10', '63%', '39% to 82%']])
  const notes = report?.sections.flatMap((it) => it.tables).find((it) => it.id === 'returns')?.notes[0]?.text
  expect(notes).toContain('Left too late to tell: 5.')
})
