import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { ReportSection } from '../../src/report/document.ts'
import { eventLabel } from '../../src/usage/event-types.ts'
import type { UseSensitivity } from '../../src/usage/use-sensitivity.ts'
import type { RunFacts, UsageAnalysis, UseSensitivityOf } from '../analysis.ts'
import { indexWords } from './cohort-words.ts'
import { releaseAllUsage, releaseRates, tooFew } from './release-usage.ts'
import { estimateCell, table } from './text.ts'
import { shortUsage } from './usage-figures.ts'

/** What the project chose, and how the leading comparison would have come out under another choice; what was counted once. */
export function useChoicesSection(gate: Gate, facts: RunFacts, usage: UsageAnalysis): ReportSection[] {
  const { sensitivity } = usage
  if (sensitivity === null) return []
  const index = indexWords(gate, facts)
  return [
    {
      id: 'choices',
      title: say`What if it had been counted otherwise?`,
      lead: say`Before and after are parted by the ${index}, ${gate.fact(facts.window_months)} months on each side. Each row makes one other choice and leaves the rest as it is: a finding that hangs on one choice is none.`,
      figures: [],
      tables: [choicesTable(gate, facts, usage, sensitivity), ...mergedTable(gate, usage)],
      notes: [
        say`To count from an event that only some people reach (a first attendance, a start of therapy) leaves out those who came once and no more, by what happened after they joined: such a row is about another, luckier group. Nobody is scaled up to a year: rates are per person-year of the time that was seen.`,
      ],
    },
  ]
}

function choicesTable(gate: Gate, facts: RunFacts, usage: UsageAnalysis, of: UseSensitivityOf): ReleasedTable {
  const label = gate.label(shortUsage(of.label))
  return table(
    gate,
    'choices',
    `${shortUsage(of.label)}: the rate ratio under other choices`,
    [
      ['choice', 'Choice', 'text'],
      ['people', 'People compared', 'count'],
      ['rate_before', 'Per person-year before', 'number'],
      ['rate_after', 'Per person-year after', 'number'],
      ['ratio', 'Rate ratio (95% interval)', 'text'],
    ],
    of.variations.map((it) => choiceRow(gate, facts, usage, of, it)),
    [
      say`${label}: after ÷ before, person as the unit. A choice that the data cannot tell from the one made (nobody has the event; no more time was recorded) has no row.`,
      ...(gate.policy.is_internal
        ? []
        : [
            say`A row that differs from the first by a few people only is withheld: the two together would tell of those few.`,
          ]),
    ],
  )
}

function choiceRow(
  gate: Gate,
  facts: RunFacts,
  usage: UsageAnalysis,
  of: UseSensitivityOf,
  it: UseSensitivity,
): ReleasedTable['rows'][number] {
  const is_withheld = isTellingOfFew(gate, usage, of, it)
  const behind = { before: it.n_users_before, after: it.n_users_after, is_withheld }
  const { n, rate_before, rate_after, ratio, ratio_low, ratio_high } = releaseRates(gate, it.events, behind)
  return {
    choice: choiceWords(gate, facts, it),
    people: is_withheld ? tooFew(gate) : n,
    rate_before,
    rate_after,
    ratio: estimateCell(ratio, ratio_low, ratio_high),
  }
}

/** The row as reported is withheld where the same figures are elsewhere; another where it is about nearly the same people or events. */
function isTellingOfFew(gate: Gate, usage: UsageAnalysis, of: UseSensitivityOf, it: UseSensitivity): boolean {
  if (releaseAllUsage(gate, usage).some(({ summary, is_withheld }) => is_withheld && summary.usage_id === of.usage_id))
    return true
  const made = of.variations[0]
  if (made === undefined || made === it) return false
  const apart = [
    Math.abs(made.events.n - it.events.n),
    Math.abs(made.events.events_before - it.events.events_before),
    Math.abs(made.events.events_after - it.events.events_after),
  ]
  return apart.some((n) => n > 0 && gate.count(n).is_suppressed)
}

function choiceWords(gate: Gate, facts: RunFacts, { what }: UseSensitivity): ReleasedText {
  const { choice } = what
  switch (what.kind) {
    case 'as_reported':
      return say`As reported: from the ${indexWords(gate, facts)}, ${gate.fact(choice.window_months)} months`
    case 'index_event':
      return say`If counted from the ${indexWords(gate, facts, choice.index_event)} instead`
    case 'window':
      return say`Windows of ${gate.fact(choice.window_months)} months`
    case 'exposure':
      return say`Only people seen for at least ${gate.fact(choice.min_exposure_days)} days on each side`
    case 'overlap':
      return say`Every event counted, also where several tell of one crisis`
  }
}

/** Nothing where no event was counted once for two. */
function mergedTable(gate: Gate, { merged }: UsageAnalysis): ReleasedTable[] {
  if (merged.length === 0) return []
  return [
    table(
      gate,
      'merged',
      'Counted once: events that another tells of',
      [
        ['event', 'Not counted', 'text'],
        ['kept', 'Because this was counted', 'text'],
        ['before', 'Before joining', 'count'],
        ['after', 'After joining', 'count'],
      ],
      merged.map((it) => ({
        event: gate.label(eventLabel(it.event_type)),
        kept: gate.label(eventLabel(it.kept_type)),
        before: gate.count(it.events_before, { people: it.n_people_before }),
        after: gate.count(it.events_after, { people: it.n_people_after }),
      })),
      [
        say`Those counted before and after, these, and those outside the windows are all that was recorded. The rule is in the words on who was counted.`,
      ],
    ),
  ]
}
