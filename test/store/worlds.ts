import fc from 'fast-check'
import { dateOfDay } from '../../src/domain/iso-date.ts'
import { INDEX_EVENTS } from '../../src/usage/index-events.ts'
import { completeWorld, FILE_OF_SCORES, importFile, type World } from './world.ts'

const FIRST_DAY = 19_700
const N_PEOPLE = 2
/** Met, and no record of theirs was kept. */
const OPTED_OUT = 'opted out'
/** Met in the first file alone, where it was superseded. */
const ONLY_IN_FIRST = 2 * N_PEOPLE + 2
const LOCALS = ['identity 3', 'identity 4'] as const
const SERVICES = ['oats', 'crisis'] as const
/** The first assessment_id of the records that have no score here: their dates are in other tables. */
const SENT_APART = 1001
const EVENT_TYPES = ['ae_mental_health', 'admission_mental_health', 'gp'] as const

const EVERY_USE = SERVICES.flatMap((service_code) =>
  [...EVENT_TYPES, 'community_contact', 'community_dna'].map((event_type) => ({ service_code, event_type })),
)

const overlap = (kept_type: string, merged_type: string, days_later: number) => ({ kept_type, merged_type, days_later })

/** Small, crowded worlds: few people and days, so that ties, overlaps, copies and conflicts are common. */
export function worlds(): fc.Arbitrary<World> {
  return fc
    .record({
      settings: settings(),
      coverage: fc.oneof(fc.constant(EVERY_USE), fc.subarray(EVERY_USE)),
      overlaps: fc.tuple(
        fc
          .constantFrom(10, 150)
          .map((days_later) => overlap('admission_mental_health', 'ae_mental_health', days_later)),
        fc.constantFrom(0, 150).map((days_later) => overlap('gp', 'ae_mental_health', days_later)),
        fc.constantFrom(0, 150).map((days_later) => overlap('ae_mental_health', 'gp', days_later)),
      ),
      maps: fc.uniqueArray(mapPair(), { maxLength: 3, selector: (pair) => JSON.stringify(pair) }),
      persons: fc.array(personRecord(), { maxLength: 5 }),
      referrals: fc.array(referralRecord(), { minLength: 2, maxLength: 9, size: 'max' }),
      contacts: fc.array(contactRecord(), { minLength: 5, maxLength: 30, size: 'max' }),
      scores: fc.array(score(), { minLength: 12, maxLength: 40, size: 'max' }),
      scored_twice: fc.array(scoredTwice(), { minLength: 2, maxLength: 12, size: 'max' }),
      events: fc.array(serviceEvent(), { minLength: 12, maxLength: 20, size: 'max' }),
      submissions: fc.uniqueArray(submissionRow(), {
        maxLength: 14,
        size: 'max',
        selector: ({ file_id, row_number }) => `${file_id} ${row_number}`,
      }),
      teams: fc.array(referralTeam(), { maxLength: 6, size: 'max' }),
      activities: fc.array(careActivity(), { maxLength: 6, size: 'max' }),
      clusters: fc.array(clusterRecord(), { maxLength: 4, size: 'max' }),
      ratings: fc.array(riskRating(), { maxLength: 12, size: 'max' }),
      sent_apart: fc.array(scoreSentApart(), { maxLength: 12, size: 'max' }),
      quality: quality(),
      is_first_superseded: fc.nat(3).map((nth) => nth === 0),
      follow_ups: fc.uniqueArray(followUpPoint(), { maxLength: 3, selector: (it) => it.follow_up_months }),
      arms: armRules(),
      moved: fc.array(movedOn(), { minLength: 1, maxLength: 2 }),
      levels: teamLevels(),
      frequent: frequentRules(),
      two_arms: fc.constantFrom('both' as const, 'first' as const, 'last' as const),
    })
    .map((drawn) =>
      completeWorld({
        import_file: [1, 2, FILE_OF_SCORES].map((id) => ({
          ...importFile(id),
          n_physical_lines: drawn.quality.lines[id - 1] ?? 0,
          superseded_by: id === 1 && drawn.is_first_superseded ? 2 : null,
        })),
        identity: identities(),
        import_row: [],
        quarantine_row: drawn.quality.held.map((row, nth) => ({ ...issue, ...row, row_number: 500 + nth })),
        flagged_row: drawn.quality.flagged.map((row) => ({ ...issue, ...row })),
        answer_range: [{ measure_id: 'dialog', lowest: 1, highest: 7 }],
        measure_start: drawn.quality.starts,
        confirmed_coding: drawn.quality.confirmed,
        arm_rule: drawn.arms,
        team_level: drawn.levels,
        frequent_rule: drawn.frequent,
        service: SERVICES.map((service_code) => ({
          ...{ service_code, service_name: service_code, area: '' },
          ...{ icb_code: 'Q1', provider_code: null },
        })),
        follow_up_point: drawn.follow_ups,
        identity_map: drawn.maps,
        opt_out: [{ pseudonym: OPTED_OUT, kind: 'nhs_number', met: 'list' }],
        settings: [{ ...drawn.settings, two_arms: drawn.two_arms }],
        measure_scale: [scale('reqol-10', 'total', 5), scale('dialog', 'item_1', 1), scale('phq-9', 'total', null)],
        usage_coverage: drawn.coverage,
        overlap_rule: drawn.overlaps,
        self_referral_source: [{ recorded_as: 'self' }],
        person_record: [...drawn.persons, ...(drawn.is_first_superseded ? [onlyInFirst] : [])].map((row, nth) => ({
          ...row,
          person_record_id: nth + 1,
          row_number: nth + 2,
        })),
        referral_record: [...drawn.referrals, ...drawn.moved.flat()].map((row, nth) => ({
          ...row,
          referral_record_id: nth + 1,
          row_number: nth + 2,
        })),
        contact_record: drawn.contacts.map((row, nth) => ({ ...row, contact_id: nth + 1, row_number: nth + 2 })),
        submission_row: drawn.submissions,
        referral_team: drawn.teams.map((row, nth) => ({ ...row, referral_team_id: nth + 1, row_number: nth + 2 })),
        care_activity: drawn.activities.map((row, nth) => ({ ...row, care_activity_id: nth + 1, row_number: nth + 2 })),
        risk_rating_record: drawn.ratings.map((row, nth) => ({ ...row, risk_rating_id: nth + 1, row_number: nth + 2 })),
        cluster_record: drawn.clusters.map((row, nth) => ({ ...row, cluster_record_id: nth + 1, row_number: nth + 2 })),
        assessment_record: [
          ...drawn.sent_apart.map((row, nth) => ({ ...row, assessment_id: SENT_APART + nth, row_number: nth + 2 })),
          ...drawn.quality.records.map((row, nth) => ({ ...row, assessment_id: 2001 + nth, row_number: 101 + nth })),
        ],
        assessment_score: [...withRivals(drawn.scores), ...drawn.scored_twice.flat()].flatMap((row, nth) =>
          scalesOfForm({ ...row, ...itemsOf(row, nth, drawn.quality.answers), assessment_id: nth + 1 }),
        ),
        service_event: drawn.events.map((row, nth) => ({ ...row, event_id: nth + 1, row_number: nth + 2 })),
      }),
    )
}

const issue = { fault_number: 1, column_name: null, expected: '' }

/** What cross-checks are about. One team's DIALOG forms often hold no 7, or no 1. */
function quality() {
  const answers = fc.constantFrom<readonly string[]>(['1,2', '2,3'], ['2,3', '7,4'], ['1,7', '2,3'], ['2,3'])
  const record = (items: fc.Arbitrary<string | null>, team: string | null) =>
    together(
      fc.record({
        file_id: file(),
        service_code: fc.constant('oats'),
        team: fc.constant(team),
        measure_id: fc.constant('dialog'),
        help_wanted: fc.constant(null),
        goals_set: fc.constantFrom(null, '2025-01-01'),
        coding: fc.constant('scored' as const),
        activity_ref: fc.constant(null),
        contact_ref: fc.constant(null),
        cluster_ref: fc.constant(null),
        items,
      }),
      fc.constantFrom(
        { supplied_scale: 'item_1', supplied_score: 6 },
        { supplied_scale: 'item_1', supplied_score: 7 },
        { supplied_scale: 'sqol', supplied_score: 7 },
      ),
      whoAndReferral(),
      dates('assessed', day(-10, 90)),
    ) as fc.Arbitrary<Omit<World['assessment_record'][number], 'assessment_id' | 'row_number'>>
  const formsOf = (team: string | null, some: readonly string[]) =>
    fc.array(record(fc.constantFrom(...some, ...some, ...some, null), team), { maxLength: 60, size: 'max' })
  const facts = fc.record({
    lines: fc.tuple(fc.constantFrom(0, 65_536), fc.constantFrom(0, 65_535, 1_048_576)),
    held: fc.array(
      fc.record({ file_id: file(), code: fc.constantFrom('answer_out_of_range', 'score_out_of_range', 'not_a_date') }),
      { maxLength: 4 },
    ),
    flagged: fc.uniqueArray(
      fc.record({
        file_id: fc.constantFrom(1, FILE_OF_SCORES),
        row_number: fc.integer({ min: 2, max: 40 }),
        code: fc.constantFrom('total_disagrees', 'age_unlikely'),
      }),
      { maxLength: 6, selector: ({ file_id, row_number }) => `${file_id} ${row_number}` },
    ),
    starts: fc
      .subarray(['reqol-10', 'phq-9', 'gad-7'])
      .chain((measures) =>
        fc.tuple(
          ...measures.map((measure_id) =>
            dates('start', day(-20, 60)).map((start) => ({ service_code: 'oats', measure_id, ...start })),
          ),
        ),
      ),
    confirmed: fc.subarray([
      { service_code: 'oats', measure_id: 'dialog', team: '' },
      { service_code: 'oats', measure_id: 'dialog', team: 'north' },
    ]),
  })
  return fc.tuple(facts, answers, answers).chain(([about, ofNobody, ofNorth]) =>
    fc.tuple(formsOf(null, ofNobody), formsOf('north', ofNorth)).map((both) => ({
      ...about,
      answers: { nobody: ofNobody, north: ofNorth },
      records: both.flat(),
    })),
  )
}

/** The answers of a form that is scored: of its team's kind. */
function itemsOf({ measure_id, team }: { measure_id: string; team: string | null }, nth: number, answers: Answers) {
  const some = team === null ? answers.nobody : answers.north
  if (measure_id !== 'dialog') return { items: null, help_wanted: null }
  return { items: some[nth % some.length] ?? null, help_wanted: ['1', '0', '-', null][nth % 4] ?? null }
}

type Answers = Readonly<Record<'nobody' | 'north', readonly string[]>>

function settings(): fc.Arbitrary<Omit<World['settings'][number], 'two_arms'>> {
  return fc.record({
    settings_id: fc.constant(1),
    reentry_days: fc.integer({ min: 0, max: 20 }),
    min_pair_days: fc.integer({ min: 0, max: 20 }),
    assessment_days_before_start: fc.integer({ min: 0, max: 10 }),
    assessment_days_after_end: fc.integer({ min: 0, max: 10 }),
    end_score_days: fc.integer({ min: 0, max: 30 }),
    index_event: fc.constantFrom(...INDEX_EVENTS, 'referral', 'referral'),
    start_contact: fc.constantFrom(1, 2, 2, 3),
    window_months: fc.constantFrom(1, 2, 12, 12, 12, 12),
    is_national_parity: fc.constantFrom(0, 1),
    mainly_seen_by: fc.constantFrom('most_contacts', 'over_half'),
    side_by_side_days: fc.constantFrom(7, 80, 150),
    transfer_days: fc.constantFrom(0, 10, 40),
    secondary_care_days: fc.constantFrom(0, 20, 60),
    data_start_day: fc.option(fc.integer({ min: FIRST_DAY - 800, max: FIRST_DAY + 30 })),
    data_end_day: fc.integer({ min: FIRST_DAY + 60, max: FIRST_DAY + 460 }),
  })
}

/** Windows of a month or two, wide enough to overlap. */
function followUpPoint(): fc.Arbitrary<World['follow_up_point'][number]> {
  return fc.record({ follow_up_months: fc.constantFrom(1, 1, 2, 3), tolerance_days: fc.constantFrom(0, 10, 20, 30) })
}

function day(from: number, to: number): fc.Arbitrary<number> {
  return fc.integer({ min: FIRST_DAY + from, max: FIRST_DAY + to })
}

interface Who {
  nhs_identity_key: number | null
  local_identity_key: number | null
}

/** Mostly a person's own pair of identifiers, or half of it; sometimes a stranger's; sometimes none. */
function who(): fc.Arbitrary<Who> {
  return whoAndReferral().map(({ referral_ref: _reference, ...keys }) => keys)
}

/** The same, with a reference that is mostly the person's own referral's, or none. */
function whoAndReferral(): fc.Arbitrary<Who & { referral_ref: string | null }> {
  const person = fc.integer({ min: 1, max: N_PEOPLE })
  const has = fc.constantFrom('both', 'both', 'nhs', 'nhs', 'nhs', 'local', 'local', 'none', 'stranger')
  const refers = fc.constantFrom('no', 'no', 'own', 'own', 'own', 'other')
  return fc.tuple(person, person, has, refers).map(([own, other, given, reference]) => ({
    nhs_identity_key: given === 'local' || given === 'none' ? null : given === 'stranger' ? other : own,
    local_identity_key: given === 'nhs' || given === 'none' ? null : N_PEOPLE + own,
    referral_ref: reference === 'no' ? null : `r${reference === 'own' ? own : other}`,
  }))
}

function identities(): World['identity'] {
  const met = Array.from({ length: 2 * N_PEOPLE }, (_, nth) => ({
    identity_key: nth + 1,
    kind: nth < N_PEOPLE ? ('nhs_number' as const) : ('local_id' as const),
    pseudonym: `identity ${nth + 1}`,
  }))
  return [
    ...met,
    { identity_key: met.length + 1, kind: 'nhs_number', pseudonym: OPTED_OUT },
    { identity_key: ONLY_IN_FIRST, kind: 'nhs_number', pseudonym: `identity ${ONLY_IN_FIRST}` },
  ]
}

const onlyInFirst: Omit<World['person_record'][number], 'person_record_id' | 'row_number'> = {
  file_id: 1,
  nhs_identity_key: ONLY_IN_FIRST,
  local_identity_key: null,
  person_type: 'patient',
  birth_month: null,
  gender: null,
  ethnic_category: null,
  neurodiversity: 'unknown',
  death_date: null,
  death_day: null,
  moved_date: null,
  moved_day: null,
  deprivation_decile: null,
}

/** Mostly two people's local identifiers; now and then a number or an identifier that no record has. */
function mapPair(): fc.Arbitrary<World['identity_map'][number]> {
  const local = fc.constantFrom(...LOCALS, 'elsewhere 1', 'elsewhere 2')
  const other = fc.constantFrom('identity 1', 'identity 2', 'number elsewhere', ...LOCALS, 'elsewhere 1')
  return fc
    .tuple(fc.constantFrom(1, 2), local, other)
    .filter(([, from, to]) => from !== to)
    .map(([map_number, local_pseudonym, other_pseudonym]) => ({
      map_number,
      local_pseudonym,
      other_pseudonym,
      other_kind: /^identity [12]$|^number/.test(other_pseudonym) ? 'nhs_number' : 'local_id',
    }))
}

const file = () => fc.constantFrom(1, 2)
const service = () => fc.constantFrom<string>('oats', 'oats', 'oats', 'oats', 'oats', 'crisis')

function dates<Name extends string>(name: Name, days: fc.Arbitrary<number | null>) {
  return days.map((value) => ({
    [`${name}_day`]: value,
    [`${name}_date`]: value === null ? null : dateOfDay(value),
  })) as unknown as fc.Arbitrary<Record<`${Name}_day`, number> & Record<`${Name}_date`, string>>
}

function personRecord() {
  const facts = fc.record({
    file_id: file(),
    person_type: fc.constantFrom('patient', 'patient', 'patient', 'patient', 'carer'),
    birth_month: fc.constantFrom(null, '1980-06', '2006-01', '2006-02'),
    gender: fc.constantFrom(null, 'female', 'other'),
    ethnic_category: fc.constantFrom(null, 'A'),
    neurodiversity: fc.constantFrom('yes', 'queried', 'no', 'unknown'),
    deprivation_decile: fc.constantFrom(null, 1, 10),
  })
  const rare = (name: 'death' | 'moved') => dates(name, fc.option(day(0, 300), { freq: 2 }))
  return together(facts, who(), rare('death'), rare('moved')) as fc.Arbitrary<
    Omit<World['person_record'][number], 'person_record_id' | 'row_number'>
  >
}

/** One service tells its arms by team, another by intervention; two words may stand for one arm. */
function armRules(): fc.Arbitrary<World['arm_rule']> {
  return fc.subarray([
    { service_code: 'oats', recorded_in: 'team', recorded_as: 'north', arm: 'A' },
    { service_code: 'oats', recorded_in: 'team', recorded_as: 'south', arm: 'B' },
    { service_code: 'crisis', recorded_in: 'intervention', recorded_as: 'dbt', arm: 'A' },
    { service_code: 'crisis', recorded_in: 'intervention', recorded_as: 'mbt', arm: 'A' },
  ])
}

/** One team apart from the rest of its service; another service may be secondary care. */
function teamLevels(): fc.Arbitrary<World['team_level']> {
  const step = (service_code: string, team: string, nth: number, is_secondary_care: 0 | 1) => ({
    ...{ service_code, team, step: nth, is_secondary_care },
  })
  return fc.subarray([step('oats', 'north', 1, 0), step('oats', '', 2, 0), step('crisis', '', 3, 1)], { minLength: 1 })
}

function frequentRules(): fc.Arbitrary<World['frequent_rule']> {
  const rule = (rule_number: number, event_type: string, at_least: number) => ({ rule_number, event_type, at_least })
  return fc.constantFrom(
    [rule(1, 'gp', 1), rule(2, 'ae_mental_health', 1), rule(3, 'admission_mental_health', 1)],
    [rule(1, 'ae_mental_health', 1), rule(1, 'gp', 1), rule(2, 'admission_mental_health', 1)],
    [rule(1, 'ae_mental_health', 2)],
  )
}

/** A person's stays one after another, here and there: whoever leaves one team starts with another a few days before or after. */
function movedOn() {
  const step = fc.record({
    team: fc.constantFrom('north', 'South'),
    days: fc.integer({ min: 0, max: 30 }),
    gap: fc.integer({ min: -5, max: 45 }),
  })
  return fc
    .tuple(referralRecord(), fc.integer({ min: 1, max: N_PEOPLE }), fc.array(step, { minLength: 2, maxLength: 4 }))
    .map(([record, nhs_identity_key, steps]) => {
      let start = record.referral_day
      return steps.map(({ team, days, gap }, nth) => {
        const [referral_day, end] = [start, nth === 3 ? null : start + days]
        start = Math.max(start, start + days + gap)
        return {
          ...record,
          ...{ nhs_identity_key, local_identity_key: null, referral_ref: null, team },
          ...{ referral_day, referral_date: dateOfDay(referral_day) },
          ...{ discharge_day: end, discharge_date: end === null ? null : dateOfDay(end) },
          ...{ rejected_day: null, rejected_date: null },
        }
      })
    })
}

function referralRecord() {
  const facts = fc.record({
    file_id: file(),
    service_code: service(),
    pathway: fc.constantFrom(null, '18-25'),
    team: fc.constantFrom(null, 'north', 'south'),
    team_type: fc.constantFrom(null, 'A06', 'A06', 'A16', 'A02'),
    intervention: fc.constantFrom(null, 'dbt', 'mbt'),
    referral_source: fc.constantFrom(null, 'Self', 'self', 'GP'),
    primary_reason: fc.constantFrom(null, '01', '01', '08'),
    discharge_reason: fc.constantFrom(null, 'completed', 'dropped_out'),
    age_at_referral: fc.constantFrom(null, 17, 18, 40, 40),
  })
  const span = fc
    .tuple(
      day(0, 80),
      fc.option(fc.integer({ min: 0, max: 60 }), { freq: 2 }),
      fc.option(fc.integer({ min: 0, max: 30 })),
    )
    .chain(([start, length, wait]) =>
      together(
        dates('referral', fc.constant(start)),
        dates('discharge', fc.constant(length === null ? null : start + length)),
        dates('first_contact', fc.constant(wait === null ? null : start + wait)),
        dates(
          'rejected',
          fc.option(fc.constant(start), { freq: 1 }).map((value) => (start % 3 === 0 ? value : null)),
        ),
      ),
    )
  return together(facts, whoAndReferral(), span) as fc.Arbitrary<
    Omit<World['referral_record'][number], 'referral_record_id' | 'row_number'>
  >
}

function contactRecord() {
  const facts = fc.record({
    file_id: file(),
    contact_ref: fc.constantFrom(null, null, null, 'c1', 'c2'),
    service_code: service(),
    attendance: fc.constantFrom('attended', 'attended', 'attended', 'attended', 'did_not_attend', 'indirect'),
    mode: fc.constantFrom(null, 'face_to_face', 'telephone', 'email'),
    staff_role: fc.constantFrom(null, 'peer', 'therapist'),
    staff_band: fc.constant(null),
    duration_minutes: fc.constantFrom(null, 50),
  })
  return together(facts, whoAndReferral(), dates('contact', day(0, 150))) as fc.Arbitrary<
    Omit<World['contact_record'][number], 'contact_id' | 'row_number'>
  >
}

function score() {
  const facts = fc.record({
    service_code: service(),
    team: fc.constantFrom(null, 'north'),
    category: fc.constant(null),
    n_answered: fc.constant(10),
    n_expected: fc.constant(10),
    method: fc.constant('items'),
    basis: fc.constantFrom('whole_scale', 'whole_scale', 'goal1', 'goal1+goal2'),
  })
  const answer = fc.constantFrom(
    { measure_id: 'reqol-10', scale_id: 'total', score: 20, score_status: 'scored' },
    { measure_id: 'reqol-10', scale_id: 'total', score: 24.5, score_status: 'scored' },
    { measure_id: 'reqol-10', scale_id: 'total', score: 30, score_status: 'scored' },
    { measure_id: 'reqol-10', scale_id: 'total', score: 15, score_status: 'scored' },
    { measure_id: 'reqol-10', scale_id: 'total', score: 16, score_status: 'scored' },
    { measure_id: 'reqol-10', scale_id: 'total', score: 17, score_status: 'scored' },
    { measure_id: 'reqol-10', scale_id: 'total', score: 18, score_status: 'scored' },
    { measure_id: 'dialog', scale_id: 'item_1', score: 3, score_status: 'scored' },
    { measure_id: 'dialog', scale_id: 'item_1', score: 5, score_status: 'scored' },
    { measure_id: 'dialog', scale_id: 'item_1', score: 8, score_status: 'sentinel' },
    { measure_id: 'dialog', scale_id: 'item_1', score: null, score_status: 'too_many_missing' },
    { measure_id: 'phq-9', scale_id: 'total', score: 12, score_status: 'scored' },
    { measure_id: 'itq', scale_id: 'diagnosis', score: null, category: 'CPTSD', score_status: 'scored' },
    { measure_id: 'itq', scale_id: 'diagnosis', score: null, category: 'NONE', score_status: 'scored' },
    { measure_id: 'pcl-5', scale_id: 'total', score: 40, score_status: 'scored' },
    { measure_id: 'pcl-5', scale_id: 'total', score: 20, score_status: 'scored' },
    { measure_id: 'gad-7', scale_id: 'total', score: 9, score_status: 'scored' },
  )
  return together(facts, answer, whoAndReferral(), dates('assessed', day(-10, 90))) as fc.Arbitrary<
    Omit<World['assessment_score'][number], 'assessment_id'>
  >
}

/** Two scores of one person and referral: a questionnaire again after some weeks, or an ITQ and a PCL-5 days apart. */
function scoredTwice() {
  const two = fc.constantFrom(
    { of: [REQOL, REQOL], apart: 35 },
    { of: [REQOL, REQOL], apart: 35 },
    { of: [REQOL, REQOL], apart: 20 },
    { of: [ITQ, PCL], apart: 0 },
    { of: [ITQ, PCL], apart: 7 },
    { of: [PCL, ITQ], apart: 8 },
    { of: [EQ5D, EQ5D], apart: 20 },
    { of: [EQ5D, EQ5D], apart: 35 },
    { of: [EQ5D, EQ5D], apart: 0 },
    { of: [REQOL_UI, EQ5D], apart: 0 },
  )
  return fc
    .tuple(two, score(), day(0, 50), fc.integer({ min: 1, max: N_PEOPLE }), fc.tuple(fc.nat(20), fc.nat(20)))
    .map(([{ of, apart }, facts, first, person, points]) =>
      of.map((kind, nth) => ({
        ...facts,
        ...kind,
        service_code: 'oats',
        score: kind === ITQ ? null : ((points[nth] ?? 0) + 10) / (kind === EQ5D || kind === REQOL_UI ? 100 : 1),
        nhs_identity_key: person,
        local_identity_key: N_PEOPLE + person,
        referral_ref: `r${person}`,
        assessed_day: first + nth * apart,
        assessed_date: dateOfDay(first + nth * apart),
      })),
    )
}

const EQ5D = { measure_id: 'eq-5d-5l', scale_id: 'index', category: null, score_status: 'scored' } as const
const REQOL_UI = { measure_id: 'reqol-10', scale_id: 'utility', category: null, score_status: 'scored' } as const
const REQOL = { measure_id: 'reqol-10', scale_id: 'total', category: null, score_status: 'scored' } as const
const ITQ = { measure_id: 'itq', scale_id: 'diagnosis', category: 'CPTSD', score_status: 'scored' } as const
const PCL = { measure_id: 'pcl-5', scale_id: 'total', category: null, score_status: 'scored' } as const

/** Every fourth score takes person, day and scale from the one before it: often another score of the same day. */
function withRivals<Row extends Omit<World['assessment_score'][number], 'assessment_id'>>(rows: readonly Row[]): Row[] {
  return rows.map((row, nth) => {
    const other = rows[nth - 1]
    if (nth % 4 !== 3 || other === undefined || (other.score === null) !== (row.score === null)) return row
    const { score, category } = row
    return { ...other, score, category: other.category === null ? null : (category ?? 'NONE') }
  })
}

/** A DIALOG form has a second scale, so that some questionnaires are more than one score. */
function scalesOfForm(row: World['assessment_score'][number]): World['assessment_score'] {
  if (row.measure_id !== 'dialog') return [row]
  return [row, { ...row, scale_id: 'sqol', score: 4.5, score_status: 'scored' }]
}

function serviceEvent() {
  const facts = fc.record({
    file_id: file(),
    event_type: fc.constantFrom(...EVENT_TYPES, 'admission_mental_health', 'admission_out_of_area'),
    source_code: fc.constant(null),
    provider_code: fc.constant(null),
  })
  const span = fc
    .tuple(fc.oneof(day(-60, 200), day(20, 21)), fc.option(fc.integer({ min: 0, max: 50 })))
    .chain(([start, length]) =>
      together(dates('start', fc.constant(start)), dates('end', fc.constant(length === null ? null : start + length))),
    )
  const references = fc.constantFrom(
    { event_ref: null, part_ref: null },
    { event_ref: null, part_ref: null },
    { event_ref: 'e1', part_ref: null },
    { event_ref: 'e2', part_ref: null },
    { event_ref: 'e1', part_ref: 'p1' },
    { event_ref: 'e3', part_ref: 'p1' },
    { event_ref: 'e3', part_ref: 'p2' },
  )
  return together(facts, whoAndReferral(), references, span) as fc.Arbitrary<
    Omit<World['service_event'][number], 'event_id' | 'row_number'>
  >
}

function submissionRow() {
  const facts = fc.record({
    file_id: file(),
    row_number: fc.integer({ min: 2, max: 9 }),
    provider_code: fc.constantFrom('RJ8', 'RJ8', 'RJ8', null, 'RDY'),
    submission_number: fc.constantFrom(null, 501, 502, 503),
  })
  const periodEnd = fc.constantFrom(null, FIRST_DAY, FIRST_DAY, FIRST_DAY + 30)
  const effective = fc.constantFrom(null, FIRST_DAY + 40, FIRST_DAY + 41)
  return together(facts, dates('period_end', periodEnd), dates('effective', effective)) as fc.Arbitrary<
    World['submission_row'][number]
  >
}

function referralTeam() {
  const facts = fc.record({
    file_id: file(),
    referral_ref: fc.constantFrom('r1', 'r2'),
    service_code: service(),
    team_ref: fc.constantFrom(null, 't1', 't2', 't3'),
    team_type: fc.constantFrom(null, 'A02', 'A06', 'A16', 'D01'),
  })
  const rejected = dates('rejected', fc.constantFrom(null, null, FIRST_DAY + 20, FIRST_DAY + 25))
  return together(facts, rejected) as fc.Arbitrary<
    Omit<World['referral_team'][number], 'referral_team_id' | 'row_number'>
  >
}

function careActivity() {
  return fc.record({
    file_id: file(),
    service_code: service(),
    activity_ref: fc.constantFrom('a1', 'a2', 'a3'),
    contact_ref: fc.constantFrom('c1', 'c2', 'c9'),
  })
}

function riskRating() {
  const facts = fc.record({
    file_id: file(),
    service_code: service(),
    rating: fc.constantFrom('none' as const, 'low' as const, 'medium' as const, 'high' as const, 'very_high' as const),
  })
  return together(facts, who(), dates('rated', day(0, 150))) as fc.Arbitrary<
    Omit<World['risk_rating_record'][number], 'risk_rating_id' | 'row_number'>
  >
}

function clusterRecord() {
  const facts = fc.record({ file_id: file(), service_code: service(), cluster_ref: fc.constantFrom('k1', 'k2') })
  return together(facts, who(), dates('assessed', day(0, 90))) as fc.Arbitrary<
    Omit<World['cluster_record'][number], 'cluster_record_id' | 'row_number'>
  >
}

/** A score whose date and person are mostly in other tables. */
function scoreSentApart() {
  const facts = fc.record({
    file_id: file(),
    service_code: service(),
    team: fc.constant(null),
    measure_id: fc.constantFrom('phq-9', 'wsas'),
    coding: fc.constant('scored' as const),
    items: fc.constant(null),
    help_wanted: fc.constant(null),
    goals_set: fc.constant(null),
    supplied_scale: fc.constantFrom('total', 'item_1'),
    supplied_score: fc.constantFrom(3, 4),
  })
  const sentAgainst = fc.constantFrom(
    ...['a1', 'a1', 'a2', 'a3', 'a9'].map((activity_ref) => ({
      activity_ref,
      contact_ref: null,
      cluster_ref: null,
      has_date: false,
    })),
    { activity_ref: 'a2', contact_ref: 'c1', cluster_ref: null, has_date: false },
    { activity_ref: null, contact_ref: 'c9', cluster_ref: null, has_date: false },
    ...['k1', 'k9'].map((cluster_ref) => ({ activity_ref: null, contact_ref: null, cluster_ref, has_date: false })),
    { activity_ref: null, contact_ref: null, cluster_ref: null, has_date: true },
    { activity_ref: 'a1', contact_ref: null, cluster_ref: null, has_date: true },
  )
  const span = fc
    .tuple(sentAgainst, day(0, 3))
    .chain(([{ has_date, ...references }, own]) =>
      together(fc.constant(references), dates('assessed', fc.constant(has_date ? own : null))),
    )
  const whose = fc.oneof(
    whoAndReferral(),
    fc.constant({ nhs_identity_key: null, local_identity_key: null, referral_ref: null }),
  )
  return together(facts, whose, span) as fc.Arbitrary<
    Omit<World['assessment_record'][number], 'assessment_id' | 'row_number'>
  >
}

function scale(measure_id: string, scale_id: string, national_change_points: number | null) {
  return { measure_id, scale_id, better: 'higher' as const, min_score: 0, max_score: 40, national_change_points }
}

function together(...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> {
  return fc.tuple(...parts).map((drawn) => Object.assign({}, ...drawn) as object)
}
