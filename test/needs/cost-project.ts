import { alike, type CarePerson, careExports, careSettings, dayOf2024 } from './care-project.ts'
import { csv } from './project-room.ts'

/** How often each of the people used a service in the year before joining and in the year after; stays are of ten nights. */
export interface UseOfOne {
  readonly type: 'AE' | 'BED' | 'AWAY' | 'AMB' | 'GP' | 'POL'
  readonly before: number
  readonly after: number
  /** Only the first so many people; left out: all. */
  readonly people?: number
}

const USE_PROFILE = `
profile: use-of-the-test
title: Use of services of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: event
    event_ref: ref
    event_type:
      column: type
      codes:
        AE: ae_mental_health
        BED: admission_mental_health
        AWAY: admission_out_of_area
        AMB: ambulance
        GP: gp
        POL: police
    start_date: start
    end_date: end
`

/** Thirty people who join on 10 January 2024 and are seen for a year on both sides. */
export const JOINERS: readonly CarePerson[] = alike(30, 'p')

export function costExports(uses: readonly UseOfOne[], people = JOINERS): Record<string, string> {
  const events = uses.flatMap(({ type, before, after, people: n = people.length }) =>
    people
      .slice(0, n)
      .flatMap(({ id }) => [
        ...Array.from({ length: before }, (_, nth) => ({ id, type, start: -40 - 20 * nth })),
        ...Array.from({ length: after }, (_, nth) => ({ id, type, start: 40 + 20 * nth })),
      ]),
  )
  return {
    ...careExports(people),
    'use.yaml': USE_PROFILE,
    // Stays begin five days after the rest: an A&E visit of the day before or the same would be told by the stay.
    'exports/use.csv': csv('person,ref,type,start,end', events, ({ id, type, start }, nth) => {
      const days = type === 'BED' || type === 'AWAY' ? [start + 5, start + 15] : [start]
      const [first, last = ''] = days.map(dayOf2024)
      return [id, `e${nth}`, type, first, last].join(',')
    }),
  }
}

const TYPES = {
  AE: 'ae_mental_health',
  BED: 'admission_mental_health',
  AWAY: 'admission_out_of_area',
  AMB: 'ambulance',
  GP: 'gp',
  POL: 'police',
} as const

/** The GDP deflator reaches 2011/12, of which the price of a police incident is. */
export function costSettings(uses: readonly UseOfOne[], more = ''): string {
  const types = [...new Set(uses.map((it) => TYPES[it.type]))]
  return careSettings(`  - { files: use.csv, profile: use.yaml, service: team }
data_start: 2020-01-01
usage: [{ service: team, event_types: [${types.join(', ')}] }]
prices: { index: gdp_deflator }
bootstrap: { replicates: 400 }
${more}`)
}
