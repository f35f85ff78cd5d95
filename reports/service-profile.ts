/** A median and how many it is of; null where they are none. */
export interface Middle {
  readonly n: number
  readonly median: number | null
}

/** Who a service sees, how much of it they get, and when. */
export interface ServiceProfile {
  readonly age_at_start: Middle
  readonly days_to_first_contact: Middle
  /** Attended contacts of ended episodes; null where no contacts were supplied. */
  readonly attended_contacts: Middle | null
  readonly pairs: readonly PairProfile[]
}

/** Of one scale: the first score of all who have one, and the days from it to the last of those who have two. */
export interface PairProfile {
  readonly measure_id: string
  readonly scale_id: string
  readonly pre_score: Middle
  readonly days_between: Middle
}
