import type { EventType } from './event-types.ts'

/** Event types reported together as well as singly. A group counts those of its types that were supplied. */
export const EVENT_GROUPS = [
  {
    id: 'emergency',
    label: 'Emergency contacts (A&E, section 136, crisis line, ambulance)',
    event_types: ['ae_mental_health', 'ae_physical_health', 'ae_unspecified', 's136', 'crisis_line', 'ambulance'],
  },
  {
    id: 'ae',
    label: 'A&E, any reason',
    event_types: ['ae_mental_health', 'ae_physical_health', 'ae_unspecified'],
  },
  {
    id: 'mental_health_admissions',
    label: 'Mental health admissions, near home or out of area',
    event_types: ['admission_mental_health', 'admission_out_of_area'],
  },
] as const satisfies readonly { id: string; label: string; event_types: readonly EventType[] }[]

export type EventGroupId = (typeof EVENT_GROUPS)[number]['id']
