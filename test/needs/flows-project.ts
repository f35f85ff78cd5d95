import { dayOf2023 } from './course-project.ts'
import { csv } from './project-room.ts'

/** One referral: days from 1 January 2023; `left` undefined: still open. */
export interface FlowReferral {
  readonly person: string
  readonly service?: string
  readonly team?: string
  readonly referred: number
  readonly left?: number | undefined
}

/** A use of another service, on a day of the same count. */
export interface FlowEvent {
  readonly person: string
  readonly day: number
}

const PROFILES = {
  'referrals.yaml': `
profile: flows-of-the-test
title: Referrals to teams of a test
reads: csv
date_order: ymd
identity: { local_id: person, provider: X }
yields:
  - kind: person
    death_date: { column: died, optional: true }
    moved_date: { column: moved, optional: true }
  - kind: referral
    referral_ref: ref
    service: service
    team: team
    referral_date: referred
    discharge_date: left
`,
  'events.yaml': `
profile: detentions-of-the-test
title: Detentions of a test
reads: csv
date_order: ymd
identity: { local_id: person, provider: X }
yields:
  - { kind: event, event_type: { constant: s136 }, start_date: day }
`,
}

/** When people died or moved away, by name. */
export interface Ends {
  readonly died?: Readonly<Record<string, number>>
  readonly moved?: Readonly<Record<string, number>>
}

export function flowExports(
  referrals: readonly FlowReferral[],
  events: readonly FlowEvent[] = [],
  { died = {}, moved = {} }: Ends = {},
): Record<string, string> {
  const date = (day: number | undefined) => (day === undefined ? '' : dayOf2023(day))
  return {
    ...PROFILES,
    'exports/referrals.csv': csv('ref,person,service,team,referred,left,died,moved', referrals, (it, nth) =>
      [
        ...[`r${nth}`, it.person, it.service ?? 'cmht', it.team ?? '', date(it.referred), date(it.left)],
        ...[date(died[it.person]), date(moved[it.person])],
      ].join(','),
    ),
    ...(events.length === 0
      ? {}
      : { 'exports/events.csv': csv('person,day', events, (it) => [it.person, date(it.day)].join(',')) }),
  }
}

/** Two services of one board, a third of another; the data end on day 1000 unless `more` says otherwise. */
export function flowSettings(more = '', hasEvents = false): string {
  return `
project: Flows of the test
data_start: 2019-01-01
data_end: ${dayOf2023(1000)}
services:
  - { code: cmht, name: Community team, icb: QZ1, provider: X }
  - { code: charity, name: Charity, icb: QZ1, provider: X }
  - { code: hospital, name: Hospital, icb: QZ2, provider: X }
sources:
  - { files: referrals.csv, profile: referrals.yaml }
${hasEvents ? '  - { files: events.csv, profile: events.yaml }\nusage: [{ service: cmht, event_types: [s136] }]' : ''}
${more}`
}

/** So many people alike, each with the same referrals. */
export function peopleWith(
  n: number,
  prefix: string,
  referrals: readonly Omit<FlowReferral, 'person'>[],
): FlowReferral[] {
  return Array.from({ length: n }, (_, nth) => referrals.map((it) => ({ person: `${prefix}${nth + 1}`, ...it }))).flat()
}
