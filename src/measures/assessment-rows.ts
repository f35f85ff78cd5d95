import type { Coding } from './measure.ts'

/** What a loaded form or score and its results have in common. */
interface AboutAssessment {
  readonly assessment_id: number
  readonly nhs_identity_key: number | null
  readonly local_identity_key: number | null
  readonly referral_ref: string | null
  readonly service_code: string
  readonly team: string | null
  readonly measure_id: string
  readonly assessed_date: string
  readonly assessed_day: number
}

/** The columns of the model stg_assessments_dated that scoring reads. */
export interface AssessmentRecordRow extends AboutAssessment {
  readonly coding: Coding
  /** Answers as given, in the instrument's order, parted by commas; null where only a score came. */
  readonly items: string | null
  /** Which scale `supplied_score` is; null means `total`. */
  readonly supplied_scale: string | null
  readonly supplied_score: number | null
  /** When each goal was set, in the order of the goals, parted by commas; one date where the record is of one goal. */
  readonly goals_set?: string | null // left out: the export does not say
}

/**
 * sentinel: a value that the national lists accept and that is not an answer (DIALOG 8); `score` keeps it for the national
 * rule alone. Only `scored` rows are scores.
 */
export type ScoreStatus = 'scored' | 'too_many_missing' | 'invalid' | 'undecided' | 'sentinel'

/** A row of the table assessment_score. assessment_id is that of the first record of the form. */
export interface AssessmentScoreRow extends AboutAssessment {
  readonly scale_id: string
  readonly score: number | null
  readonly category: string | null
  readonly score_status: ScoreStatus
  readonly n_answered: number
  readonly n_expected: number
  /** items, items_<how> where answers were missing or set aside, or supplied; null where there is no score. */
  readonly method: string | null
  /** whole_scale, the items that are counted (goal1+goal3), or not_stated; null where there is no score. Only one basis compares. */
  readonly basis: string | null
}

/**
 * A doubt about a record that was scored all the same.
 * total_disagrees: the score worked out from the items is kept, the one supplied is not. total_not_checked: a score was
 * supplied beside items that give none, and is not used. not_a_whole_score: kept as supplied.
 * score_out_of_range, unknown_scale, answers_invalid, raw_coding_unknown: no score. repeated_score: a copy, left out.
 */
export interface ScoreFlag {
  readonly assessment_id: number
  readonly code:
    | 'total_disagrees'
    | 'total_not_checked'
    | 'not_a_whole_score'
    | 'score_out_of_range'
    | 'unknown_scale'
    | 'answers_invalid'
    | 'raw_coding_unknown'
    | 'wrong_number_of_answers'
    | 'repeated_score'
  readonly scale_id: string | null
}

export interface ScoredAssessment {
  readonly rows: readonly AssessmentScoreRow[]
  readonly flags: readonly ScoreFlag[]
}
