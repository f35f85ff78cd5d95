import type { Analysis } from '../../reports/analysis.ts'
import { type CarePerson, careExports, careSettings, dayOf2024 } from './care-project.ts'
import { analysisOf, csv } from './project-room.ts'

/** A use of another service: days from 1 January 2024, and the code that the extract writes. People are first seen on day 9. */
export interface WrittenUse {
  readonly id: string
  readonly code: string
  readonly day: number
  readonly end?: number
}

const EVENTS = `
profile: uses-of-the-test
title: Uses of services of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: event
    event_type:
      column: code
      codes:
        AE MH: ae_mental_health
        AE PHYS: ae_physical_health
        WARD: admission_mental_health
        OAP: admission_out_of_area
        CRISIS: crisis_line
      otherwise: flag
    start_date: date
    end_date: { column: end, optional: true }
`

/** What the pipeline finds of a small service whose people’s use was supplied in one file. */
export function analysisOfUse(people: readonly CarePerson[], uses: readonly WrittenUse[]): Promise<Analysis> {
  const settings = careSettings(`
data_start: 2022-01-01
usage: [{ service: team, event_types: [ae_mental_health, ae_physical_health, admission_mental_health, admission_out_of_area, crisis_line] }]
`).replace('sources:\n', 'sources:\n  - { files: events.csv, profile: events.yaml, service: team }\n')
  return analysisOf(settings, {
    ...careExports(people),
    'events.yaml': EVENTS,
    'exports/events.csv': csv('person,code,date,end', uses, ({ id, code, day, end }) =>
      [id, code, dayOf2024(day), end === undefined ? '' : dayOf2024(end)].join(','),
    ),
  })
}
