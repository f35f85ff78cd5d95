import { csv } from './project-room.ts'

const DAY = 86_400_000

/** The day so many days after 1 January 2023. */
export function dayOf2023(day: number): string {
  return new Date(Date.UTC(2023, 0, 1) + day * DAY).toISOString().slice(0, 10)
}

/** One person's course: days from 1 January 2023. */
export interface CoursePerson {
  readonly id: string
  readonly team?: string
  readonly referred?: number
  readonly left?: number
  readonly reason?: string
  /** ReQoL-10. */
  readonly scores?: readonly (readonly [day: number, score: number])[]
  readonly attended?: number
  readonly missed?: number
}

const PROFILES = {
  'referrals.yaml': `
profile: referrals-of-the-test
title: Referrals of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: referral
    team: { column: team, optional: true }
    referral_date: referred
    discharge_date: { column: left, optional: true }
    discharge_reason: { column: reason, optional: true }
`,
  'contacts.yaml': `
profile: contacts-of-the-test
title: Contacts of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: contact
    contact_date: date
    attendance: { column: attended, codes: { Y: attended, N: did_not_attend } }
    mode: { column: mode, codes: { room: face_to_face, video: video } }
    duration_minutes: minutes
`,
  'scores.yaml': `
profile: scores-of-the-test
title: Scores of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: score
    measure: measure
    assessed_date: date
    score: score
`,
} as const

/** A register, contacts (one a week: attended ones in a room, every third by video, 50 minutes) and scores. */
export function courseExports(people: readonly CoursePerson[]): Record<string, string> {
  const contacts = people.flatMap(({ id, referred = 0, attended = 0, missed = 0 }) =>
    Array.from({ length: attended + missed }, (_, nth) => ({
      id,
      on: referred + 1 + 7 * nth,
      came: nth < attended,
      nth,
    })),
  )
  return {
    ...PROFILES,
    'exports/referrals.csv': csv('person,team,referred,left,reason', people, (it) =>
      [
        ...[it.id, it.team ?? '', dayOf2023(it.referred ?? 0)],
        ...[it.left === undefined ? '' : dayOf2023(it.left), it.reason ?? ''],
      ].join(','),
    ),
    'exports/contacts.csv': csv('person,date,attended,mode,minutes', contacts, ({ id, on, came, nth }) =>
      [id, dayOf2023(on), came ? 'Y' : 'N', nth % 3 === 2 ? 'video' : 'room', 50].join(','),
    ),
    'exports/scores.csv': csv(
      'person,date,measure,score',
      people.flatMap((it) => (it.scores ?? []).map(([day, score]) => ({ id: it.id, day, score }))),
      ({ id, day, score }) => [id, dayOf2023(day), 'reqol-10', score].join(','),
    ),
  }
}

export function courseSettings(more = '', service = ''): string {
  return `
project: A service of the test
data_end: 2025-12-31
services: [{ code: team, name: The team, provider: P1${service} }]
sources:
  - { files: referrals.csv, profile: referrals.yaml, service: team }
  - { files: contacts.csv, profile: contacts.yaml, service: team }
  - { files: scores.csv, profile: scores.yaml, service: team }
${more}`
}

/** `n` people alike, numbered from one. */
export function coursePeople(
  n: number,
  prefix: string,
  facts: (nth: number) => Omit<CoursePerson, 'id'>,
): CoursePerson[] {
  return Array.from({ length: n }, (_, nth) => ({ id: `${prefix}${nth + 1}`, ...facts(nth) }))
}
