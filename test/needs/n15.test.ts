import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

/** Mostly by the MHWP; by both alike; by the MHWP most, yet in no more than half of the contacts. */
const PEOPLE = [
  ...alike(10, 'm', { contacts: ['MHWP', 'MHWP', 'Nurse'] }),
  ...alike(10, 't', { contacts: ['MHWP', 'Nurse'] }),
  ...alike(10, 'p', { contacts: ['MHWP', 'MHWP', 'Nurse', 'Doctor'] }),
]

it.each([
  {
    rule: 'most_contacts',
    groups: [
      ['MHWP', 20],
      ['no_one_role', 10],
    ],
  },
  {
    rule: 'over_half',
    groups: [
      ['MHWP', 10],
      ['no_one_role', 20],
    ],
  },
])('N15: mainly seen by, by the rule $rule, which the report states in words', async ({ rule, groups }) => {
  const analysis = await analysisOf(careSettings(`rules: { mainly_seen_by: ${rule} }`), careExports(PEOPLE))
  const found = serviceOf(analysis, 'team').groups.find((it) => it.dimension === 'main_staff_role')
  expect(found?.groups.map((it) => [it.value, it.n_episodes])).toEqual(groups)
  const [report] = reportsOf(analysis)
  const notes = report?.sections.find((it) => it.id === 'groups')?.notes.map((it) => it.text)
  expect(notes?.some((it) => it.startsWith('Mainly seen by: the staff role with'))).toBe(true)
})

it('N15: contacts are counted by staff role and band', async () => {
  const analysis = await analysisOf(careSettings(), careExports(PEOPLE))
  expect(tableOf(reportsOf(analysis)[0], 'contacts-by-staff').map((row) => row.slice(0, 3))).toEqual([
    ['Doctor', '7', '10'],
    ['MHWP', '5', '50'],
    ['Nurse', '7', '30'],
  ])
})
