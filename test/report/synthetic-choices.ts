import type { MergedUse, UseSensitivityOf } from '../../reports/analysis.ts'
import { useSensitivity } from '../../src/usage/use-sensitivity.ts'

const JOINED = 19_000
const N_PEOPLE = 213

/** Everyone had an event before and every other one after; 41 have a referral ten days earlier; three were seen for a month only. */
export function syntheticChoices(usage_id: string, label: string): UseSensitivityOf {
  const people = Array.from({ length: N_PEOPLE }, (_, nth) => nth + 1)
  const uses = people.flatMap((person_key) => [
    { person_key, day: JOINED - 100, is_merged: person_key % 20 === 0 ? 1 : 0 },
    { person_key, day: JOINED - 200, is_merged: 0 },
    ...(person_key % 2 === 0 ? [{ person_key, day: JOINED + 150, is_merged: 0 }] : []),
  ])
  const indexDay = (person_key: number, index_event: string, index_day: number) => ({
    ...{ person_key, index_event, index_day, death_day: person_key <= 3 ? JOINED + 30 : null, moved_day: null },
  })
  const data = {
    people: people.flatMap((it) => [
      indexDay(it, 'first_contact', JOINED),
      ...(it <= 41 ? [indexDay(it, 'referral', JOINED - 10)] : []),
    ]),
    uses: {
      person_keys: Int32Array.from(uses, (it) => it.person_key),
      start_days: Int32Array.from(uses, (it) => it.day),
      types: Uint8Array.from(uses, () => 0),
      event_types: ['ae_mental_health'],
      is_merged: Uint8Array.from(uses, (it) => it.is_merged),
    },
    stays: [],
    data_start_day: null,
    data_end_day: JOINED + 2000,
  }
  const made = { index_event: 'first_contact', window_months: 12, min_exposure_days: 90 } as const
  return { usage_id, label, variations: useSensitivity(made, data, ['ae_mental_health']) }
}

export const SYNTHETIC_MERGED: readonly MergedUse[] = [
  {
    ...{ event_type: 'ambulance', kept_type: 's136' },
    ...{ events_before: 13, events_after: 3, n_people_before: 11, n_people_after: 2 },
  },
]
