import { CARE_PROFILES, csv } from './project-room.ts'

export interface CarePerson {
  readonly id: string
  readonly born?: string
  readonly role?: 'Client' | 'Carer'
  readonly neurodiverse?: 'Y' | 'Q' | 'N' | ''
  readonly arm?: string
  readonly pathway?: string
  readonly gender?: string
  readonly ethnicity?: string
  readonly decile?: number
  readonly referred?: string
  readonly left?: string
  readonly referral?: string
  /** Scores by measure: days after 1 January 2024, and what was scored. */
  readonly scores?: readonly (readonly [day: number, measure: string, score: number])[]
  /** Contacts attended, one a week from 10 January 2024, by the role that saw the person. */
  readonly contacts?: readonly string[]
  /** Minutes of each of them; left out: not recorded. */
  readonly minutes?: number
}

const DAY = 86_400_000
const FIRST = Date.UTC(2024, 0, 1)

export function dayOf2024(day: number): string {
  return new Date(FIRST + day * DAY).toISOString().slice(0, 10)
}

/** A small service with a register, contacts and scores, in the three files that such a service would send. */
export function careExports(people: readonly CarePerson[]): Record<string, string> {
  const contacts = people.flatMap((it) =>
    (it.contacts ?? []).map((role, nth) => ({ id: it.id, role, nth, minutes: it.minutes ?? '' })),
  )
  return {
    ...CARE_PROFILES,
    'exports/people.csv': csv(
      'person,born,gender,ethnicity,decile,neurodiverse,role,referral,pathway,arm,referred,left',
      people,
      (it) =>
        [
          ...[it.id, it.born ?? '1980-06-15', it.gender ?? '', it.ethnicity ?? '', it.decile ?? ''],
          ...[it.neurodiverse ?? '', it.role ?? 'Client', it.referral ?? `r-${it.id}`, it.pathway ?? ''],
          ...[it.arm ?? '', it.referred ?? '2024-01-01', it.left ?? ''],
        ].join(','),
    ),
    'exports/contacts.csv': csv('person,date,attended,role,band,minutes', contacts, ({ id, role, nth, minutes }) =>
      [id, dayOf2024(9 + 7 * nth), 'Y', role, bandOf(role), minutes].join(','),
    ),
    'exports/scores.csv': csv(
      'person,date,measure,score',
      people.flatMap((it) => (it.scores ?? []).map(([day, measure, score]) => ({ id: it.id, day, measure, score }))),
      ({ id, day, measure, score }) => [id, dayOf2024(day), measure, score].join(','),
    ),
  }
}

function bandOf(role: string): string {
  if (role === 'Peer') return ''
  return role === 'MHWP' ? '5' : '7'
}

/** The settings of that service; `more` is added as it stands. */
export function careSettings(more = ''): string {
  return `
project: A service of the test
data_end: 2025-03-31
services: [{ code: team, name: The team, provider: P1 }]
sources:
  - { files: people.csv, profile: people.yaml, service: team }
  - { files: contacts.csv, profile: contacts.yaml, service: team }
  - { files: scores.csv, profile: scores.yaml, service: team }
${more}`
}

/** `n` people alike, numbered from one. Their ReQoL-10 rises from 15 by 4 to 8 points. */
export function alike(n: number, prefix: string, facts: Partial<CarePerson> = {}): CarePerson[] {
  return Array.from({ length: n }, (_, nth) => ({
    id: `${prefix}${nth + 1}`,
    contacts: ['Therapist', 'Therapist', 'Therapist'],
    scores: [
      [10, 'reqol-10', 15],
      [150, 'reqol-10', 19 + (nth % 5)],
    ],
    ...facts,
  }))
}
