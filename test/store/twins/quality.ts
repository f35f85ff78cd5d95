import type { DqCompletenessRow, DqFindingRow } from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { type Dated, datedSlowly } from './dated-assessments.ts'
import { type CareStory, currentContacts, namedReferral, personOfScore, tellCareStory } from './episodes.ts'
import { episodeOfScore, pairsOwnSlowly } from './pairs.ts'
import { isCarer, lastStated, linkIdentities, numbersBeside, personOf } from './people.ts'
import { eventsOf } from './usage.ts'

type Score = World['assessment_score'][number]
type Form = Dated

/** Every model of cross-checks and completeness, worked out by asking each row about every other one. */
export function qualitySlowly(world: World): Record<string, object[]> {
  const assessments = assessmentsSlowly(world)
  const contacts = contactsSlowly(world)
  const stays = staysSlowly(world)
  const identityRows = identityRowsSlowly(world)
  return {
    int_measures_started: measuresStartedSlowly(world),
    dq_scores_same_day: sameDaySlowly(world).map(({ assessment_id, scale_id }) => ({ assessment_id, scale_id })),
    dq_team_codings: teamCodingsSlowly(world),
    dq_assessments: assessments,
    dq_scores_set_aside: scoresSetAsideSlowly(world),
    dq_contacts: contacts,
    dq_stays: stays,
    dq_identity_rows: identityRows,
    dq_findings: findingsSlowly(world, { assessments, contacts, stays, identityRows }),
    dq_completeness: completenessSlowly(world),
  }
}

function measuresStartedSlowly(world: World) {
  const keys = new Set(
    [...world.assessment_score, ...world.measure_start].map((it) => `${it.service_code} ${it.measure_id}`),
  )
  return [...keys].map((key) => {
    const [service_code, measure_id] = key.split(' ') as [string, string]
    const isIt = (it: { service_code: string; measure_id: string }) =>
      it.service_code === service_code && it.measure_id === measure_id
    const declared = world.measure_start.find(isIt)
    const forms = world.assessment_score.filter(isIt)
    const scored = forms.filter((it) => it.score_status === 'scored')
    const first = Math.min(...(scored.length > 0 ? scored : forms).map((it) => it.assessed_day))
    return {
      service_code,
      measure_id,
      start_day: declared?.start_day ?? first,
      is_declared: declared === undefined ? 0 : 1,
    }
  })
}

function sameDaySlowly(world: World): Score[] {
  const { referrals, people } = tellCareStory(world)
  const whose = (score: Score) => personOfScore(score, referrals, people)
  return world.assessment_score.filter(
    (score) =>
      score.score_status === 'scored' &&
      whose(score) !== null &&
      world.assessment_score.some(
        (other) =>
          other.score_status === 'scored' &&
          whose(other) === whose(score) &&
          other.service_code === score.service_code &&
          other.measure_id === score.measure_id &&
          other.scale_id === score.scale_id &&
          other.assessed_day === score.assessed_day &&
          // a score beside a word says nothing against it
          (differ(score.score, other.score) || differ(score.category, other.category)),
      ),
  )
}

function differ<Value>(one: Value | null, other: Value | null): boolean {
  return one !== null && other !== null && one !== other
}

function cameAs(record: Form): 'form' | 'item' | 'score' {
  if (record.items !== null) return 'form'
  return /^(item|goal)_/.test(record.supplied_scale ?? '') ? 'item' : 'score'
}

function teamOf(record: Form): string {
  return JSON.stringify([record.service_code, record.team, record.measure_id, cameAs(record)])
}

export function teamCodingsSlowly(world: World) {
  const records = datedSlowly(world).filter(
    (it) => cameAs(it) !== 'score' && world.answer_range.some((range) => range.measure_id === it.measure_id),
  )
  return [...new Set(records.map(teamOf))].map((key) => {
    const [service_code, team, measure_id, came_as] = JSON.parse(key) as [string, string | null, string, string]
    const range = world.answer_range.find((it) => it.measure_id === measure_id)
    const holds = (record: Form, value: number | undefined) =>
      (record.items === null ? [String(record.supplied_score)] : record.items.split(',')).includes(String(value))
    const own = records.filter((it) => teamOf(it) === key)
    const others = records.filter((it) => teamOf(it) !== key && it.measure_id === measure_id && cameAs(it) === came_as)
    const count = (some: Form[], value: number | undefined) => some.filter((it) => holds(it, value)).length
    const files = world.import_file.filter((file) => own.some((it) => it.file_id === file.file_id))
    const outOfRange = world.quarantine_row.filter(
      (row) => /out_of_range$/.test(row.code) && files.some((file) => file.file_id === row.file_id),
    ).length
    const nRows = files.reduce((sum, file) => sum + file.n_records, 0)
    const isNever = (value: number | undefined) => {
      if (count(own, value) > 0) return 0
      const expected = others.length === 0 ? 0 : (own.length * count(others, value)) / others.length
      return expected >= 7 || (outOfRange > 0 && outOfRange / nRows >= 0.1) ? 1 : 0
    }
    const is_never_highest = isNever(range?.highest)
    const is_never_lowest = isNever(range?.lowest)
    return {
      service_code,
      team,
      measure_id,
      came_as,
      n_forms: own.length,
      n_highest: count(own, range?.highest),
      n_lowest: count(own, range?.lowest),
      n_other_forms: others.length,
      n_other_highest: count(others, range?.highest),
      n_other_lowest: count(others, range?.lowest),
      n_rows_out_of_range: outOfRange,
      is_never_highest,
      is_never_lowest,
      is_suspected: own.length >= 20 && (is_never_highest === 1 || is_never_lowest === 1) ? 1 : 0,
      is_confirmed: world.confirmed_coding.some(
        (it) =>
          it.service_code === service_code && it.measure_id === measure_id && (it.team === '' || it.team === team),
      )
        ? 1
        : 0,
    }
  })
}

function assessmentsSlowly(world: World): { rule_code: string; assessment_id: number }[] {
  const story = tellCareStory(world)
  const contradicted = new Set(sameDaySlowly(world).map((it) => it.assessment_id))
  const unusual = new Set(
    teamCodingsSlowly(world)
      .filter((it) => it.is_suspected === 1 && it.is_confirmed === 0)
      .map((it) => JSON.stringify([it.service_code, it.team, it.measure_id, it.came_as])),
  )
  return datedSlowly(world).flatMap((record) => {
    const score = world.assessment_score.find((it) => it.assessment_id === record.assessment_id)
    if (score === undefined) return []
    const codes = [
      ...codesOfPerson(score, world, story),
      ...(unusual.has(teamOf(record)) ? ['team_coding_differs'] : []),
      ...(contradicted.has(record.assessment_id) ? ['two_scores_same_day'] : []),
    ]
    return codes.map((rule_code) => ({ rule_code, assessment_id: record.assessment_id }))
  })
}

function codesOfPerson(score: Score, world: World, story: CareStory): string[] {
  const person = personOfScore(score, story.referrals, story.people)
  if (person === null) return ['score_without_person']
  const death = lastStated('death_day', person, world, story.people)
  const birth = lastStated('birth_month', person, world, story.people)
  const isOutside = !isCarer(person, world, story.people) && episodeOfScore(score, world, story) === null
  return [
    ...(death !== null && score.assessed_day > death ? ['score_after_death'] : []),
    ...(birth !== null && score.assessed_date.slice(0, 7) < birth ? ['score_before_birth'] : []),
    ...(isOutside ? ['score_outside_episode'] : []),
  ]
}

const SET_ASIDE = ['score_after_death', 'score_before_birth', 'team_coding_differs']

export function scoresSetAsideSlowly(world: World): { assessment_id: number; scale_id: string; rule_code: string }[] {
  const broken = assessmentsSlowly(world).filter((it) => SET_ASIDE.includes(it.rule_code))
  const contradicted = sameDaySlowly(world)
  return world.assessment_score.flatMap((score) => {
    const codes = broken.filter((it) => it.assessment_id === score.assessment_id).map((it) => it.rule_code)
    if (contradicted.includes(score)) codes.push('two_scores_same_day')
    const [rule_code] = codes.sort()
    if (rule_code === undefined) return []
    return [{ assessment_id: score.assessment_id, scale_id: score.scale_id, rule_code }]
  })
}

function contactsSlowly(world: World): { rule_code: string; contact_id: number }[] {
  const { people, referrals } = tellCareStory(world)
  return currentContacts(world).flatMap((contact) => {
    if (contact.attendance !== 'attended') return []
    const person = personOfScore(contact, referrals, people)
    const named = namedReferral(contact, referrals)
    const own = referrals.filter(
      (it) => person !== null && it.person_key === person && it.service_code === contact.service_code,
    )
    const against = named === undefined ? own : [named]
    const death = person === null ? null : lastStated('death_day', person, world, people)
    const codes = [
      ...(death !== null && contact.contact_day > death ? ['contact_after_death'] : []),
      ...(against.length > 0 && against.every((it) => contact.contact_day < it.referral_day)
        ? ['contact_before_referral']
        : []),
      ...(against.length > 0 &&
      against.every((it) => it.discharge_day !== null && contact.contact_day > it.discharge_day)
        ? ['contact_after_discharge']
        : []),
    ]
    return codes.map((rule_code) => ({ rule_code, contact_id: contact.contact_id }))
  })
}

function staysSlowly(world: World): { event_id: number }[] {
  const dataEnd = (world.settings[0] as World['settings'][number]).data_end_day
  const kind = (type: string) => (type === 'admission_physical_health' ? 'physical' : 'mental')
  const stays = eventsOf(world, tellCareStory(world)).filter((it) => it.event_type.startsWith('admission_'))
  return stays
    .filter((stay) =>
      stays.some(
        (other) =>
          other.person_key === stay.person_key &&
          kind(other.event_type) === kind(stay.event_type) &&
          (other.start_day < stay.start_day ||
            (other.start_day === stay.start_day && other.event_id < stay.event_id)) &&
          (other.end_day ?? dataEnd + 1) > stay.start_day,
      ),
    )
    .map(({ event_id }) => ({ event_id }))
}

interface Place {
  rule_code: string
  file_id: number
  row_number: number
}

function identityRowsSlowly(world: World): Place[] {
  const people = linkIdentities(world)
  const births = world.person_record.filter((it) => it.birth_month !== null)
  const differing = births.filter((record) =>
    births.some(
      (other) => personOf(other, people) === personOf(record, people) && other.birth_month !== record.birth_month,
    ),
  )
  const both = [
    ...world.person_record,
    ...world.referral_record,
    ...world.contact_record,
    ...world.assessment_record,
    ...world.service_event,
    ...world.cluster_record,
    ...world.risk_rating_record,
  ].filter((it) => it.nhs_identity_key !== null && it.local_identity_key !== null)
  const nameOf = new Map(world.identity.map((it) => [it.identity_key, it.pseudonym]))
  const conflicting = both.filter(
    (record) => numbersBeside(nameOf.get(record.local_identity_key as number) as string, world).size > 1,
  )
  return unique([
    ...differing.map((it) => place('birth_dates_differ', it)),
    ...conflicting.map((it) => place('local_id_with_two_nhs_numbers', it)),
  ])
}

function place(rule_code: string, { file_id, row_number }: { file_id: number; row_number: number }): Place {
  return { rule_code, file_id, row_number }
}

interface Found {
  assessments: { rule_code: string; assessment_id: number }[]
  contacts: { rule_code: string; contact_id: number }[]
  stays: { event_id: number }[]
  identityRows: Place[]
}

function findingsSlowly(world: World, found: Found): DqFindingRow[] {
  const nothing = { team: null, measure_id: null, month: null }
  const forms = datedSlowly(world)
  const serviceOfFile = (file_id: number) =>
    world.import_file.find((it) => it.file_id === file_id)?.service_code ?? null
  return unique<DqFindingRow>([
    ...found.assessments.map(({ rule_code, assessment_id }) => {
      const it = forms.find((record) => record.assessment_id === assessment_id) as Form
      return { ...place(rule_code, it), ...aboutForm(it) }
    }),
    ...forms
      .filter((it) => it.undated_reason !== null)
      .map((it) => ({ ...place('score_without_date', it), ...aboutForm(it) })),
    ...found.contacts.map(({ rule_code, contact_id }) => {
      const it = world.contact_record.find(
        (contact) => contact.contact_id === contact_id,
      ) as World['contact_record'][number]
      return { ...place(rule_code, it), service_code: it.service_code, ...nothing, month: it.contact_date.slice(0, 7) }
    }),
    ...found.stays.map(({ event_id }) => {
      const it = world.service_event.find((event) => event.event_id === event_id) as World['service_event'][number]
      const service_code = serviceOfFile(it.file_id)
      return { ...place('overlapping_stays', it), service_code, ...nothing, month: it.start_date.slice(0, 7) }
    }),
    ...found.identityRows.map((it) => ({ ...it, service_code: serviceOfFile(it.file_id), ...nothing })),
    ...world.import_file
      .filter((file) => [65_536, 1_048_576].includes(file.n_physical_lines))
      .map((file) => ({
        rule_code: 'sheet_full',
        file_id: file.file_id,
        row_number: null,
        service_code: file.service_code,
        ...nothing,
      })),
    ...world.flagged_row.map((flag) => {
      const own = forms.filter((it) => it.file_id === flag.file_id && it.row_number === flag.row_number)
      const about = own[0] === undefined ? { service_code: serviceOfFile(flag.file_id), ...nothing } : aboutForm(own[0])
      return { ...place(flag.code, flag), ...about }
    }),
  ])
}

function aboutForm({ service_code, team, measure_id, assessed_date }: Form) {
  return { service_code, team, measure_id, month: assessed_date?.slice(0, 7) ?? null }
}

function completenessSlowly(world: World): DqCompletenessRow[] {
  const settings = world.settings[0] as World['settings'][number]
  const story = tellCareStory(world)
  const pairs = [...pairsOwnSlowly(world), ...categoryPairsSlowly(world, story)]
  const counts = new Map<string, DqCompletenessRow>()
  for (const { service_code, measure_id, start_day } of measuresStartedSlowly(world)) {
    for (const episode of story.episodes.filter((it) => it.service_code === service_code)) {
      const own = pairs.filter((it) => it.episode_id === episode.episode_id && it.measure_id === measure_id)
      if (own.length === 0 && episode.start_day < start_day - settings.assessment_days_before_start) continue
      const start_month = episode.start_date.slice(0, 7)
      const key = JSON.stringify([service_code, measure_id, episode.team, start_month])
      const count = counts.get(key) ?? {
        service_code,
        measure_id,
        team: episode.team,
        start_month,
        n_eligible: 0,
        n_first: 0,
        n_two: 0,
      }
      count.n_eligible++
      if (own.length > 0) count.n_first++
      if (own.some((it) => it.post_day !== null)) count.n_two++
      counts.set(key, count)
    }
  }
  return [...counts.values()]
}

function categoryPairsSlowly(world: World, story: CareStory) {
  const settings = world.settings[0] as World['settings'][number]
  const aside = new Set(scoresSetAsideSlowly(world).map((it) => `${it.assessment_id} ${it.scale_id}`))
  return story.episodes.flatMap((episode) => {
    const own = world.assessment_score
      .filter((it) => it.score_status === 'scored' && it.category !== null)
      .filter((it) => !aside.has(`${it.assessment_id} ${it.scale_id}`))
      .filter((it) => episodeOfScore(it, world, story) === episode.episode_id)
      .map((it) => it.assessed_day)
    if (own.length === 0) return []
    const isPair = own.length > 1 && Math.max(...own) - Math.min(...own) >= settings.min_pair_days
    return [{ episode_id: episode.episode_id, measure_id: 'itq', post_day: isPair ? Math.max(...own) : null }]
  })
}

function unique<Row>(rows: Row[]): Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}
