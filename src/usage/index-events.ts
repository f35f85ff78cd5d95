/** The day that parts before from after: which day of an episode may be taken for it. */
export const INDEX_EVENTS = ['referral', 'self_referral', 'first_contact', 'first_attendance', 'start'] as const

export type IndexEvent = (typeof INDEX_EVENTS)[number]
