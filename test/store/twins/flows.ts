import type {
  FrequentAttendersRow,
  IcbPersonRow,
  SecondaryCareExitRow,
  ServiceLeavingRow,
  TeamFlowRow,
  TeamMoveRow,
} from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { type CareStory, tellCareStory } from './episodes.ts'
import { lastStated } from './people.ts'
import { eventsOf, indexEpisodes } from './usage.ts'

const FAR = 9_999_999

interface Stay {
  stay_id: number
  person_key: number
  service_code: string
  team_key: string
  team: string | null
  start: number
  end: number | null
  step: number | null
  isSecondary: boolean
}

/** Everything that is told of teams, moves and leavings, by looking through all stays of each person. */
export function flowsSlowly(world: World): Record<string, object[]> {
  const story = tellCareStory(world)
  const settings = world.settings[0] as World['settings'][number]
  const stays = staysOf(world, story)
  const moves = movesOf(stays, settings.transfer_days, (it) => sightOf(it, world, story))
  const leavings = leavingsOf(stays, (it) => sightOf(it, world, story))
  return {
    team_moves: moves,
    team_flow: teamFlowOf(stays, moves),
    service_leavings: leavings,
    secondary_care_exits: exitsOf(stays, leavings, world, story),
    frequent_attenders: frequentOf(world, story),
    icb_people: icbPeopleOf(world, story),
  }
}

function staysOf(world: World, story: CareStory): Stay[] {
  return story.referrals
    .filter((it) => story.episodeOfReferral.has(it.referral_record_id))
    .map((it) => {
      const team_key = (it.team ?? '').toLowerCase()
      const own = world.team_level.filter((level) => level.service_code === it.service_code)
      const level =
        own.find((found) => found.team === team_key && team_key !== '') ?? own.find((found) => found.team === '')
      return {
        stay_id: it.referral_record_id,
        person_key: it.person_key as number,
        service_code: it.service_code,
        team_key,
        team: it.team,
        start: it.referral_day,
        end: it.discharge_day,
        step: level?.step ?? null,
        isSecondary: level?.is_secondary_care === 1,
      }
    })
    .sort((a, b) => a.start - b.start || (a.end ?? FAR) - (b.end ?? FAR) || a.stay_id - b.stay_id)
}

interface Sight {
  death: number | null
  unseen: number
  lastDay: number
}

function sightOf(person_key: number, world: World, story: CareStory): Sight {
  const { data_end_day: dataEnd } = world.settings[0] as World['settings'][number]
  const died = lastStated('death_day', person_key, world, story.people)
  const moved = lastStated('moved_day', person_key, world, story.people)
  const death = died !== null && died <= dataEnd && (moved === null || died <= moved) ? died : null
  const unseen = moved !== null && moved <= dataEnd ? moved : dataEnd + 1
  return { death, unseen, lastDay: death ?? unseen - 1 }
}

function sameTeam(a: Stay, b: Stay): boolean {
  return a.service_code === b.service_code && a.team_key === b.team_key
}

/** Of several spellings, the first in the alphabet (capitals before small letters). */
function spelled(stay: Stay, stays: Stay[]): string | null {
  return stays.flatMap((it) => (sameTeam(it, stay) && it.team !== null ? [it.team] : [])).sort()[0] ?? null
}

function movesOf(stays: Stay[], transferDays: number, sight: (person_key: number) => Sight): TeamMoveRow[] {
  const couldFollow = (from: Stay, to: Stay): boolean =>
    to.person_key === from.person_key &&
    stays.indexOf(to) > stays.indexOf(from) &&
    !sameTeam(from, to) &&
    from.end !== null &&
    Math.abs(to.start - from.end) <= transferDays &&
    (to.end ?? FAR) >= from.end
  const apart = (from: Stay, to: Stay): number => Math.abs(to.start - (from.end as number))
  return stays.flatMap((from) => {
    const [to] = stays.filter((it) => couldFollow(from, it)).sort((a, b) => apart(from, a) - apart(from, b))
    if (to === undefined) return []
    const [nearest] = [...stays]
      .reverse()
      .filter((it) => couldFollow(it, to))
      .sort((a, b) => apart(a, to) - apart(b, to))
    if (nearest !== from) return []
    const back = stays.find(
      (it) => it.person_key === from.person_key && stays.indexOf(it) > stays.indexOf(to) && sameTeam(it, from),
    )
    return [
      {
        to_stay_id: to.stay_id,
        from_stay_id: from.stay_id,
        person_key: from.person_key,
        from_service_code: from.service_code,
        from_team: spelled(from, stays),
        to_service_code: to.service_code,
        to_team: spelled(to, stays),
        direction: directionOf(from.step, to.step),
        moved_day: to.start,
        days_in_team: (from.end as number) - from.start,
        days_between: to.start - (from.end as number),
        days_to_return: back === undefined ? null : back.start - to.start,
        days_followed: sight(from.person_key).lastDay - to.start,
      },
    ]
  })
}

function directionOf(from: number | null, to: number | null): TeamMoveRow['direction'] {
  if (from === null || to === null) return 'not_known'
  return to > from ? 'up' : to < from ? 'down' : 'same'
}

function teamFlowOf(stays: Stay[], moves: TeamMoveRow[]): TeamFlowRow[] {
  const firsts = stays.filter((it, at) => stays.findIndex((other) => sameTeam(it, other)) === at)
  return firsts.map((first) => {
    const own = stays.filter((it) => sameTeam(it, first))
    const isIn = (it: Stay) => moves.some((move) => move.to_stay_id === it.stay_id)
    const isOut = (it: Stay) => moves.some((move) => move.from_stay_id === it.stay_id)
    const isAgain = (it: Stay) => own.find((other) => other.person_key === it.person_key) !== it
    const count = (is: (it: Stay) => boolean) => own.filter(is).length
    return {
      service_code: first.service_code,
      team_key: first.team_key,
      team: spelled(first, stays),
      step: first.step,
      n_stays: own.length,
      n_new: count((it) => !isIn(it) && !isAgain(it)),
      n_moved_in: count(isIn),
      n_again: count((it) => !isIn(it) && isAgain(it)),
      n_open: count((it) => it.end === null),
      n_moved_out: count(isOut),
      n_left: count((it) => it.end !== null && !isOut(it)),
    }
  })
}

/** Goes through the days on which a person was with a service, stay by stay. */
function leavingsOf(stays: Stay[], sight: (person_key: number) => Sight): ServiceLeavingRow[] {
  const keys = [...new Set(stays.map((it) => JSON.stringify([it.person_key, it.service_code])))]
  return keys.flatMap((key) => {
    const [person_key, service_code] = JSON.parse(key) as [number, string]
    const spells: { start: number; end: number }[] = []
    for (const stay of stays.filter((it) => it.person_key === person_key && it.service_code === service_code)) {
      const last = spells.at(-1)
      if (last === undefined || stay.start > last.end) spells.push({ start: stay.start, end: stay.end ?? FAR })
      else last.end = Math.max(last.end, stay.end ?? FAR)
    }
    return spells.flatMap(({ start, end }, at) => {
      const next = spells[at + 1]
      if (end === FAR) return []
      return [
        {
          ...{ person_key, service_code, start_day: start, left_day: end },
          days_to_return: next === undefined ? null : next.start - end,
          days_followed: sight(person_key).lastDay - end,
        },
      ]
    })
  })
}

function exitsOf(stays: Stay[], leavings: ServiceLeavingRow[], world: World, story: CareStory): SecondaryCareExitRow[] {
  const { secondary_care_days: grace } = world.settings[0] as World['settings'][number]
  if (!world.team_level.some((it) => it.is_secondary_care === 1)) return []
  const firsts = stays.filter(
    (it, at) =>
      !it.isSecondary &&
      stays.findIndex(
        (other) => other.person_key === it.person_key && other.service_code === it.service_code && !other.isSecondary,
      ) === at,
  )
  return firsts.flatMap((first): SecondaryCareExitRow[] => {
    const { person_key, service_code, start } = first
    const others = stays.filter((it) => it.person_key === person_key && it.isSecondary)
    const isBefore = (it: Stay) => stays.indexOf(it) < stays.indexOf(first)
    const { death, lastDay } = sightOf(person_key, world, story)
    if (others.some((it) => isBefore(it) && (it.end ?? FAR) >= start))
      return [{ person_key, service_code, exit: 'already', days: null }]
    const left = leavings
      .filter((it) => it.person_key === person_key && it.service_code === service_code && it.left_day >= start)
      .map((it) => it.left_day + grace)
    const candidates = [
      { exit: 'secondary_care' as const, on: others.filter((it) => !isBefore(it)).map((it) => it.start) },
      { exit: 'died' as const, on: death === null ? [] : [death] },
      { exit: 'left' as const, on: left },
    ].flatMap(({ exit, on }) => (on.length === 0 ? [] : [{ exit, on: Math.min(...on) }]))
    const [exit] = candidates.filter((it) => it.on <= lastDay).sort((a, b) => a.on - b.on)
    if (lastDay < start) return []
    return [
      exit === undefined
        ? { person_key, service_code, exit: 'still_open', days: lastDay - start }
        : { person_key, service_code, exit: exit.exit, days: exit.on - start },
    ]
  })
}

const YEARS = [
  [-2, -730],
  [-1, -365],
  [1, 0],
] as const

function frequentOf(world: World, story: CareStory): FrequentAttendersRow[] {
  const settings = world.settings[0] as World['settings'][number]
  const events = eventsOf(world, story)
  const rows: FrequentAttendersRow[] = []
  for (const service_code of [...new Set(world.usage_coverage.map((it) => it.service_code))]) {
    const supplied = world.usage_coverage.filter((it) => it.service_code === service_code).map((it) => it.event_type)
    for (const rule_number of [...new Set(world.frequent_rule.map((it) => it.rule_number))]) {
      const rule = world.frequent_rule.filter((it) => it.rule_number === rule_number)
      const types = rule.map((it) => it.event_type).filter((it) => supplied.includes(it))
      if (types.length === 0) continue
      const people = indexEpisodes(world, story)
        .filter(([it]) => it.service_code === service_code)
        .map(([{ person_key }, index_day]) => {
          const { unseen, death } = sightOf(person_key, world, story)
          const end = death ?? unseen
          return YEARS.map(([, from]) => {
            const [first, next] = [index_day + from, index_day + from + 365]
            if (next > end || (settings.data_start_day !== null && first < settings.data_start_day)) return null
            return events.filter(
              (it) =>
                it.person_key === person_key &&
                types.includes(it.event_type) &&
                it.start_day >= first &&
                it.start_day < next,
            ).length
          })
        })
      for (const place of [0, 1] as const) {
        const seen = people.flatMap((counts) => {
          const [first, second] = [counts[place] ?? null, counts[place + 1] ?? null]
          return first === null || second === null ? [] : [{ first, second }]
        })
        if (seen.length === 0) continue
        const isFrequent = (n: number) =>
          n >= Math.max(...rule.filter((it) => types.includes(it.event_type)).map((it) => it.at_least))
        const count = (first: boolean, second: boolean) =>
          seen.filter((it) => isFrequent(it.first) === first && isFrequent(it.second) === second).length
        const sum = (which: 'first' | 'second') =>
          seen.filter((it) => isFrequent(it.first)).reduce((total, it) => total + it[which], 0)
        rows.push({
          ...{ service_code, rule_number, first_year: YEARS[place][0] },
          ...{ n_both: count(true, true), n_first_only: count(true, false) },
          ...{ n_second_only: count(false, true), n_neither: count(false, false) },
          ...{ uses_first: sum('first'), uses_second: sum('second') },
        })
      }
    }
  }
  return rows
}

function icbPeopleOf(world: World, story: CareStory): IcbPersonRow[] {
  const { data_end_day: dataEnd } = world.settings[0] as World['settings'][number]
  const people = [...new Set(story.episodes.map((it) => it.person_key))]
  return people.map((person_key) => {
    const own = story.episodes.filter((it) => it.person_key === person_key)
    const services = (of: typeof own) => new Set(of.map((it) => it.service_code)).size
    const recent = own.filter((it) => it.end_day === null || it.end_day > dataEnd - 365)
    return {
      icb_code: 'Q1',
      person_key,
      n_services: services(own),
      is_recent: recent.length > 0 ? 1 : 0,
      n_recent_services: services(recent),
    }
  })
}
