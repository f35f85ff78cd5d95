import type { Measure } from '../measures/measure.ts'
import { questionnaire } from './instruments.ts'
import type { Profile, Yield } from './profile.ts'
import { itemHeadings } from './yields/items.ts'

type Assessment = Extract<Yield, { kind: 'assessment' }>

const KIND_WORDS: Readonly<Record<Exclude<Yield['kind'], 'assessment'>, string>> = {
  person: 'people',
  referral: 'referrals',
  contact: 'contacts',
  event: 'use of services',
  coded_score: 'scores under SNOMED CT codes',
  score: 'scores under the name of a measure',
  item: 'single answers',
  aggregate: 'counts',
  code_list: 'a list of codes',
  care_activity: 'which contact an activity belongs to',
  cluster: 'cluster assessments',
  risk_rating: 'ratings of risk',
  referral_team: 'teams of referrals',
  anonymous_score: 'scores of people not known, to be counted',
  submission: 'which submission a record came in',
}

/** What a profile reads from a record, each thing once, in words. */
export function yieldWords({ yields }: Profile): readonly string[] {
  return [...new Set(yields.map((each) => (each.kind === 'assessment' ? formWords(each) : KIND_WORDS[each.kind])))]
}

/** What whoever uses a profile has to know of it: where numbers are moved, and what no public source confirms. */
export function cautions({ yields, unconfirmed }: Profile): readonly string[] {
  const moved = yields.flatMap((each) => (each.kind === 'assessment' && each.minus !== 0 ? [shiftWords(each)] : []))
  return [...moved, ...unconfirmed.map((fact) => `Not confirmed: ${fact}`)]
}

function formWords(parts: Assessment): string {
  const items = parts.json_items === undefined ? itemHeadings(parts).length : 'JSON'
  const what = [
    ...(items === 0 ? [] : [items === 'JSON' ? 'answers in JSON' : `${items} ${items === 1 ? 'answer' : 'answers'}`]),
    ...(parts.total === undefined ? [] : [parts.total_scale === 'total' ? 'total' : parts.total_scale]),
    ...(parts.coding === 'raw' ? ['raw digits'] : []),
  ]
  return `${measureNames(parts).join(', ')} (${what.join(', ')})`
}

function shiftWords(parts: Assessment): string {
  const measure = constantMeasure(parts)
  const { min, max } = measure?.items[0] ?? { min: 0, max: 0 }
  const range = `${min + parts.minus}-${max + parts.minus} for ${min}-${max}`
  return `${measureNames(parts).join(', ')}: answers are written ${range}; ${parts.minus > 0 ? `${parts.minus} is taken from` : `${-parts.minus} is added to`} every one.`
}

function measureNames({ measure }: Assessment): readonly string[] {
  if (typeof measure === 'string' || Array.isArray(measure)) return ['any measure']
  const names = 'constant' in measure ? [measure.constant] : Object.values(measure.codes ?? {})
  return names.length === 0 ? ['any measure'] : [...new Set(names)]
}

function constantMeasure({ measure }: Assessment): Measure | undefined {
  return typeof measure === 'object' && 'constant' in measure ? questionnaire(measure.constant) : undefined
}
