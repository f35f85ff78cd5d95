import { addMonths, dateOfDay, dayNumber } from '../../../src/domain/iso-date.ts'
import type {
  EpisodeRow,
  IndexChoiceRow,
  UsageEarlierYearRow,
  UsageExcludedMonthsRow,
  UsageMonthRow,
  UsagePersonRow,
  UsageWindowRow,
} from '../../../src/store/mart-types.ts'
import { INDEX_EVENTS } from '../../../src/usage/index-events.ts'
import type { World } from '../world.ts'
import { attendedDays, type CareStory, currentContacts, personOfScore, tellCareStory } from './episodes.ts'
import { lastCopies, lastStated, orderOf, personOf } from './people.ts'

interface Event {
  event_id: number
  person_key: number
  event_type: string
  event_ref: string | null
  part_ref: string | null
  start_day: number
  end_day: number | null
}

export interface SlowUsage {
  usage_windows: UsageWindowRow[]
  usage_person: UsagePersonRow[]
  usage_months: UsageMonthRow[]
  usage_excluded_months: UsageExcludedMonthsRow[]
  index_choices: IndexChoiceRow[]
  int_events_merged: object[]
  usage_earlier_year: UsageEarlierYearRow[]
}

/** Counts by walking through every day of every person, asking each event about each day. */
export function usageSlowly(world: World): SlowUsage {
  const story = tellCareStory(world)
  const merged = mergedSlowly(world, story)
  const uses = countedUses(world, story, merged)
  const windows = indexEpisodes(world, story).map(([episode, index]) => windowOf(episode, index, world, story))
  const usage_person: UsagePersonRow[] = []
  const usage_excluded_months: UsageExcludedMonthsRow[] = []
  const usage_earlier_year: UsageEarlierYearRow[] = []
  for (const window of windows) {
    for (const { event_type } of world.usage_coverage.filter((it) => it.service_code === window.service_code)) {
      const own = usesOf(window, event_type, uses)
      const before = walk(window.before_start_day, window.index_day, own, world)
      const after = walk(window.index_day, window.after_end_day, own, world)
      const who = { person_key: window.person_key, service_code: window.service_code, event_type }
      usage_person.push({
        ...who,
        days_before: before.days,
        days_after: after.days,
        events_before: before.events,
        events_after: after.events,
        bed_days_before: before.bed_days,
        bed_days_after: after.bed_days,
      })
      const earlier = earlierSlowly(window.index_day, own, world)
      if (earlier.days > 0) {
        usage_earlier_year.push({
          ...who,
          days_earlier: earlier.days,
          days_after: after.days,
          events_earlier: earlier.events,
          events_after: after.events,
        })
      }
      for (const excluded_months of [0, 1, 3, 6] as const) {
        const kept = walk(window.before_start_day, monthsFrom(window.index_day, -excluded_months), own, world)
        usage_excluded_months.push({
          ...who,
          excluded_months,
          days_before: kept.days,
          days_after: after.days,
          events_before: kept.events,
          events_after: after.events,
        })
      }
    }
  }
  return {
    usage_windows: windows,
    usage_person,
    usage_months: monthsSlowly(world, windows, uses),
    usage_excluded_months,
    usage_earlier_year,
    index_choices: INDEX_EVENTS.flatMap((index_event) =>
      indexEpisodes(world, story, index_event).map(([{ person_key, service_code, episode_id }, index_day]) => ({
        ...{ person_key, service_code, index_event, episode_id, index_day },
      })),
    ),
    int_events_merged: merged.map(({ event, service_code, kept_type }) => ({
      service_code,
      ...{ event_id: event.event_id, person_key: event.person_key },
      ...{ event_type: event.event_type, start_day: event.start_day, kept_type },
    })),
  }
}

interface Merged {
  readonly event: Event
  readonly service_code: string
  readonly kept_type: string
}

/** Each kept event takes in the latest of those that it may, and no other; services that were not sent both types count both. */
export function mergedSlowly(world: World, story: CareStory): Merged[] {
  const events = eventsOf(world, story)
  const found = new Map<string, Merged>()
  const rules = [...world.overlap_rule].sort((a, b) => (a.kept_type < b.kept_type ? -1 : 1))
  for (const rule of rules) {
    for (const kept of events.filter((it) => it.event_type === rule.kept_type)) {
      const [event] = events
        .filter((it) => it.person_key === kept.person_key && it.event_type === rule.merged_type)
        .filter((it) => it.start_day <= kept.start_day && kept.start_day - it.start_day <= rule.days_later)
        .sort((a, b) => b.start_day - a.start_day || b.event_id - a.event_id)
      const isSupplied = (service: string, type: string) =>
        world.usage_coverage.some((it) => it.service_code === service && it.event_type === type)
      for (const service_code of new Set(world.usage_coverage.map((it) => it.service_code))) {
        if (event === undefined) continue
        const key = `${event.event_id} ${service_code}`
        if (!isSupplied(service_code, rule.kept_type) || !isSupplied(service_code, rule.merged_type)) continue
        if (!found.has(key)) found.set(key, { event, service_code, kept_type: rule.kept_type })
      }
    }
  }
  return [...found.values()]
}

type Counted = Event & { readonly service_code: string }

/** What is counted for each service that was sent anything: events that no other takes in, and contacts with another team. */
function countedUses(world: World, story: CareStory, merged: readonly Merged[]): Counted[] {
  const events = eventsOf(world, story)
  const contacts = currentContacts(world)
  return [...new Set(world.usage_coverage.map((it) => it.service_code))].flatMap((service_code) => {
    const isMerged = (event: Event) =>
      merged.some((it) => it.service_code === service_code && it.event.event_id === event.event_id)
    const elsewhere = contacts
      .filter((it) => it.service_code !== service_code)
      .flatMap((it) => contactAsEvent(it, story))
    return [...events.filter((it) => !isMerged(it)), ...elsewhere].map((it) => ({ ...it, service_code }))
  })
}

function usesOf({ person_key, service_code }: Whose, event_type: string, uses: readonly Counted[]): Event[] {
  return uses.filter(
    (it) => it.person_key === person_key && it.service_code === service_code && it.event_type === event_type,
  )
}

interface Whose {
  readonly person_key: number
  readonly service_code: string
}

function contactAsEvent(contact: World['contact_record'][number], story: CareStory): Event[] {
  const person_key = personOfScore(contact, story.referrals, story.people)
  const event_type = { attended: 'community_contact', did_not_attend: 'community_dna' }[contact.attendance]
  if (person_key === null || event_type === undefined) return []
  return [
    {
      ...{ event_id: contact.contact_id, person_key, event_type, event_ref: null, part_ref: null },
      ...{ start_day: contact.contact_day, end_day: null },
    },
  ]
}

/** The window before the before window, as far as recording is known to reach back; edges are stored for two years. */
function earlierSlowly(index_day: number, own: Event[], world: World) {
  const { window_months, data_start_day } = world.settings[0] as World['settings'][number]
  if (data_start_day === null || 2 * window_months > 24) return { days: 0, events: 0 }
  const from = Math.max(monthsFrom(index_day, -2 * window_months), data_start_day)
  return walk(from, monthsFrom(index_day, -window_months), own, world)
}

export function eventsOf(world: World, story: CareStory): Event[] {
  const known = world.service_event.flatMap((event) => {
    const person_key = personOf(event, story.people) ?? personOfReferral(event.referral_ref, story)
    return person_key === null ? [] : [{ ...event, person_key }]
  })
  const current = lastCopies(known, (it) => {
    const firstDay = orderOf(it) === 0 ? it.start_day : 'any'
    const type = it.part_ref === null ? it.event_type : 'any'
    return it.event_ref && [it.person_key, type, it.event_ref, it.part_ref, firstDay].join(' ')
  })
  return withPartsTogether(current)
}

/** Null where referrals with the number are of two people, or of nobody known. */
function personOfReferral(referral_ref: string | null, story: CareStory): number | null {
  const keys = story.referrals.flatMap((it) =>
    referral_ref !== null && it.referral_ref === referral_ref && it.person_key !== null ? [it.person_key] : [],
  )
  return new Set(keys).size === 1 ? (keys[0] as number) : null
}

/** Parts of an event that is there itself are nothing more; parts of one that is not are one event from first to last. */
function withPartsTogether(events: Event[]): Event[] {
  const whole = events.filter((it) => it.part_ref === null)
  const together = new Map<string, Event>()
  for (const part of events) {
    const isSame = (it: Event): boolean => it.person_key === part.person_key && it.event_ref === part.event_ref
    if (part.part_ref === null || whole.some(isSame)) continue
    const key = `${part.person_key} ${part.event_ref}`
    const { event_id, event_type, start_day, end_day } = together.get(key) ?? part
    const isOpen = end_day === null || part.end_day === null
    together.set(key, {
      ...part,
      event_id: Math.min(event_id, part.event_id),
      event_type: event_type < part.event_type ? event_type : part.event_type,
      start_day: Math.min(start_day, part.start_day),
      end_day: isOpen ? null : Math.max(end_day, part.end_day as number),
    })
  }
  return [...whole, ...together.values()]
}

export function indexEpisodes(
  world: World,
  story: CareStory,
  event: string = (world.settings[0] as World['settings'][number]).index_event,
): [EpisodeRow, number][] {
  const found = new Map<string, [EpisodeRow, number]>()
  const inOrder = [...story.episodes].sort((a, b) => a.start_day - b.start_day || a.episode_id - b.episode_id)
  for (const episode of inOrder) {
    const day = indexDayOf(episode, event, world, story)
    const key = `${episode.person_key} ${episode.service_code}`
    if (day !== null && !found.has(key)) found.set(key, [episode, day])
  }
  return [...found.values()]
}

function indexDayOf(episode: EpisodeRow, event: string, world: World, story: CareStory): number | null {
  const { start_contact } = world.settings[0] as World['settings'][number]
  switch (event) {
    case 'referral':
      return episode.referral_day
    case 'self_referral': {
      const referral = story.referrals.find((it) => it.referral_record_id === episode.episode_id)
      const source = referral?.referral_source?.toLowerCase()
      return world.self_referral_source.some((it) => it.recorded_as === source) ? episode.referral_day : null
    }
    case 'first_contact':
      return episode.first_contact_day
    default:
      return attendedDays(episode, world, story)[event === 'start' ? start_contact - 1 : 0] ?? null
  }
}

function windowOf(episode: EpisodeRow, index_day: number, world: World, story: CareStory): UsageWindowRow {
  const settings = world.settings[0] as World['settings'][number]
  const death = lastStated('death_day', episode.person_key, world, story.people)
  const moved = lastStated('moved_day', episode.person_key, world, story.people)
  const edge = monthsFrom(index_day, settings.window_months)
  const stops: { day: number; reason: UsageWindowRow['stop_reason'] }[] = []
  if (death !== null) stops.push({ day: death, reason: 'death' })
  if (moved !== null) stops.push({ day: moved, reason: 'moved' })
  stops.push({ day: settings.data_end_day + 1, reason: 'data_end' })
  let stop: (typeof stops)[number] = { day: edge, reason: 'none' }
  for (const it of stops) if (it.day < stop.day) stop = it
  const start = Math.max(monthsFrom(index_day, -settings.window_months), settings.data_start_day ?? -1e9)
  const before_start_day = Math.min(start, index_day)
  const after_end_day = Math.max(stop.day, index_day)
  return {
    person_key: episode.person_key,
    service_code: episode.service_code,
    index_day,
    before_start_day,
    after_end_day,
    days_before: index_day - before_start_day,
    days_after: after_end_day - index_day,
    stop_reason: stop.reason,
  }
}

function walk(from: number, to: number, events: Event[], world: World) {
  const dataEnd = (world.settings[0] as World['settings'][number]).data_end_day
  const counted = { days: 0, events: 0, bed_days: 0 }
  for (let day = from; day < to; day++) {
    counted.days++
    let inBed = false
    for (const event of events) {
      if (event.start_day === day) counted.events++
      const isStay = event.event_type.startsWith('admission')
      if (isStay && event.start_day <= day && day < (event.end_day ?? dataEnd + 1)) inBed = true
    }
    if (inBed) counted.bed_days++
  }
  return counted
}

function monthsSlowly(world: World, windows: UsageWindowRow[], uses: readonly Counted[]): UsageMonthRow[] {
  const rows: UsageMonthRow[] = []
  for (const { service_code, event_type } of world.usage_coverage) {
    const own = windows.filter((it) => it.service_code === service_code)
    if (own.length === 0) continue
    for (let month_offset = -12; month_offset < 12; month_offset++) {
      const row = { service_code, event_type, month_offset, events: 0, person_days: 0, n_people: 0 }
      for (const window of own) {
        const from = Math.max(monthsFrom(window.index_day, month_offset), window.before_start_day)
        const to = Math.min(monthsFrom(window.index_day, month_offset + 1), window.after_end_day)
        const theirs = usesOf(window, event_type, uses)
        const counted = walk(from, to, theirs, world)
        row.events += counted.events
        row.person_days += counted.days
        if (counted.days > 0) row.n_people++
      }
      rows.push(row)
    }
  }
  return rows
}

function monthsFrom(day: number, months: number): number {
  return dayNumber(addMonths(dateOfDay(day), months))
}
