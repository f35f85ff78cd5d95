import { stringify } from 'yaml'
import type { OddFile } from '../../../fixtures/odd-files/files.ts'
import type { TrueScore } from '../../../fixtures/odd-files/truth.ts'
import { examineFile } from '../../../src/ingest/examine-file.ts'
import { type Inference, inferFile } from '../../../src/ingest/infer/infer-file.ts'
import type { Profile } from '../../../src/ingest/profile.ts'
import type { AssessmentRecordRow } from '../../../src/measures/assessment-rows.ts'
import { scoreRecords } from '../../../src/measures/score-records.ts'
import { context, file, load, profile as profileOf, pseudonymiser } from '../reading-room.ts'

/** What became of an odd file. */
export interface Mapped {
  readonly inference: Inference
  /** Questions that stand open. */
  readonly asked: readonly string[]
  /** `who date measure scale score` of everything loaded; null where the file was not read. */
  readonly scores: readonly string[] | null
  readonly faults: readonly string[]
}

const SCALES = new Set(['total', 'sqol', 'treatment_satisfaction', 'ptsd', 'dso', 'goal_1', 'goal_2', 'goal_3'])

/** Guesses a file, loads it by the guess if there is one, and scores it. The profile goes through its own text, as it would. */
export async function mapOdd(odd: OddFile, answers: Readonly<Record<string, string>> = {}): Promise<Mapped> {
  const path = file(odd.bytes, odd.name)
  const inference = await inferFile(await examineFile(path), new Map(Object.entries(answers)))
  const asked = inference.guess.questions.map(({ id }) => id)
  const { profile } = inference.guess
  if (profile === null) return { inference, asked, scores: null, faults: [] }
  return { inference, asked, ...(await scored(path, profile)) }
}

async function scored(path: string, profile: Profile) {
  const { store, faults } = await load(path, profileOf(stringify(profile)), {
    context: { today: '2026-04-01' as never },
  })
  const records = store.sqlite
    .prepare(
      `select assessment_record.*, coalesce(nhs.pseudonym, local.pseudonym) as who from assessment_record
       left join identity as nhs on nhs.identity_key = assessment_record.nhs_identity_key
       left join identity as local on local.identity_key = assessment_record.local_identity_key
       order by measure_id, nhs_identity_key, local_identity_key, referral_ref, assessed_day, assessment_id`,
    )
    .all() as (AssessmentRecordRow & { who: string })[]
  const who = new Map(records.map((record) => [record.assessment_id, record.who]))
  const rows = [...scoreRecords(records)].flatMap((form) => form.rows)
  const scores = rows.flatMap(({ assessment_id, assessed_date, measure_id, scale_id, score }) =>
    score === null || !SCALES.has(scale_id)
      ? []
      : [written(who.get(assessment_id) ?? '', assessed_date, measure_id, scale_id, score)],
  )
  const held = faults()
  store.close()
  return { scores: scores.toSorted(), faults: held }
}

/** The truth in the same words: people by the pseudonym that their number gets. */
export function truthOf({ truth }: OddFile): readonly string[] {
  return truth
    .map(({ who, date, measure, scale, score }: TrueScore) => written(pseudonymOf(who), date, measure, scale, score))
    .toSorted()
}

function pseudonymOf(who: string): string {
  return /^\d{10}$/.test(who)
    ? pseudonymiser.pseudonym('nhs_number', who)
    : pseudonymiser.pseudonym('local_id', `${context.provider}:${who}`)
}

function written(who: string, date: string, measure: string, scale: string, score: number): string {
  return `${who} ${date} ${measure} ${scale} ${score.toFixed(4)}`
}
