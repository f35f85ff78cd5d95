/** Why a sound record is held back whole: what it would have taken to be loaded. */
export const WITHHELD = {
  opted_out: 'a person who has not opted out of uses of their records beyond their own care',
  purged: 'a person whose records were not purged from this store',
  past_retention: 'a date on or after the day before which records were purged',
} as const

export type WithheldReason = keyof typeof WITHHELD
