import { EVENT_GROUPS } from './event-groups.ts'
import { EVENT_TYPES, type EventType } from './event-types.ts'

/** What is counted together: one event type, or a declared group cut down to the types that were supplied. */
export interface UsageSubject {
  readonly usage_id: string
  readonly label: string
  readonly is_group: boolean
  readonly event_types: readonly EventType[]
  readonly event_types_not_supplied: readonly EventType[]
}

/** The event types among those supplied, in their standard order, then every group of which any type was supplied. */
export function usageSubjects(supplied: ReadonlySet<string>): UsageSubject[] {
  const single = EVENT_TYPES.filter((type) => supplied.has(type.id)).map((type) => ({
    usage_id: type.id,
    label: type.label,
    is_group: false,
    event_types: [type.id],
    event_types_not_supplied: [],
  }))
  const groups = EVENT_GROUPS.map((group) => ({
    usage_id: group.id,
    label: group.label,
    is_group: true,
    event_types: group.event_types.filter((type) => supplied.has(type)),
    event_types_not_supplied: group.event_types.filter((type) => !supplied.has(type)),
  }))
  return [...single, ...groups.filter((group) => group.event_types.length > 0)]
}
