import { describe, expect, it } from 'vitest'
import { isInCohort } from '../../src/change/cohorts.ts'
import { goalsSummary } from '../../src/change/goals-summary.ts'
import { compareRules } from '../../src/change/own-and-national.ts'
import { sideBySide } from '../../src/change/side-by-side.ts'
import { talkingTherapiesSummary } from '../../src/change/talking-therapies-summary.ts'
import { ethnicGroup } from '../../src/domain/ethnic-group.ts'
import { scaleOf } from '../../src/measures/registry.ts'
import { table } from '../table.ts'

const gbo = scaleOf('gbo', 'goal_1')

describe('NHS Talking Therapies', () => {
  it('ten people by the national rules: recovery is of the nine at caseness, improvement of all ten', () => {
    const people = table(`
      phq_first | phq_last | adsm_first | adsm_last
      ----------+----------+------------+----------
      15        | 8        | 12         | 6
      12        | 9        | 9          | 7
      18        | 12       | 7          | 7
      9         | 3        | 7          | 3
      16        | 9        | 6          | 10
      10        | 9        | 8          | 7
      10        | 16       | 8          | 12
      20        | 9        | 4          | 7
      9         | 9        | 8          | 4
      15        | 9        | 3          | 7`)
    const rows = people.map((it) => ({ ...it, not_counted_reason: null })) as never[]
    const left_out = [
      {
        phq_first: 20,
        phq_last: 5,
        adsm_first: null,
        adsm_last: null,
        not_counted_reason: 'under_two_scores' as const,
      },
      { phq_first: 20, phq_last: 5, adsm_first: 15, adsm_last: 5, not_counted_reason: 'not_ended' as const },
      { phq_first: 20, phq_last: 5, adsm_first: 15, adsm_last: 5, not_counted_reason: 'under_two_contacts' as const },
    ]
    expect(talkingTherapiesSummary([...rows, ...left_out])).toEqual({
      n_episodes: 13,
      not_ended: 1,
      under_two_contacts: 1,
      under_two_scores: 1,
      n_counted: 10,
      case_recovered_reliably: 3,
      case_recovered_only: 3,
      case_not_recovered: 3,
      not_a_case: 1,
      reliably_improved: 5,
      reliably_deteriorated: 1,
    })
  })

  it('nobody with a score of either scale: no summary', () => {
    expect(talkingTherapiesSummary([])).toBeNull()
  })
})

describe('goals', () => {
  it('3 points count either way; from 8 to 10 there was no room; a goal first rated later is told from one set at the start', () => {
    const rows = table(`
      episode_id | pre_day | pre_score | post_score
      -----------+---------+-----------+-----------
      1          | 10      | 2         | 5
      1          | 10      | 5         | 3
      1          | 40      | 6         | 3
      2          | 20      | 8         | 10
      2          | 20      | 7         | 9
      3          | 30      | 0         | 10
      3          | 30      | 4         |`)
    if (gbo === null) throw new Error('there is no goal')
    expect(goalsSummary(rows as never[], gbo, false)).toEqual({
      n_episodes: 3,
      n_goals: 7,
      set_later: 1,
      improved: 2,
      no_change: 2,
      no_room: 1,
      deteriorated: 1,
      not_rated_again: 1,
      reached: 2,
      change_points: 3,
      replaced: null,
    })
    expect(goalsSummary([], gbo, false)).toBeNull()
  })
})

describe('the two rules', () => {
  it('each reason holds every person once, and nobody compared is no comparison', () => {
    const person = (standing: 'both' | 'own_only' | 'national_only', reason: string, pairs = 1) => ({
      standing,
      reason,
      n_own_pairs: standing === 'national_only' ? 0 : pairs,
      n_national_pairs: standing === 'own_only' ? 0 : pairs,
    })
    const people = [
      person('both', 'same_scores', 2),
      person('both', 'other_scores'),
      person('own_only', 'under_18'),
      person('own_only', 'under_18'),
      person('national_only', 'scores_too_close'),
    ]
    expect(compareRules(people)).toEqual({
      n_same_scores: 1,
      n_other_scores: 1,
      own_only: [{ reason: 'under_18', n: 2 }],
      national_only: [{ reason: 'scores_too_close', n: 1 }],
      n_own_pairs: 5,
      n_national_pairs: 4,
    })
    expect(compareRules([])).toBeNull()
  })
})

describe('ITQ beside PCL-5', () => {
  it('counts the first of each episode, and the cut-off itself is above', () => {
    const rows = [
      { itq_diagnosis: 'PTSD', pcl_total: 33, is_first: 1 },
      { itq_diagnosis: 'PTSD', pcl_total: 32, is_first: 1 },
      { itq_diagnosis: 'PTSD', pcl_total: 60, is_first: 0 },
    ]
    expect(sideBySide(rows, ['PTSD'], 33)?.cells).toEqual([{ diagnosis: 'PTSD', at_or_above: 1, below: 1 }])
    expect(sideBySide([], ['PTSD'], 33)).toBeNull()
  })
})

describe('cohorts', () => {
  const facts = {
    service_code: 'team',
    pathway: null,
    intervention: 'DBT',
    main_staff_role: null,
    age_band: '18_25' as const,
    gender: 'female',
    ethnic_category: 'G',
    deprivation_quintile: 1,
    neurodiversity: 'unknown',
    n_attended_contacts: null,
    first_answers: new Map<string, number | string>([['reqol-10 total', 25]]),
  }
  const baseline = { measure: 'reqol-10', scale: 'total' }

  it.each([
    { criterion: {}, is_in: true },
    { criterion: { pathway: ['18-25'] }, is_in: false },
    { criterion: { intervention: ['MBT', 'DBT'] }, is_in: true },
    { criterion: { neurodiversity: ['no'] }, is_in: false },
    { criterion: { neurodiversity: ['unknown'] }, is_in: true },
    { criterion: { ethnic_group: ['mixed' as const] }, is_in: true },
    { criterion: { min_contacts: 1 }, is_in: false },
    { criterion: { service: 'other' }, is_in: false },
    { criterion: { baseline: [{ ...baseline, below: 25 }] }, is_in: false },
    { criterion: { baseline: [{ ...baseline, at_least: 25 }] }, is_in: true },
    { criterion: { baseline: [{ measure: 'phq-9', scale: 'total', at_least: 0 }] }, is_in: false },
  ])('$criterion: $is_in', ({ criterion, is_in }) => {
    expect(isInCohort({ id: 'x', name: 'X', baseline: [], ...criterion }, facts)).toBe(is_in)
  })

  it.each([
    ['A', 'white'],
    ['z', 'not_stated'],
    ['White and Asian', 'mixed'],
    ['Asian British', 'asian'],
    ['Any other Black background', 'black'],
    ['Gypsy or Irish Traveller', 'white'],
    ['ZZ', null],
  ])('the ethnic category %s is of the group %s', (category, group) => {
    expect(ethnicGroup(category)).toBe(group)
  })
})
