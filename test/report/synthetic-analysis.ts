import type { Analysis, OutcomeAnalysis, ServiceAnalysis, UsageAnalysis } from '../../reports/analysis.ts'
import { categoryTransitions } from '../../src/change/category-transitions.ts'
import { scatterPoints } from '../../src/change/change-categories.ts'
import { summariseChange } from '../../src/change/summarise-change.ts'
import type { IsoDate } from '../../src/domain/iso-date.ts'
import { bundledPriceIndex, bundledUnitCosts } from '../../src/economics/bundled.ts'
import { costContacts } from '../../src/economics/cost-contacts.ts'
import { costUsage } from '../../src/economics/cost-usage.ts'
import { scaleOf } from '../../src/measures/registry.ts'
import { doubtAboutFall } from '../../src/usage/doubt-about-fall.ts'
import { monthSeries } from '../../src/usage/month-series.ts'
import { rareEvents } from '../../src/usage/rare-events.ts'
import { summariseUsage } from '../../src/usage/summarise-usage.ts'
import type { UsagePersonRow } from '../../src/usage/usage-result.ts'
import { syntheticArms, syntheticArmUse } from './synthetic-arms.ts'
import { SYNTHETIC_MERGED, syntheticChoices } from './synthetic-choices.ts'
import { syntheticAttendance, syntheticCourse } from './synthetic-course.ts'
import { syntheticValue } from './synthetic-value.ts'

/** What the report of groups and of each measure adds: small cells in every table, and counts that no rounding would make. */
function closely() {
  const group = (value: string | null, n_episodes: number, n_paired: number) => ({
    value,
    n_episodes,
    outcome: outcome('reqol-10', n_episodes, n_episodes, n_paired),
  })
  const groupOfFact = (value: string | null, n_episodes: number, n_paired: number) => ({
    ...group(value, n_episodes, n_paired),
    scales: ['ReQoL-10', 'DIALOG'].map((measure_name) => ({
      ...{ measure_name, scale_id: 'total', scale_label: 'Total', n_paired, n_others: 114 - n_paired },
      ...{ mean_improvement: 3.4561, improvement_ci95: [1.2345, 5.6777] as const, p_against_others: 0.0123 },
    })),
  })
  return {
    part_of: [{ to: 'Made-up directorate', from: null }],
    groups: [
      {
        dimension: 'neurodiversity' as const,
        groups: [
          groupOfFact('yes', 61, 47),
          groupOfFact('queried', 3, 3),
          groupOfFact('no', 112, 58),
          groupOfFact('unknown', 37, 6),
        ],
      },
    ],
    crossed: {
      by: 'intervention' as const,
      cells: [
        { neurodiversity: 'yes' as const, ...group('Skills', 47, 37) },
        { neurodiversity: 'queried' as const, ...group('Skills', 3, 3) },
      ],
    },
    arms: syntheticArms((...counts) => outcome('reqol-10', ...counts)),
    cohorts: [{ cohort: COHORT, ...group('made-up', 61, 47) }],
    contacts_minimum: {
      minimum: 2,
      is_on: false,
      everyone: outcome('reqol-10', 131, 127, 97),
      with_enough: outcome('reqol-10', 112, 101, 58),
    },
    staff: [
      {
        staff_role: 'Therapist',
        staff_band: '7',
        n_attended: 373,
        n_not_attended: 47,
        n_people: 61,
        minutes: 18_650,
        cost: staffCost('7', 18_650),
      },
      {
        staff_role: 'Peer',
        staff_band: null,
        n_attended: 6,
        n_not_attended: 3,
        n_people: 3,
        minutes: 183,
        cost: staffCost(null, 183),
      },
    ],
    help_wanted: [],
    talking_therapies: {
      n_episodes: 286,
      not_ended: 37,
      under_two_contacts: 3,
      under_two_scores: 61,
      n_counted: 185,
      case_recovered_reliably: 47,
      case_recovered_only: 3,
      case_not_recovered: 131,
      not_a_case: 4,
      reliably_improved: 61,
      reliably_deteriorated: 4,
    },
    goals: {
      n_episodes: 97,
      n_goals: 182,
      set_later: 6,
      improved: 97,
      no_change: 37,
      no_room: 3,
      deteriorated: 4,
      not_rated_again: 41,
      reached: 6,
      replaced: null,
      change_points: 3,
    },
    risk: {
      n: 182,
      states: ['low', 'high', 'missing'] as const,
      cells: [
        { first: 'low' as const, last: 'low' as const, n: 61 },
        { first: 'low' as const, last: 'high' as const, n: 3 },
        { first: 'low' as const, last: 'missing' as const, n: 37 },
        { first: 'high' as const, last: 'low' as const, n: 47 },
        { first: 'high' as const, last: 'high' as const, n: 6 },
        { first: 'high' as const, last: 'missing' as const, n: 4 },
        { first: 'missing' as const, last: 'missing' as const, n: 24 },
      ],
    },
    side_by_side: {
      cutoff: 33,
      cells: [
        { diagnosis: 'CPTSD', at_or_above: 61, below: 3 },
        { diagnosis: 'NONE', at_or_above: 6, below: 47 },
      ],
    },
  }
}

const COHORT: Analysis['facts']['cohorts'][number] = {
  id: 'made-up',
  name: 'Made-up cohort',
  baseline: [{ measure: 'reqol-10', scale: 'total', below: 25 }],
  neurodiversity: ['yes', 'queried'],
}

const SERVICE = { code: 'made-up', name: 'Made-up service', area: 'Nowhere' }

/** People who joined, and for each type of use how many of them had any: no number of people here is a multiple of five. */
const N_JOINED = 213
const N_PARTIAL = 31
const USERS = {
  ae_mental_health: 97,
  ae_physical_health: 61,
  ae_unspecified: 3,
  admission_mental_health: 43,
  admission_out_of_area: 4,
  ambulance: 71,
  gp: 151,
} as const

/** Each of the four out-of-area stays was so long that a total would give it away. */
export const OUT_OF_AREA_BED_DAYS = 4 * 83

/** One service with a little of everything, counts that no rounding would make, and cells of few people in every table. */
export function syntheticAnalysis(): Analysis {
  return { facts: FACTS, services: [service()], usage: [usage()], icbs: [], linkage: LINKAGE, shared_files: [] }
}

const LINKAGE: Analysis['linkage'] = {
  n_people: 347,
  n_people_with_nhs_number: 344,
  n_local_ids: 409,
  n_local_ids_linked: 402,
  n_local_ids_in_conflict: 4,
}

/**
 * Exact counts of people, episodes, rows and events that a released report may not print. Each is told from the rest of a page:
 * none is a multiple of five, a year, or a number of a rule.
 */
export const EXACT_COUNTS = [
  6113, 6029, 47, 37, 213, 61, 112, 223, 1019, 1021, 613, 607, 137, 131, 127, 101, 97, 182, 347, 344, 409, 402, 159,
  611, 373, 457, 64, 336, 268, 611, 373, 457, 336, 268, 1153, 1171,
] as const

const FACTS: Analysis['facts'] = {
  project: 'Made-up project',
  software: 'outcomes-pipeline 0',
  data_start: '2019-04-01' as IsoDate,
  data_end: '2026-03-31' as IsoDate,
  reentry_days: 90,
  min_pair_days: 14,
  assessment_days_before_start: 28,
  assessment_days_after_end: 28,
  end_score_days: 90,
  follow_ups: [{ months: 3, tolerance_days: 30 }],
  index_event: 'first_contact',
  start_contact: 2,
  window_months: 12,
  min_exposure_days: 90,
  overlap: [{ keep: ['s136'], merge: ['ambulance'], days_later: 0 }],
  is_national_parity: false,
  min_contacts: 0,
  mainly_seen_by: 'most_contacts',
  two_arms: 'both',
  side_by_side_days: 7,
  group_minimum_n: 10,
  services_adjusted_for: ['age_band', 'gender'],
  cohorts: [COHORT],
  opt_out_list_date: '2026-03-01' as IsoDate,
  price_year: '2024/25',
}

function service(): ServiceAnalysis {
  const fault = (code: string, n_rows: number) => ({
    code,
    words: `Fault ${code}`,
    remedy: `Mend ${code}`,
    consequence: null,
    n_rows,
  })
  return {
    service: SERVICE,
    n_people: N_JOINED,
    n_episodes: 223,
    n_open_episodes: 37,
    n_contacts: 1019,
    n_attended_contacts: 883,
    neurodiversity: { yes: 37, queried: 3, no: 61, unknown: 112 },
    files: [
      {
        file_name: 'register.csv',
        period: null,
        superseded_by: null,
        records: 6113,
        loaded: 6029,
        duplicates: 47,
        quarantined: 37,
      },
      {
        file_name: 'forms.csv',
        period: null,
        superseded_by: null,
        records: 1021,
        loaded: 1019,
        duplicates: 0,
        quarantined: 2,
      },
    ],
    // The rarer fault comes first by name: only exact counts would put it second.
    faults: [fault('zebra', 6), fault('apple', 3), fault('common', 37)],
    flags: [fault('doubtful', 4)],
    quality: quality(),
    measures: [
      {
        measure_name: 'ReQoL-10',
        n_forms: 613,
        n_scored: 607,
        n_too_many_missing: 6,
        n_invalid: 0,
        first_date: '2019-10-03',
        last_date: '2026-03-28',
      },
    ],
    months: [
      { measure_name: 'ReQoL-10', month: '2024-01-01', n_forms: 37 },
      { measure_name: 'ReQoL-10', month: '2024-02-01', n_forms: 3 },
    ],
    outcomes: [outcome('reqol-10', 131, 127, 97), outcome('pcl-5', 137, 101, 6)],
    courses: [syntheticCourse()],
    timelines: [{ person_key: 7, marks: [{ month_offset: -3, event_type: 'gp', n: 2 }] }],
    came: ['2024-01', '2024-02', '2024-03'].map((month, nth) => ({
      ...{ month, n_referred: 33 + nth, n_not_accepted: 3, n_began: 28 + nth, n_first_seen: 26, n_ended: 2 + 9 * nth },
      n_open: [26, 44, 54][nth] as number,
    })),
    attendance: syntheticAttendance(),
    flows: null,
    diagnoses: [{ measure_name: 'ITQ', transitions: transitions() }],
    profile: {
      age_at_start: { n: 213, median: 37 },
      days_to_first_contact: { n: 197, median: 23 },
      attended_contacts: { n: 166, median: 11 },
      pairs: [
        {
          measure_id: 'reqol-10',
          scale_id: 'total',
          pre_score: { n: 137, median: 15 },
          days_between: { n: 101, median: 182 },
        },
      ],
    },
    over_time: overTime(),
    counts: [
      { subject: 'fft', category: 'very_good', n: 137 },
      { subject: 'fft', category: 'very_poor', n: 3 },
    ],
    ...closely(),
  }
}

/** Two large teams, one that is too small to show, and small cells everywhere. */
function quality(): ServiceAnalysis['quality'] {
  const month = (nth: number) => `${2024 + Math.floor(nth / 12)}-${String((nth % 12) + 1).padStart(2, '0')}-01`
  const team = (name: string | null, sizes: readonly number[]) =>
    sizes.map((n, nth) => ({
      team: name,
      month: month(nth),
      n_eligible: n,
      n_first: Math.max(0, n - 4 * (nth % 3)),
      n_two: Math.max(0, Math.floor(n / 2) - 1),
    }))
  return {
    measures: [
      {
        measure_id: 'reqol-10',
        measure_name: 'ReQoL-10',
        started: '2019-10-03' as IsoDate,
        is_start_declared: false,
        completeness: [
          ...team('north', [23, 24, 26, 27, 28, 31]),
          ...team('south', [19, 22, 21, 23, 24, 26]),
          ...team('tiny', [1, 2, 0, 3, 0, 1]),
        ],
        newest_form: '2026-03-28',
        wait: { n: 127, median_days: 11 },
        items: {
          n_forms: 611,
          missing: [
            { position: 1, n_missing: 3 },
            { position: 2, n_missing: 373 },
          ],
        },
        codings: [
          {
            team: 'north',
            n_forms: 336,
            n_highest: 94,
            n_lowest: 6,
            n_other_forms: 277,
            n_other_highest: 3,
            n_other_lowest: 83,
            verdict: 'like_the_others',
          },
          {
            team: 'tiny',
            n_forms: 9,
            n_highest: 3,
            n_lowest: 2,
            n_other_forms: 604,
            n_other_highest: 94,
            n_other_lowest: 87,
            verdict: 'never_lowest',
          },
        ],
      },
    ],
    held_back: [
      {
        file_name: 'register.csv',
        column_name: 'Date',
        code: 'zebra',
        words: 'Fault zebra',
        is_impossible_value: true,
        n_rows: 6,
      },
    ],
    forms_by_team: [
      { measure_name: 'ReQoL-10', team: 'north', n_forms: 336, n_scored: 333, n_too_many_missing: 3 },
      { measure_name: 'ReQoL-10', team: 'south', n_forms: 268, n_scored: 265, n_too_many_missing: 3 },
      { measure_name: 'ReQoL-10', team: 'tiny', n_forms: 9, n_scored: 9, n_too_many_missing: 0 },
    ],
    set_aside: [{ code: 'two_scores_same_day', measure_name: 'ReQoL-10', words: 'Two scores', n_rows: 457 }],
    unmapped_codes: [
      { source_code: 'ZZ9', n_events: 64 },
      { source_code: null, n_events: 2 },
    ],
  }
}

function outcome(measure_id: string, n_eligible: number, n_baseline: number, n_paired: number): OutcomeAnalysis {
  const scale = scaleOf(measure_id, 'total')
  if (scale === null) throw new Error(`there is no ${measure_id}`)
  const middle = Math.round((scale.min + scale.max) / 2)
  const pairs = Array.from({ length: n_paired }, (_, at) => ({
    pre_score: middle - (at % 7),
    post_score: middle + (at % 5) * 2 - (at % 3),
  }))
  return {
    measure_id,
    measure_name: measure_id === 'reqol-10' ? 'ReQoL-10' : 'PCL-5',
    scale_id: 'total',
    scale_label: scale.label,
    min_score: scale.min,
    max_score: scale.max,
    summary: summariseChange({ measure_id, scale, funnel: { n_eligible, n_baseline, n_paired }, pairs }),
    national: null,
    rules: {
      n_same_scores: 61,
      n_other_scores: 3,
      own_only: [
        { reason: 'under_18', n: 4 },
        { reason: 'under_two_direct_contacts', n: 37 },
      ],
      national_only: [{ reason: 'scores_too_close', n: 6 }],
      n_own_pairs: 112,
      n_national_pairs: 73,
    },
    scatter: scatterPoints(pairs, scale),
    indices: null,
    case_mix: caseMixOf(pairs.length),
  }
}

function transitions() {
  const counts = [
    ['CPTSD', 'CPTSD', 37],
    ['CPTSD', 'NONE', 47],
    ['PTSD', 'NONE', 3],
    ['NONE', 'NONE', 61],
  ] as const
  const pairs = counts.flatMap(([pre_category, post_category, n]) =>
    Array.from({ length: n }, () => ({ pre_category, post_category })),
  )
  return categoryTransitions(pairs, ['CPTSD', 'PTSD', 'NONE'], 'NONE')
}

function usage(): UsageAnalysis {
  const rows = usageRows()
  const months = monthRows()
  return {
    service: SERVICE,
    n_joined: N_JOINED,
    summaries: summariseUsage(rows),
    months: monthSeries(months),
    doubts: doubtAboutFall(
      [0, 1, 3, 6].flatMap((excluded_months) =>
        rows.map((row) => ({
          ...row,
          excluded_months,
          days_before: row.days_before - 30 * excluded_months,
          events_before: excluded_months === 6 ? Math.ceil(row.events_before / 2) : row.events_before,
        })),
      ),
      months,
      [],
    ),
    sensitivity: syntheticChoices('emergency', 'Emergency contacts (A&E, section 136, crisis line, ambulance)'),
    merged: SYNTHETIC_MERGED,
    cost: costOf(rows),
    value: syntheticValue(),
    joined: {
      ...{ measure_id: 'reqol-10', measure_name: 'ReQoL-10', scale_id: 'total', scale_label: 'Total' },
      ...{ n_both: 97, n_cost_only: 116, n_outcome_only: 3, mean_improvement: 4.1234 },
      cost: costOf(rows.filter((it) => it.person_key < 97)).headline,
    },
    arms: syntheticArmUse(rows, costOf),
    comparison: null,
  }
}

function staffCost(staff_band: string | null, minutes: number) {
  return costContacts(
    { staff_band, n_attended: 373, minutes },
    bundledUnitCosts(),
    bundledPriceIndex('nhscii'),
    '2024/25',
  )
}

function costOf(rows: readonly UsagePersonRow[]) {
  return costUsage({
    rows,
    unit_costs: bundledUnitCosts(),
    price_year: '2024/25',
    index: bundledPriceIndex('nhscii'),
    programme: {
      cost_per_person_gbp: 1200,
      price_year: '2024/25',
      source: 'made up',
    },
    bootstrap: { replicates: 200, seed: 'made up' },
  })
}

function usageRows(): UsagePersonRow[] {
  return Object.entries(USERS).flatMap(([event_type, users]) =>
    Array.from({ length: N_JOINED }, (_, person_key): UsagePersonRow => {
      const isUser = person_key < users
      const isStay = event_type.startsWith('admission')
      // Of users, half have events before only and a quarter after only.
      const events_before = isUser && person_key % 4 !== 0 ? 3 + (person_key % 3) : 0
      const events_after = isUser && person_key % 2 === 0 ? 2 : 0
      const days = event_type === 'admission_out_of_area' ? 83 : 19
      return {
        person_key,
        event_type,
        days_before: 365,
        days_after: person_key >= N_JOINED - N_PARTIAL ? 200 : 365,
        events_before,
        events_after,
        bed_days_before: isStay && isUser ? days : 0,
        bed_days_after: isStay && isUser ? 7 : 0,
      }
    }),
  )
}

function monthRows() {
  return Object.entries(USERS).flatMap(([event_type, users]) =>
    Array.from({ length: 24 }, (_, at) => ({
      event_type,
      month_offset: at - 12,
      events: Math.round((users * (at < 12 ? 4 : 1.5)) / 12),
      person_days: N_JOINED * 30,
      n_people: N_JOINED,
    })),
  )
}

/** Two years of months, of which two hold few people. */
function overTime(): ServiceAnalysis['over_time'] {
  const months = Array.from(
    { length: 24 },
    (_, at) => `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`,
  )
  return {
    starts: months.map((month, at) => ({ month, n: at === 7 ? 3 : 11 + ((at * 7) % 6) })),
    improvements: months.map((month, at) => {
      const n = at === 9 ? 2 : 9 + ((at * 5) % 4)
      return { measure_id: 'reqol-10', scale_id: 'total', month, n, sum_improvement: n * (4 + ((at * 3) % 5)) }
    }),
    endings: months.map((month, at) => {
      const n = at === 4 ? 3 : 26 + ((at * 3) % 7)
      return { measure_id: 'reqol-10', scale_id: 'total', month, n, n_two: at === 4 ? 1 : n - 9 - ((at * 5) % 6) }
    }),
    contacts: months.map((month, at) => ({
      month,
      n_attended: 83 + ((at * 7) % 11),
      n_missed: at === 6 ? 2 : 13 + ((at * 5) % 8),
      n_people_attended: 51,
      n_people_missed: at === 6 ? 1 : 11,
    })),
    emergency: months.map((month, at) => ({
      month,
      events: at === 2 ? 4 : 21 + ((at * 5) % 9),
      n_users: at === 2 ? 2 : 12,
      n_users_in_quarter: 31,
      person_days: 30 * (90 + 3 * at),
    })),
    rare: [rareS136()],
    changes: [{ date: '2024-01-01' as IsoDate, what: 'Groups began', series: null, is_rebase: false }],
    targets: [{ series: 'completeness', value: 70 }],
  }
}

/** Fourteen detentions of three people in two years. */
function rareS136(): ServiceAnalysis['over_time']['rare'][number] {
  const days = Array.from({ length: 14 }, (_, at) => 19_400 + at * 41 + ((at * 13) % 17))
  const months = Array.from({ length: 24 }, (_, at) => ({ events: at % 3 === 0 ? 2 : 0, n_people: 90 }))
  const found = rareEvents(
    days.map((event_day, at) => ({ event_day, person_key: at % 3 })),
    months,
    [{ from_day: 19_350, to_day: 20_080 }],
  )
  if (found === null) throw new Error('they are not rare')
  return { event_type: 's136', label: 'Section 136 detention', ...found }
}

/** Ages and genders of nobody, one for each pair. */
export function caseMixOf(n: number): OutcomeAnalysis['case_mix'] {
  return Array.from({ length: n }, (_, at) => ({
    age_band: at % 3 === 0 ? '18_25' : '26_39',
    gender: at % 5 < 2 ? 'male' : 'female',
    neurodiversity: null,
    pathway: null,
  }))
}
