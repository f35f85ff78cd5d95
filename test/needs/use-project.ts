import { csv } from './project-room.ts'

/** One person of a service, by day from joining on 1 April 2023: events before are below 0. */
export interface UsePerson {
  readonly id: string
  /** Days from joining on which the person came to A&E. */
  readonly events: readonly number[]
  readonly service?: string
  readonly gender?: string
  readonly died?: number
}

const DAY = 86_400_000
const JOINED = Date.UTC(2023, 3, 1)

export function dayFromJoining(day: number): string {
  return new Date(JOINED + day * DAY).toISOString().slice(0, 10)
}

/** A service whose people all joined on one day, and their attendances. */
export function useExports(people: readonly UsePerson[]): Record<string, string> {
  return {
    'register.yaml': `
profile: register-of-the-test
title: Register of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: person
    gender: { column: gender, optional: true }
  - kind: referral
    service: service
    referral_date: referred
`,
    'attendances.yaml': `
profile: attendances-of-the-test
title: Attendances of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: event
    event_type: { constant: ae_mental_health }
    start_date: date
`,
    'exports/register.csv': csv(
      'person,service,gender,referred',
      people,
      ({ id, service, gender }) => `${id},${service ?? 'team'},${gender ?? ''},${dayFromJoining(0)}`,
    ),
    'exports/attendances.csv': csv(
      'person,date',
      people.flatMap(({ id, events }) => events.map((day) => ({ id, day }))),
      ({ id, day }) => `${id},${dayFromJoining(day)}`,
    ),
  }
}

/** Its settings; `start`: when recording began. */
export function useSettings({ start = '2020-01-01', more = '' } = {}): string {
  return `
project: A service of the test
data_start: ${start}
data_end: 2025-03-31
services:
  - { code: team, name: The team, provider: P1 }
  - { code: other, name: The other team, provider: P1 }
sources:
  - { files: register.csv, profile: register.yaml, service: team }
  - { files: attendances.csv, profile: attendances.yaml, service: team }
rules: { index_event: referral }
${more.includes('usage:') ? more : `usage:\n  - { service: team, event_types: [ae_mental_health] }\n${more}`}
`
}

/** `n` days spread evenly over [from, to). */
export function spread(n: number, from: number, to: number): number[] {
  return Array.from({ length: n }, (_, at) => Math.floor(from + ((at + 0.5) * (to - from)) / n))
}
