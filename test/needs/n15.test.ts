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

it('N15: the time of contacts is costed by band: minutes × the price of an hour; a band or a length not recorded is counted and not costed', async () => {
  const people = [
    ...alike(10, 'm', { contacts: ['MHWP', 'MHWP', 'MHWP'], minutes: 40 }),
    ...alike(10, 'n', { contacts: ['Nurse'] }),
    ...alike(10, 'p', { contacts: ['Peer', 'Peer'], minutes: 60 }),
  ]
  const rows = async (more: string, files: Record<string, string> = {}) => {
    const analysis = await analysisOf(careSettings(more), { ...careExports(people), ...files })
    return tableOf(reportsOf(analysis)[0], 'contacts-cost')
  }
  // Band 5: £44 an hour in 2023/24, × 1.0402 to 2024/25 is £45.77; 10 people × 3 contacts × 40 minutes is 20 hours.
  expect(await rows('')).toEqual([
    ['MHWP', '5', '30', '20', '£45.77', '£915'],
    ['Nurse', '7', '10', 'not recorded', '£70.73', 'length not recorded'],
    ['Peer', 'Not recorded', '20', '20', 'band not recorded', 'band not recorded'],
  ])
  const own = (await import('../../src/economics/bundled.ts'))
    .bundledUnitCostsText()
    .replace(/^staff_band_5,.*$/m, (line) => line.replace('44,44,2023/24', '50,50,2024/25'))
  const [mhwp] = await rows('prices: { unit_costs: own.csv }', { 'own.csv': own })
  expect(mhwp).toEqual(['MHWP', '5', '30', '20', '£50', '£1,000'])
})
