import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

it('N5: neurodiversity yes, queried, no and unknown are four groups, each of its own people, and never merged', async () => {
  const people = [
    ...alike(12, 'y', { neurodiverse: 'Y' }),
    ...alike(11, 'q', { neurodiverse: 'Q' }),
    ...alike(13, 'n', { neurodiverse: 'N' }),
    ...alike(14, 'u', { neurodiverse: '' }),
  ]
  const analysis = await analysisOf(careSettings(), careExports(people))
  const groups = serviceOf(analysis, 'team').groups.find((it) => it.dimension === 'neurodiversity')?.groups
  expect(groups?.map((it) => [it.value, it.n_episodes, it.outcome?.summary.funnel.n_paired])).toEqual([
    ['yes', 12, 12],
    ['queried', 11, 11],
    ['no', 13, 13],
    ['unknown', 14, 14],
  ])
  const rows = tableOf(reportsOf(analysis)[0], 'groups').filter(([dimension]) => dimension === 'Neurodiversity')
  expect(rows.map((row) => row.slice(1, 4))).toEqual([
    ['Yes', '12', '12'],
    ['Queried', '11', '11'],
    ['No', '13', '13'],
    ['Not known', '14', '14'],
  ])
})

it('N5: every leading measure is shown by group, and a screen over all of them marks the group that differs and not the others', async () => {
  const scores = (phq: (nth: number) => number) => (nth: number) =>
    [
      ...[[5, 'reqol-10', 15] as const, [100, 'reqol-10', 19 + (nth % 5)] as const],
      ...[[5, 'phq-9', 20] as const, [100, 'phq-9', phq(nth)] as const],
    ] as const
  const better = scores((nth) => 6 + (nth % 5))
  const same = scores((nth) => 16 + (nth % 5))
  const people = [
    ...alike(12, 'y', { neurodiverse: 'Y' }).map((it, nth) => ({ ...it, scores: better(nth) })),
    ...alike(15, 'n', { neurodiverse: 'N' }).map((it, nth) => ({ ...it, scores: same(nth) })),
    ...alike(9, 'q', { neurodiverse: 'Q' }).map((it, nth) => ({ ...it, scores: same(nth) })),
  ]
  const analysis = await analysisOf(careSettings(), careExports(people))
  const rows = tableOf(reportsOf(analysis)[0], 'group-scales-neurodiversity')
  expect(rows.map(([measure, group, paired, improvement]) => [measure, group, paired, improvement])).toEqual([
    ['PHQ-9', 'Yes', 'see Change by group', 'see Change by group'],
    ['PHQ-9', 'Queried', 'see Change by group', 'see Change by group'],
    ['PHQ-9', 'No', 'see Change by group', 'see Change by group'],
    ['ReQoL-10', 'Yes', '12', '5.8'],
    ['ReQoL-10', 'Queried', '9', 'too few to say'],
    ['ReQoL-10', 'No', '15', '6.0'],
  ])
  const p = (measure: string, group: string) =>
    rows.find(([first, second]) => first === measure && second === group)?.[5]
  expect(p('PHQ-9', 'Yes')).toBe('under 0.001')
  expect(p('PHQ-9', 'Queried')).toBe('too few to say')
  expect(Number(p('ReQoL-10', 'Yes'))).toBeGreaterThan(0.5)
})
