import type { Database as SqliteDatabase } from 'better-sqlite3'
import type { Insertable } from 'kysely'
import { replaceRows } from './insert-rows.ts'
import type {
  AnswerRangeTable,
  ArmRuleTable,
  ConfirmedCodingTable,
  FollowUpPointTable,
  FrequentRuleTable,
  MeasureScaleTable,
  MeasureStartTable,
  OverlapRuleTable,
  ServiceTable,
  SettingsTable,
  TeamLevelTable,
  UsageCoverageTable,
} from './table-types.ts'

/** The project's rules, as the models read them: exactly one row, put in place of the last one. */
export function fillSettings(sqlite: SqliteDatabase, settings: Omit<Insertable<SettingsTable>, 'settings_id'>): void {
  replaceRows(sqlite, 'settings', [{ settings_id: 1, ...settings }])
}

export function fillServices(sqlite: SqliteDatabase, services: readonly Insertable<ServiceTable>[]): void {
  replaceRows(sqlite, 'service', services)
}

/** Which event types were supplied for which service. A pair that is not listed is unknown, never zero. */
export function fillUsageCoverage(sqlite: SqliteDatabase, coverage: readonly Insertable<UsageCoverageTable>[]): void {
  replaceRows(sqlite, 'usage_coverage', coverage)
}

/** The measure files' facts that models join: direction, range, and what the national rule counts as a change. */
export function fillMeasureScales(sqlite: SqliteDatabase, scales: readonly Insertable<MeasureScaleTable>[]): void {
  replaceRows(sqlite, 'measure_scale', scales)
}

export function fillAnswerRanges(sqlite: SqliteDatabase, ranges: readonly Insertable<AnswerRangeTable>[]): void {
  replaceRows(sqlite, 'answer_range', ranges)
}

/** The day from which each service is known to have used a measure, where the project says so. */
export function fillMeasureStarts(sqlite: SqliteDatabase, starts: readonly Insertable<MeasureStartTable>[]): void {
  replaceRows(sqlite, 'measure_start', starts)
}

/** Codings that look unusual and that the project has confirmed. team '' stands for every team of the service. */
export function fillConfirmedCodings(
  sqlite: SqliteDatabase,
  codings: readonly Insertable<ConfirmedCodingTable>[],
): void {
  replaceRows(sqlite, 'confirmed_coding', codings)
}

/** Which recorded words stand for which intervention arm of a service. A service without any has its interventions for arms. */
export function fillArmRules(sqlite: SqliteDatabase, rules: readonly Insertable<ArmRuleTable>[]): void {
  replaceRows(sqlite, 'arm_rule', rules)
}

/** Words, in small letters, by which a referral's source says that the person came by themselves. */
export function fillSelfReferralSources(sqlite: SqliteDatabase, words: readonly string[]): void {
  replaceRows(
    sqlite,
    'self_referral_source',
    [...new Set(words.map((it) => it.toLowerCase()))].map((recorded_as) => ({ recorded_as })),
  )
}

/** Which event is told twice by which other, and how many days later that one may begin. */
export function fillOverlapRules(sqlite: SqliteDatabase, rules: readonly Insertable<OverlapRuleTable>[]): void {
  replaceRows(sqlite, 'overlap_rule', rules)
}

/** When scores after the end of an episode are asked for, and how near to it they have to be. */
export function fillFollowUpPoints(sqlite: SqliteDatabase, points: readonly Insertable<FollowUpPointTable>[]): void {
  replaceRows(sqlite, 'follow_up_point', points)
}

/** Which teams stand on which step, and which are secondary care. Teams in small letters; '' for every other team of the service. */
export function fillTeamLevels(sqlite: SqliteDatabase, levels: readonly Insertable<TeamLevelTable>[]): void {
  replaceRows(sqlite, 'team_level', levels)
}

/** From how many uses in a year a person is a frequent attender. */
export function fillFrequentRules(sqlite: SqliteDatabase, rules: readonly Insertable<FrequentRuleTable>[]): void {
  replaceRows(sqlite, 'frequent_rule', rules)
}
