import type { Move, SecondaryCare, WithinDays } from '../src/usage/flows-summary.ts'

/** Where a service's people came from, moved to, went on to and came back from. */
export interface FlowsAnalysis {
  /** Stays with the service's teams: how they came to be, and how they ended. */
  readonly stays: StayCounts
  readonly teams: readonly (StayCounts & { readonly team: string; readonly step: number | null })[]
  readonly has_steps: boolean
  readonly transfer_days: number
  /** Moves out of the service's teams. */
  readonly moves_out: readonly Move[]
  /** Moves into them from other services. */
  readonly moves_in: readonly Move[]
  readonly n_left: number
  readonly returned: WithinDays
  /** Null where the project names no secondary care, or the service is that itself. */
  readonly secondary_care: SecondaryCare | null
  readonly secondary_care_days: number
  readonly frequent: readonly FrequentAnalysis[]
  readonly reach: readonly ReachAnalysis[]
}

/** n_new + n_moved_in + n_again = n_open + n_moved_out + n_left. */
export interface StayCounts {
  readonly n_new: number
  readonly n_moved_in: number
  readonly n_again: number
  readonly n_open: number
  readonly n_moved_out: number
  readonly n_left: number
}

/** Frequent attenders of one year and the next, of people seen for the whole of both. */
export interface FrequentAnalysis {
  readonly uses: string
  readonly at_least: number
  /** -2: the second year before joining, and the first before it. -1: the year before joining, and the year after. */
  readonly first_year: -2 | -1
  readonly n_both: number
  readonly n_first_only: number
  readonly n_second_only: number
  readonly n_neither: number
  readonly uses_first: number
  readonly uses_second: number
}

/** How many of a population were seen in the last 365 days of the data. */
export interface ReachAnalysis {
  readonly who: string
  readonly people: number
  readonly source: string
  readonly n_recent: number
  readonly n_not_recent: number
}

/** An integrated care board: whoever was in two of its services is one person. */
export interface IcbAnalysis {
  readonly icb_code: string
  readonly service_codes: readonly string[]
  readonly n_in_one: number
  readonly n_in_several: number
  readonly reach: readonly ReachAnalysis[]
}
