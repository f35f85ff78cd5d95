import type { Answers } from './answers.ts'

export const MEASURE_IDS = [
  'reqol-10',
  'reqol-20',
  'dialog',
  'gbo',
  'itq',
  'pcl-5',
  'phq-9',
  'gad-7',
  'wsas',
  'core-10',
  'eq-5d-5l',
  'fft',
] as const
export type MeasureId = (typeof MEASURE_IDS)[number]

/** Which way the score of a person who gets better moves. Only `improvement()` reads it. */
export type Better = 'higher' | 'lower'

/** scored: every digit already points the measure's way. raw: as printed beside the answer, some items still to be reversed. */
export type Coding = 'scored' | 'raw'

/**
 * How far a value can be relied on. CONFIRMED: read in the source named. FROM-MEMORY: well known, not seen in a source.
 * UNCONFIRMED: looked for and not found, or inferred. CONFIGURED: set by the project.
 */
export const EVIDENCE_STATUSES = ['CONFIRMED', 'FROM-MEMORY', 'UNCONFIRMED', 'CONFIGURED'] as const
export type EvidenceStatus = (typeof EVIDENCE_STATUSES)[number]
export interface Evidence {
  readonly source: string
  readonly status: EvidenceStatus
}

export type CaseWhen = 'below' | 'at_or_above'

/** The least change, in either direction, that counts; reached is enough (inclusive). */
export interface ReliableChange extends Evidence {
  readonly points: number
}

export interface Cutoff extends Evidence {
  readonly case_when: CaseWhen
  readonly value: number
}

/** A threshold that is published or in use but is not this product's default. */
export interface OtherThreshold extends Evidence {
  readonly kind: 'reliable_change' | 'cutoff' | 'legacy'
  readonly value: number
  readonly meaning: string
}

/** A severity band: from `from` up to the next band's `from`. */
export interface Band {
  readonly from: number
  readonly severity: string
}

/** A SNOMED CT code under which the scale is sent, with the range that the national lists accept. Codes are strings, always. */
export interface ScaleCode extends Evidence {
  readonly code: string
  readonly min: number
  readonly max: number
  readonly generation: 'current' | 'older'
}

/**
 * How a scale comes from its items. mean_of_rated: mean of the items that are in use, however many.
 * percentage: the scale's items as a share of all the measure's items, times 100. value_set: EQ-5D utility.
 */
export type ScaleRule = 'sum' | 'mean' | 'mean_of_rated' | 'item' | 'percentage' | 'value_set'

export interface Scale {
  readonly scale_id: string
  readonly label: string
  readonly min: number
  readonly max: number
  readonly better: Better
  readonly rule: ScaleRule
  readonly items: readonly string[]
  /** Null where no value was found in a source: the scale then has no reliable change unless the project sets one. */
  readonly reliable_change: ReliableChange | null
  readonly cutoff: Cutoff | null
  /** Points by which NHS England's published rule counts the scale; null where that rule leaves it out. */
  readonly national_change_points: number | null
  readonly other_thresholds: readonly OtherThreshold[]
  readonly bands: readonly Band[]
  readonly codes: readonly ScaleCode[]
}

/** An answer in words that an algorithm gives, such as a probable diagnosis. */
export interface CategoryScale extends Evidence {
  readonly scale_id: string
  readonly label: string
  readonly categories: readonly string[]
}

export interface Item {
  readonly item_id: string
  /** A neutral theme, never the questionnaire's wording; null where none is needed. */
  readonly theme: string | null
  readonly min: number
  readonly max: number
  /** May be absent from an extract. A fault in it touches only the scales that use it. */
  readonly is_optional: boolean
}

/** A digit that is accepted in an answer's place and is not an answer. */
export interface Sentinel extends Evidence {
  readonly value: number
  readonly items: readonly string[]
  readonly means: 'not_answered' | 'not_applicable'
}

/** at_most: how many of a scale's items may be missing. is_default: used unless the reader asks for strict scoring. */
export interface MissingRule extends Evidence {
  readonly allowed: 'none' | 'prorate' | 'available_case'
  readonly at_most: number
  readonly is_default: boolean
}

export interface Licence extends Evidence {
  readonly terms: string
}

export type Flag = boolean | number | string | null
export type Flags = Readonly<Record<string, Flag>>

/** One instrument as reviewed data. Scoring rules that data cannot say are in `flags`. */
export interface Measure {
  readonly measure_id: MeasureId
  readonly name: string
  readonly aliases: readonly string[]
  /** aggregate: counts of many people's answers, with no person behind them. */
  readonly kind: 'questionnaire' | 'aggregate'
  /** The way the digits of scored items point. */
  readonly better: Better
  readonly items: readonly Item[]
  /** Items to turn round in raw coding; null where that is not known, so that raw coding must be refused. */
  readonly reversed: readonly string[] | null
  /** True where raw and scored digits look alike, so that the feed must say which it holds. */
  readonly needs_coding: boolean
  readonly sentinels: readonly Sentinel[]
  readonly missing: MissingRule
  readonly scales: readonly Scale[]
  readonly category_scales: readonly CategoryScale[]
  /** The item whose any answer but the best one should be seen by a clinician. */
  readonly risk_item: string | null
  readonly licence: Licence
  readonly notes: readonly string[]
  /** Findings beside the scores; missing answers make a finding null unless the other answers settle it. */
  readonly flags?: (answers: Answers) => Flags
}
