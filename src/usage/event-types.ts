/**
 * The short standard list of service use. Exports are mapped to it by their profile; a code that no profile lists is loaded
 * as `unmapped`, counted and shown. A stay has an end; everything else happens on one day.
 */
export const EVENT_TYPES = [
  { id: 'ae_mental_health', label: 'A&E, mental health', is_stay: false },
  { id: 'ae_physical_health', label: 'A&E, physical health', is_stay: false },
  { id: 'ae_unspecified', label: 'A&E, reason not recorded', is_stay: false },
  { id: 'admission_mental_health', label: 'Mental health admission', is_stay: true },
  { id: 'admission_out_of_area', label: 'Out-of-area mental health admission', is_stay: true },
  { id: 'admission_physical_health', label: 'General hospital admission', is_stay: true },
  { id: 's136', label: 'Section 136 detention', is_stay: false },
  { id: 'crisis_line', label: 'Crisis line call', is_stay: false },
  { id: 'crisis_team', label: 'Crisis team contact', is_stay: false },
  { id: 'liaison', label: 'Mental health liaison contact', is_stay: false },
  { id: 'ambulance', label: 'Ambulance call-out', is_stay: false },
  { id: 'nhs_111', label: 'NHS 111 call', is_stay: false },
  { id: 'gp', label: 'GP consultation', is_stay: false },
  { id: 'police', label: 'Police incident', is_stay: false },
  { id: 'community_contact', label: 'Community contact with another team', is_stay: false },
  { id: 'community_dna', label: 'Missed contact (DNA) with another team', is_stay: false },
  { id: 'unmapped', label: 'Code not mapped', is_stay: false },
] as const

export type EventType = (typeof EVENT_TYPES)[number]['id']

export function isEventType(text: string): text is EventType {
  return EVENT_TYPES.some((type) => type.id === text)
}

export function eventLabel(id: string): string {
  return EVENT_TYPES.find((type) => type.id === id)?.label ?? id
}
