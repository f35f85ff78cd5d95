import { addMonths, dateOfDay, dayNumber, type IsoDate } from '../../../src/domain/iso-date.ts'
import type { ContactMonthRow, ServiceMonthRow, UseMonthRow } from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { type CareStory, currentContacts, personOfScore, tellCareStory } from './episodes.ts'
import { isCarer, lastStated } from './people.ts'
import { eventsOf, indexEpisodes, mergedSlowly } from './usage.ts'

interface Followed {
  person_key: number
  service_code: string
  from_day: number
  to_day: number
}

/** Walks through every day of every person who joined, and every contact one by one. */
export function monthsSlowly(world: World): Record<string, object[]> {
  const story = tellCareStory(world)
  const settings = world.settings[0] as World['settings'][number]
  const followed = indexEpisodes(world, story).flatMap(([{ person_key, service_code }, index]): Followed[] => {
    const days = []
    const stops = [
      lastStated('death_day', person_key, world, story.people),
      lastStated('moved_day', person_key, world, story.people),
    ]
    for (let day = index; day <= settings.data_end_day; day++) {
      if (stops.some((stop) => stop !== null && stop <= day)) break
      if (day >= (settings.data_start_day ?? day)) days.push(day)
    }
    const [from_day] = days
    return from_day === undefined ? [] : [{ person_key, service_code, from_day, to_day: (days.at(-1) as number) + 1 }]
  })
  const merged = mergedSlowly(world, story)
  const events = eventsOf(world, story).flatMap((event) =>
    followed
      .filter(
        (it) => it.person_key === event.person_key && it.from_day <= event.start_day && event.start_day < it.to_day,
      )
      .filter((it) =>
        world.usage_coverage.some((of) => of.service_code === it.service_code && of.event_type === event.event_type),
      )
      .filter((it) => !merged.some((of) => of.service_code === it.service_code && of.event.event_id === event.event_id))
      .map(({ service_code }) => ({
        ...{ service_code, event_type: event.event_type, event_id: event.event_id },
        ...{ person_key: event.person_key, event_day: event.start_day },
      })),
  )
  return {
    int_people_followed: followed,
    int_events_followed: events,
    use_months: useMonths(world, followed, events),
    contact_months: contactMonths(world, story),
    service_months: serviceMonths(world, story),
  }
}

function useMonths(
  world: World,
  followed: readonly Followed[],
  events: readonly { service_code: string; event_type: string; person_key: number; event_day: number }[],
): UseMonthRow[] {
  return world.usage_coverage.flatMap(({ service_code, event_type }) => {
    const days = followed
      .filter((it) => it.service_code === service_code)
      .flatMap((it) =>
        Array.from({ length: it.to_day - it.from_day }, (_, nth) => ({
          month: monthOf(it.from_day + nth),
          person_key: it.person_key,
        })),
      )
    const own = events.filter((it) => it.service_code === service_code && it.event_type === event_type)
    return [...new Set(days.map((it) => it.month))].map((month) => {
      const here = days.filter((it) => it.month === month)
      const found = own.filter((it) => monthOf(it.event_day) === month)
      return {
        ...{ service_code, event_type, month },
        events: found.length,
        n_users: new Set(found.map((it) => it.person_key)).size,
        person_days: here.length,
        n_people: new Set(here.map((it) => it.person_key)).size,
      }
    })
  })
}

function contactMonths(world: World, story: CareStory): ContactMonthRow[] {
  const months = new Map<string, ContactMonthRow & { attended: Set<number>; missed: Set<number> }>()
  for (const contact of currentContacts(world)) {
    const person = personOfScore(contact, story.referrals, story.people)
    const kind =
      contact.attendance === 'attended' ? 'attended' : contact.attendance === 'did_not_attend' ? 'missed' : null
    if (person === null || kind === null) continue
    const { service_code } = contact
    const month = contact.contact_date.slice(0, 7)
    const row = months.get(`${service_code} ${month}`) ?? {
      ...{ service_code, month, n_attended: 0, n_missed: 0, n_people_attended: 0, n_people_missed: 0 },
      ...{ attended: new Set<number>(), missed: new Set<number>() },
    }
    months.set(`${service_code} ${month}`, row)
    row[`n_${kind}`]++
    row[kind].add(person)
  }
  return [...months.values()].map(({ attended, missed, ...row }) => ({
    ...row,
    n_people_attended: attended.size,
    n_people_missed: missed.size,
  }))
}

function monthOf(day: number): string {
  return dateOfDay(day).slice(0, 7)
}

/** Every month asks every referral and every episode what it did in it. */
function serviceMonths(world: World, story: CareStory): ServiceMonthRow[] {
  const { data_end_day } = world.settings[0] as World['settings'][number]
  const referrals = story.referrals.filter(
    (it) => it.person_key !== null && it.referral_day <= data_end_day && !isCarer(it.person_key, world, story.people),
  )
  const services = new Set(referrals.map((it) => it.service_code))
  return [...services].flatMap((service_code) => {
    const episodes = story.episodes.filter((it) => it.service_code === service_code && it.referral_day !== null)
    const own = referrals.filter((it) => it.service_code === service_code)
    return monthsBetween(Math.min(...own.map((it) => it.referral_day)), data_end_day).map(
      ([first_day, next]): ServiceMonthRow => {
        const isIn = (day: number | null) => day !== null && day >= first_day && day < next && day <= data_end_day
        const count = (isSo: (it: (typeof episodes)[number]) => boolean) => episodes.filter(isSo).length
        const isEnded = (day: number | null) => day !== null && day <= data_end_day
        return {
          ...{ service_code, first_day, month: monthOf(first_day) },
          n_referred: own.filter((it) => isIn(it.referral_day)).length,
          n_not_accepted: own.filter((it) => isIn(it.referral_day) && it.rejected_day !== null).length,
          n_began: count((it) => isIn(it.start_day)),
          n_first_seen: count((it) => isIn(it.first_contact_day)),
          n_ended: count((it) => isIn(it.end_day) && isEnded(it.end_day)),
          n_open: count(
            (it) =>
              it.start_day < next &&
              it.start_day <= data_end_day &&
              !(isEnded(it.end_day) && (it.end_day as number) < next),
          ),
        }
      },
    )
  })
}

/** The first day of each calendar month from that of one day to that of another, and of the month after it. */
function monthsBetween(first: number, last: number): [number, number][] {
  const months: [number, number][] = []
  for (let day = dayNumber(`${monthOf(first)}-01` as IsoDate); day <= last; ) {
    const next = dayNumber(addMonths(dateOfDay(day), 1))
    months.push([day, next])
    day = next
  }
  return months
}
