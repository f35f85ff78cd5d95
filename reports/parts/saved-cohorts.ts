import type { BaselineCriterion, Cohort } from '../../src/change/cohorts.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import { measureById } from '../../src/measures/registry.ts'
import type { GroupDimensionId, RunFacts, ServiceAnalysis } from '../analysis.ts'
import { groupWords } from './group-words.ts'
import { shortMeasureName } from './measure-words.ts'
import { dateInWords, join } from './text.ts'

const LISTED = [
  ['neurodiversity', 'neurodiversity', 'neurodiversity'],
  ['age_band', 'age_band', 'age'],
  ['gender', 'gender', 'gender'],
  ['ethnic_group', 'ethnic_group', 'ethnic group'],
  ['deprivation_quintile', 'deprivation_quintile', 'deprivation'],
  ['pathway', 'pathway', 'pathway'],
  ['intervention', 'intervention', 'intervention'],
  ['staff_role', 'main_staff_role', 'mainly seen by'],
] as const satisfies readonly (readonly [keyof Cohort, GroupDimensionId, string])[]

/** Every saved cohort in words, as the head of a report prints it. */
export function savedCohortWords(gate: Gate, facts: RunFacts): readonly ReleasedText[] {
  return facts.cohorts.map((it) => say`Named cohort “${gate.label(it.name)}”: ${criteriaWords(gate, it)}.`)
}

/** What people have to meet, every criterion of it. */
export function criteriaWords(gate: Gate, cohort: Cohort): ReleasedText {
  const parts = [
    ...(cohort.service === undefined ? [] : [say`service ${gate.label(cohort.service)}`]),
    ...cohort.baseline.map((it) => baselineWords(gate, it)),
    ...LISTED.flatMap(([criterion, dimension, words]) => {
      const values = cohort[criterion]
      if (values === undefined) return []
      const said = values.map((value) => groupWords(dimension, String(value))).join(' or ')
      return [say`${words}: ${gate.label(said)}`]
    }),
    ...(cohort.min_contacts === undefined ? [] : [say`${gate.fact(cohort.min_contacts)} or more attended contacts`]),
  ]
  return parts.length === 0 ? say`everyone` : join(parts, '; ')
}

function baselineWords(gate: Gate, { measure, scale, is, at_least, below }: BaselineCriterion): ReleasedText {
  const name = shortMeasureName(measureById(measure)?.name ?? measure)
  const first = gate.label(scale === 'total' ? `first ${name}` : `first ${name} ${scale.replaceAll('_', ' ')}`)
  if (is !== undefined) return say`${first} ${gate.label(is.join(' or '))}`
  if (at_least === undefined) return say`${first} below ${gate.fact(below as number)}`
  return below === undefined
    ? say`${first} at or above ${gate.fact(at_least)}`
    : say`${first} from ${gate.fact(at_least)} to below ${gate.fact(below)}`
}

/** What the service has been part of. A move changes no number: the service's people and their history stay its own. */
export function partOfWords(gate: Gate, { part_of }: ServiceAnalysis): readonly ReleasedText[] {
  if (part_of.length === 0) return []
  const said = part_of.map(({ to, from }) =>
    from === null ? say`${gate.label(to)}` : say`${gate.label(to)} from ${dateInWords(gate, from)}`,
  )
  return [say`The service has been part of ${join(said, '; ')}. It is one service throughout.`]
}
