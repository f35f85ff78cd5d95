import { addMonths, dateOfDay, dayNumber } from '../../../src/domain/iso-date.ts'
import type {
  EpisodeRow,
  UsageExcludedMonthsRow,
  UsageMonthRow,
  UsagePersonRow,
  UsageWindowRow,
} from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { type CareStory, tellCareStory } from './episodes.ts'
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
}

/** Counts by walking through every day of every person, asking each event about each day. */
export function usageSlowly(world: World): SlowUsage {
  const story = tellCareStory(world)
  const events = eventsOf(world, story)
  const windows = indexEpisodes(world, story).map(([episode, index]) => windowOf(episode, index, world, story))
  const usage_person: UsagePersonRow[] = []
  const usage_excluded_months: UsageExcludedMonthsRow[] = []
  for (const window of windows) {
    for (const { event_type } of world.usage_coverage.filter((it) => it.service_code === window.service_code)) {
      const own = events.filter((it) => it.person_key === window.person_key && it.event_type === event_type)
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
    usage_months: monthsSlowly(world, windows, events),
    usage_excluded_months,
  }
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

export function indexEpisodes(world: World, story: CareStory): [EpisodeRow, number][] {
  const event = (world.settings[0] as World['settings'][number]).index_event
  const found = new Map<string, [EpisodeRow, number]>()
  const inOrder = [...story.episodes].sort((a, b) => a.start_day - b.start_day || a.episode_id - b.episode_id)
  for (const episode of inOrder) {
    const day = event === 'referral' ? episode.referral_day : episode.first_contact_day
    const key = `${episode.person_key} ${episode.service_code}`
    if (day !== null && !found.has(key)) found.set(key, [episode, day])
  }
  return [...found.values()]
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

function monthsSlowly(world: World, windows: UsageWindowRow[], events: Event[]): UsageMonthRow[] {
  const rows: UsageMonthRow[] = []
  for (const { service_code, event_type } of world.usage_coverage) {
    const own = windows.filter((it) => it.service_code === service_code)
    if (own.length === 0) continue
    for (let month_offset = -12; month_offset < 12; month_offset++) {
      const row = { service_code, event_type, month_offset, events: 0, person_days: 0, n_people: 0 }
      for (const window of own) {
        const from = Math.max(monthsFrom(window.index_day, month_offset), window.before_start_day)
        const to = Math.min(monthsFrom(window.index_day, month_offset + 1), window.after_end_day)
        const theirs = events.filter((it) => it.person_key === window.person_key && it.event_type === event_type)
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
