import type { ReasonCount, RuleComparison } from '../../src/change/own-and-national.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedRow, ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { ReportSection } from '../../src/report/document.ts'
import type { OutcomeAnalysis, RunFacts, ServiceAnalysis } from '../analysis.ts'
import { scaleWords } from './measure-words.ts'
import { table } from './text.ts'

const REASON_WORDS: Readonly<Record<string, string>> = {
  rejected: 'the referral was rejected',
  referred_before_april_2019: 'referred before April 2019',
  age_unknown: 'age not known',
  under_18: 'under 18',
  other_team_type: 'another type of team',
  organic_disorder: 'referred for an organic disorder',
  contacts_not_supplied: 'the rule needs contacts and none were in the exports',
  under_two_direct_contacts: 'fewer than two attended direct contacts',
  open_under_180_days: 'open for less than 180 days',
  first_answer_is_no_score:
    'the first answer in the referral is no score, and the published query then has no baseline',
  no_later_score_in_referral: 'the two scores are in different referrals of one episode, or of one day',
  no_referral_holds_scores: 'no referral was supplied that holds the scores',
  scores_set_aside: 'scores that contradict one another, which the service’s rule sets aside',
  outside_every_episode: 'scores from outside every episode',
  counts_other_items: 'the later score counts other items than the first',
  one_score_in_episode: 'only one of the scores is in the episode',
  scores_too_close: 'the scores are too few days apart for the service’s rule',
}

/** The service's number beside the national one: everyone whom one of them counts and the other does not, by reason. */
export function ownNationalSections(gate: Gate, facts: RunFacts, service: ServiceAnalysis): readonly ReportSection[] {
  const compared = service.outcomes.flatMap(({ rules, ...it }) =>
    rules === null || rules.n_own_pairs + rules.n_national_pairs === 0 ? [] : [{ ...it, rules }],
  )
  const [first, ...others] = compared.toSorted(
    (a, b) => Number(b.scale_id === 'total') - Number(a.scale_id === 'total'),
  )
  if (first === undefined) return []
  const released = releaseRules(gate, first.rules)
  return [
    {
      id: 'own-and-national-people',
      title: say`Your number and the national number`,
      lead: lead(gate, first, released),
      figures: [],
      tables: [reasonTable(gate, first, released)],
      appendix: others.length === 0 ? [] : [otherScales(gate, others)],
      notes: [
        facts.is_national_parity
          ? say`The national rule is followed with its published slips: values rounded to whole numbers, a first answer of 8 taking the place of a baseline, pairs of one day. Set rules.national_parity to false to count without them.`
          : say`The national rule is followed as it is written. Set rules.national_parity to true to repeat the slips of its published code as well.`,
        say`Two conditions of the national rule cannot be tested here, because the exports do not say: hospital spells and area of residence.`,
      ],
    },
  ]
}

interface ReleasedRules {
  readonly same: Released
  readonly other: Released
  readonly own_only: readonly ReleasedReason[]
  readonly national_only: readonly ReleasedReason[]
  readonly own: Released
  readonly national: Released
}

interface ReleasedReason {
  readonly words: string
  readonly n: Released
}

/** One released number for each group of people: totals are added up from those, so that the table adds up. */
function releaseRules(gate: Gate, rules: RuleComparison): ReleasedRules {
  const both = { same: rules.n_same_scores, other: rules.n_other_scores }
  const counts = (reasons: readonly ReasonCount[]) => Object.fromEntries(reasons.map((it) => [it.reason, it.n]))
  const own = gate.partition({ ...both, ...counts(rules.own_only) })
  const national = gate.partition({ ...both, ...counts(rules.national_only) })
  const words = (reasons: readonly ReasonCount[]) =>
    reasons.map(({ reason, n }) => ({ words: REASON_WORDS[reason] ?? reason, n: gate.count(n) }))
  return {
    same: gate.count(both.same),
    other: gate.count(both.other),
    own_only: words(rules.own_only),
    national_only: words(rules.national_only),
    own: own.total,
    national: national.total,
  }
}

type Named = Pick<OutcomeAnalysis, 'measure_id' | 'measure_name' | 'scale_id' | 'scale_label'>

function nameOf(gate: Gate, { measure_name, scale_id, scale_label }: Named): ReleasedText {
  return gate.label(scaleWords(measure_name, scale_id, scale_label))
}

function lead(gate: Gate, named: Named, it: ReleasedRules): ReleasedText {
  const most = mostOf(it)
  const start = say`For ${nameOf(gate, named)}, the service’s own rule counts ${it.own} people with two scores, NHS England’s published rule ${it.national}.`
  if (most === undefined) return say`${start} They are the same people.`
  return say`${start} Most of the difference: ${gate.label(most.words)} (${most.n}).`
}

/** The scales after the first, a row each: people by either rule, without the reasons. */
function otherScales(gate: Gate, compared: readonly (Named & { readonly rules: RuleComparison })[]): ReleasedTable {
  return table(
    gate,
    'own-and-national-scales',
    'People whom each rule counts, other scales',
    [
      ['label', 'Scale', 'text'],
      ['both', 'Both rules', 'count'],
      ['own_only', 'Own rule only', 'count'],
      ['national_only', 'National rule only', 'count'],
      ['most', 'Reason that applies to most', 'text'],
    ],
    compared.map((it) => {
      const sum = (reasons: readonly ReasonCount[]) =>
        gate.partition(Object.fromEntries(reasons.map(({ reason, n }) => [reason, n]))).total
      const most = mostOf(releaseRules(gate, it.rules))
      return {
        label: nameOf(gate, it),
        both: gate.partition({ same: it.rules.n_same_scores, other: it.rules.n_other_scores }).total,
        own_only: sum(it.rules.own_only),
        national_only: sum(it.rules.national_only),
        most: gate.label(most?.words ?? 'the same people'),
      }
    }),
  )
}

function mostOf({ own_only, national_only }: ReleasedRules): ReleasedReason | undefined {
  return [...own_only, ...national_only].toSorted((a, b) => (b.n.value ?? 0) - (a.n.value ?? 0))[0]
}

function reasonTable(gate: Gate, named: Named, it: ReleasedRules): ReleasedTable {
  const row = (label: ReleasedText, own: Released, national: Released): ReleasedRow => ({ label, own, national })
  const none = gate.absent(say`not counted`)
  return table(
    gate,
    `own-and-national-${named.measure_id}-${named.scale_id}`.replaceAll('_', '-'),
    `People whom each rule counts, ${scaleWords(named.measure_name, named.scale_id, named.scale_label)}`,
    [
      ['label', 'People with two scores', 'text'],
      ['own', 'Own rule', 'count'],
      ['national', 'National rule', 'count'],
    ],
    [
      row(say`Counted by both, with the same two scores`, it.same, it.same),
      row(say`Counted by both, with other scores`, it.other, it.other),
      ...it.own_only.map(({ words, n }) => row(say`Own rule only: ${gate.label(words)}`, n, none)),
      ...it.national_only.map(({ words, n }) => row(say`National rule only: ${gate.label(words)}`, none, n)),
      row(say`All`, it.own, it.national),
    ],
    [
      say`Each person stands in one row, by the first reason that applies, and the rows add up. The own rule counts episodes, the national rule referrals: somebody with several is one person here.`,
    ],
  )
}
