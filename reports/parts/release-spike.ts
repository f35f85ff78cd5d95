import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { FallDoubt } from '../../src/usage/usage-result.ts'

/** Rate in the last three months before joining over that of the nine before them, from released counts. Null: not looked at. */
export function spikeRatio(gate: Gate, { spike, excluded }: FallDoubt): Released | null {
  if (spike === null) return null
  const time = (years: number) => gate.statistic(years, { n: excluded[0]?.n ?? 0, decimals: 1 })
  return gate.derive(
    [
      gate.count(spike.events_last_3),
      gate.count(spike.events_earlier),
      time(spike.person_years_last_3),
      time(spike.person_years_earlier),
    ],
    (last, earlier, short, long) => (earlier === 0 || short === 0 ? null : last / short / (earlier / long)),
    { decimals: 1, reason: say`none earlier` },
  )
}
