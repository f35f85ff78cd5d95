import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { FallDoubt } from '../../src/usage/usage-result.ts'

/** Rate in the last three months before joining over that of the nine before them, from released counts. Null: not looked at. */
export function spikeRatio(gate: Gate, { spike, excluded }: FallDoubt): Released | null {
  if (spike === null) return null
  const { person_years_last_3, person_years_earlier } = spike
  // One time over the other, about a third: either alone would be the number of people.
  const share = person_years_earlier === 0 ? null : person_years_last_3 / person_years_earlier
  return gate.derive(
    [
      gate.count(spike.events_last_3),
      gate.count(spike.events_earlier),
      gate.statistic(share, { n: excluded[0]?.n ?? 0, decimals: 2, reason: say`no person-time` }),
    ],
    (last, earlier, time) => (earlier === 0 || time === 0 ? null : last / earlier / time),
    { decimals: 1, reason: say`none earlier` },
  )
}
