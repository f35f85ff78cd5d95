import type { Gate } from '../../src/disclosure/gate.ts'
import type { UsageSummary } from '../../src/usage/usage-result.ts'
import type { UsageAnalysis } from '../analysis.ts'

/**
 * The event types of a service whose figures are withheld in every table. First those used by too few people on either side. Then,
 * for every total that is shown (a declared group, and the cost of all types together), one more of its types, the least used:
 * the total less the types shown would otherwise be a figure about those few people.
 */
export function withheldTypes(gate: Gate, { summaries }: UsageAnalysis): ReadonlySet<string> {
  const singles = summaries.filter((it) => !it.is_group)
  const small = new Set(singles.filter((it) => isSmall(gate, it)).map((it) => it.usage_id))
  const totals = [...summaries.filter((it) => it.is_group), { event_types: singles.map((it) => it.usage_id) }]
  const withheld = new Set(small)
  for (const { event_types } of totals.toSorted((a, b) => a.event_types.length - b.event_types.length)) {
    const own = singles.filter((it) => event_types.some((type) => type === it.usage_id))
    const within = own.filter((it) => withheld.has(it.usage_id))
    if (within.length === 0 || within.some((it) => !small.has(it.usage_id))) continue
    const cover = leastUsed(
      gate,
      own.filter((it) => !withheld.has(it.usage_id)),
    )
    if (cover !== undefined) withheld.add(cover.usage_id)
  }
  return withheld
}

function isSmall(gate: Gate, { events, any_use }: UsageSummary): boolean {
  return [
    gate.count(events.events_before, { people: any_use.n_before }),
    gate.count(events.events_after, { people: any_use.n_after }),
  ].some((count) => count.is_suppressed)
}

/** By released counts, so that the choice says nothing more. A type with none on a side covers nothing there. */
function leastUsed(gate: Gate, candidates: readonly UsageSummary[]): UsageSummary | undefined {
  const used = (n: number) => gate.count(n).value ?? 0
  const total = ({ events }: UsageSummary) => used(events.events_before) + used(events.events_after)
  const [least] = candidates
    .filter(({ events }) => events.events_before > 0 && events.events_after > 0)
    .toSorted((a, b) => total(a) - total(b))
  return least ?? candidates[0]
}
