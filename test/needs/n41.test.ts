import { expect, it } from 'vitest'
import { flowExports, flowSettings, peopleWith } from './flows-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

const SECONDARY = `levels:
  - { service: charity, step: 1 }
  - { service: hospital, step: 3, secondary_care: true }
`
const SETTINGS = flowSettings(SECONDARY).replace('icb: QZ2', 'icb: QZ1')
const charity = (referred: number, left?: number) => ({ service: 'charity', referred, left })
const hospital = (referred: number, left?: number) => ({ service: 'hospital', referred, left })

it('N41: going on to secondary care is told with leaving and death competing, and who is still open counts for as long as seen', async () => {
  const people = [
    ...peopleWith(10, 'on-', [charity(0, 60), hospital(80)]),
    ...peopleWith(10, 'left-', [charity(0, 60)]), // left for good on day 150
    ...peopleWith(2, 'died-', [charity(0)]),
    ...peopleWith(8, 'open-', [charity(900)]), // seen for 100 days
    ...peopleWith(3, 'already-', [hospital(0), charity(50)]),
    // Leaving and going on more than 90 days later is not going on from there.
    ...peopleWith(2, 'later-', [charity(0, 60), hospital(151)]),
  ]
  const ends = { died: { 'died-1': 40, 'died-2': 40 } }
  const analysis = await analysisOf(SETTINGS, flowExports(people, [], ends))
  const care = serviceOf(analysis, 'charity').flows?.secondary_care
  expect(care).toMatchObject({
    n_already: 3,
    n_secondary_care: 10,
    n_left: 12,
    n_died: 2,
    n_still_open: 8,
    median_days: 80,
  })
  // 2 of 32 died on day 40; 10 of the 30 left went on on day 80; 8 were last seen on day 100; 12 of 12 left on day 150.
  expect(care?.points.map((it) => [it.day, it.incidence?.toFixed(6) ?? null, it.n_at_risk])).toEqual([
    [91, ((30 / 32) * (10 / 30)).toFixed(6), 20],
    [183, ((30 / 32) * (10 / 30)).toFixed(6), 0],
    [365, ((30 / 32) * (10 / 30)).toFixed(6), 0],
  ])
  const report = reportsOf(analysis).find((it) => it.id === 'service-charity')
  expect(tableOf(report, 'secondary-care')[0]).toEqual(['3 months', '31.3%', '16.4% to 47.3%', '20'])
  expect(serviceOf(analysis, 'hospital').flows?.secondary_care).toBeNull()
})

it('N41: as if those still open had stayed away, the share would be too low: two halves, one seen for 50 days, go on alike on day 100', async () => {
  const people = [
    ...peopleWith(10, 'long-', [charity(0, 300)]),
    ...peopleWith(10, 'on-', [charity(0), hospital(100)]),
    ...peopleWith(20, 'new-', [charity(950)]),
  ]
  const care = serviceOf(await analysisOf(SETTINGS, flowExports(people)), 'charity').flows?.secondary_care
  expect(care?.points[1]?.incidence).toBeCloseTo(10 / 20, 12) // not 10 / 40
})

it('N41: moving away is no exit: the person counts for as long as they were seen', async () => {
  const people = peopleWith(10, 'p', [charity(0)])
  const moved = Object.fromEntries(people.map((it) => [it.person, 100]))
  const analysis = await analysisOf(SETTINGS, flowExports(people, [], { moved }))
  expect(serviceOf(analysis, 'charity').flows?.secondary_care).toMatchObject({ n_still_open: 10, n_left: 0 })
  expect(serviceOf(analysis, 'charity').flows?.secondary_care?.points.map((it) => it.incidence)).toEqual([
    0,
    null,
    null,
  ])
})

it('N41: secondary care of another board is not where these people would go on to: nothing is told, rather than nobody', async () => {
  const analysis = await analysisOf(flowSettings(SECONDARY), flowExports(peopleWith(10, 'p', [charity(0)])))
  expect(serviceOf(analysis, 'charity').flows?.secondary_care).toBeNull()
})
