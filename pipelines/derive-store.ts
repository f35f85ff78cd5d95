import type { Database as SqliteDatabase } from 'better-sqlite3'
import { dayNumber, type IsoDate } from '../src/domain/iso-date.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import type { AssessmentRecordRow } from '../src/measures/assessment-rows.ts'
import { answerRangeRows, measureScaleRows } from '../src/measures/registry.ts'
import { scoreRecords } from '../src/measures/score-records.ts'
import { type UtilityTable, utilityRows } from '../src/measures/utility-rows.ts'
import { checkAccounting } from '../src/store/check-accounting.ts'
import { sqliteExecutor } from '../src/store/executor.ts'
import { fillCalendarDays } from '../src/store/fill-calendar-days.ts'
import { fillCalendarMonths } from '../src/store/fill-calendar-months.ts'
import { fillMonthEdges } from '../src/store/fill-month-edges.ts'
import {
  fillAnswerRanges,
  fillArmRules,
  fillConfirmedCodings,
  fillFollowUpPoints,
  fillFrequentRules,
  fillMeasureScales,
  fillMeasureStarts,
  fillOverlapRules,
  fillSelfReferralSources,
  fillServices,
  fillSettings,
  fillTeamLevels,
  fillUsageCoverage,
} from '../src/store/fill-settings.ts'
import type { Store } from '../src/store/open.ts'
import { replaceAssessmentScores } from '../src/store/replace-assessment-scores.ts'
import { buildModels, runChecks } from '../src/store/run-models.ts'
import type { Project } from './project.ts'
import { projectUtilities } from './project-utilities.ts'

/** Scores and models, from what is loaded: nothing derived is ever patched. */
export async function derive(store: Store, project: Project): Promise<void> {
  await buildFromLoaded(store, project)
  const broken = await brokenRules(store)
  if (broken.length > 0) {
    throw new OperatorError(
      `The store failed its own checks, so no report was written:\n${broken.map((it) => `  ${it}`).join('\n')}\nThis is a fault in the program: please report it.`,
      EXIT.check_failed,
    )
  }
}

/** The same, before anything is checked. */
export async function buildFromLoaded({ sqlite }: Store, project: Project): Promise<void> {
  fillSettings(sqlite, settingsRow(sqlite, project))
  fillServices(sqlite, serviceRows(sqlite, project))
  fillUsageCoverage(
    sqlite,
    project.usage.flatMap(({ service, event_types }) =>
      event_types.map((event_type) => ({ service_code: service, event_type })),
    ),
  )
  fillMeasureScales(sqlite, measureScaleRows())
  fillAnswerRanges(sqlite, answerRangeRows())
  fillMeasureStarts(sqlite, measureStartRows(project))
  fillConfirmedCodings(sqlite, confirmedCodingRows(project))
  fillArmRules(sqlite, armRuleRows(project))
  fillTeamLevels(sqlite, teamLevelRows(project))
  fillFrequentRules(sqlite, frequentRuleRows(project))
  fillFollowUpPoints(
    sqlite,
    project.follow_ups.map(({ months, tolerance_days }) => ({ follow_up_months: months, tolerance_days })),
  )
  fillSelfReferralSources(sqlite, project.rules.self_referral_sources)
  fillOverlapRules(sqlite, overlapRows(project))
  fillMonthEdges(sqlite)
  fillCalendarMonths(sqlite)
  fillCalendarDays(sqlite)
  const utilities = projectUtilities(project)
  await buildModels(sqliteExecutor(sqlite), () =>
    replaceAssessmentScores(sqlite, scoredRows(sqlite, project, utilities)),
  )
}

/** What does not add up in a built store, one line each: files whose records are not accounted for, and checks that fail. */
export async function brokenRules({ sqlite }: Store): Promise<string[]> {
  const results = await runChecks(sqliteExecutor(sqlite))
  const failed = results.filter((it) => it.rows.length > 0).map((it) => `${it.check}: ${it.rows.length} rows`)
  return [...damage(sqlite), ...checkAccounting(sqlite), ...failed]
}

/** A key that leads nowhere: none is looked up while a file is loaded. */
function damage(sqlite: SqliteDatabase): string[] {
  const broken = sqlite.pragma('foreign_key_check') as { table: string; parent: string }[]
  const pairs = new Set(broken.map(({ table, parent }) => `rows of ${table} name what is not in ${parent}`))
  return [...pairs]
}

function measureStartRows({ measure_starts }: Project) {
  return measure_starts.map(({ service, measure, date }) => ({
    service_code: service,
    measure_id: measure,
    start_date: date,
    start_day: dayNumber(date as IsoDate),
  }))
}

function confirmedCodingRows({ confirmed_codings }: Project) {
  return confirmed_codings.map(({ service, measure, team }) => ({
    service_code: service,
    measure_id: measure,
    team: team ?? '',
  }))
}

function armRuleRows({ arms }: Project) {
  return arms.flatMap(({ service, from, is, arm }) =>
    is.map((recorded_as) => ({ service_code: service, recorded_in: from, recorded_as, arm })),
  )
}

/** A rule names several types on either side; the models read a pair at a time. */
function overlapRows({ rules }: Project) {
  return rules.overlap.flatMap(({ keep, merge, days_later }) =>
    keep.flatMap((kept_type) => merge.map((merged_type) => ({ kept_type, merged_type, days_later }))),
  )
}

function teamLevelRows({ levels }: Project) {
  return levels.map(({ service, team, step, secondary_care }) => ({
    service_code: service,
    team: team?.toLowerCase() ?? '',
    step,
    is_secondary_care: secondary_care ? (1 as const) : (0 as const),
  }))
}

function frequentRuleRows({ frequent_attenders }: Project) {
  return frequent_attenders.flatMap(({ event_types, at_least }, at) =>
    [...new Set(event_types)].map((event_type) => ({ rule_number: at + 1, event_type, at_least })),
  )
}

function scoredRows(sqlite: SqliteDatabase, { qalys }: Project, utilities: UtilityTable | null) {
  const records = sqlite
    .prepare<[], AssessmentRecordRow>(
      `select * from stg_assessments_dated where assessed_day is not null
       order by measure_id, nhs_identity_key, local_identity_key, referral_ref, assessed_day, assessment_id`,
    )
    .all()
  const scored = [...scoreRecords(records, { value_set: qalys.value_set })].flatMap((form) => form.rows)
  return utilities === null ? scored : [...scored, ...utilityRows(records, utilities)]
}

function settingsRow(sqlite: SqliteDatabase, { rules, data_start, data_end }: Project) {
  return {
    reentry_days: rules.reentry_days,
    min_pair_days: rules.min_pair_days,
    assessment_days_before_start: rules.assessment_days_before_start,
    assessment_days_after_end: rules.assessment_days_after_end,
    end_score_days: rules.end_score_days,
    index_event: rules.index_event,
    start_contact: rules.start_contact,
    window_months: rules.window_months,
    is_national_parity: rules.national_parity ? 1 : 0,
    mainly_seen_by: rules.mainly_seen_by,
    two_arms: rules.two_arms,
    side_by_side_days: rules.side_by_side_days,
    transfer_days: rules.transfer_days,
    secondary_care_days: rules.secondary_care_days,
    data_start_day: data_start === undefined ? null : dayNumber(data_start as IsoDate),
    data_end_day: data_end === undefined ? lastDayFound(sqlite) : dayNumber(data_end as IsoDate),
  }
}

/** Of a file in whose place no later one stands. */
const IS_STANDING = 'file_id not in (select file_id from import_file where superseded_by is not null)'

/** Where the project does not say when its data end: the last day on which anything was recorded. */
function lastDayFound(sqlite: SqliteDatabase): number {
  const days = [
    ['assessment_record', 'assessed_day'],
    ['referral_record', 'referral_day'],
    ['referral_record', 'discharge_day'],
    ['contact_record', 'contact_day'],
    ['cluster_record', 'assessed_day'],
    ['risk_rating_record', 'rated_day'],
    ['service_event', 'start_day'],
  ]
  const union = days
    .map(([table, column]) => `select max(${column}) as day from ${table} where ${IS_STANDING}`)
    .join(' union all ')
  return (sqlite.prepare(`select max(day) from (${union})`).pluck().get() as number | null) ?? 0
}

/** The services that the project names, and any that only the exports do. */
function serviceRows(sqlite: SqliteDatabase, project: Project) {
  const named = project.services.map((it) => ({
    service_code: it.code,
    service_name: it.name,
    area: it.area,
    icb_code: it.icb ?? null,
    provider_code: it.provider ?? null,
  }))
  const found = sqlite
    .prepare(
      `select service_code from referral_record where ${IS_STANDING}
       union select service_code from assessment_record where ${IS_STANDING}
       union select service_code from contact_record where ${IS_STANDING} order by 1`,
    )
    .pluck()
    .all() as string[]
  const others = found.filter((code) => !named.some((it) => it.service_code === code))
  return [
    ...named,
    ...others.map((code) => ({
      service_code: code,
      service_name: others.length === 1 && named.length === 0 ? project.project : code,
      area: '',
      icb_code: null,
      provider_code: null,
    })),
  ]
}
