import fc from 'fast-check'
import { expect, it } from 'vitest'
import { analyseOverTime } from '../../pipelines/analyse-over-time.ts'
import type { Project } from '../../pipelines/project.ts'
import { parseProject } from '../../pipelines/project.ts'
import type { Marts } from '../../pipelines/read-marts.ts'
import { dateOfDay } from '../../src/domain/iso-date.ts'

const SERVICES = ['oats', 'crisis']
const SCALE = { measure_id: 'reqol-10', scale_id: 'total' }
const project = parseProject('{}') as Project

const date = fc.integer({ min: 19_700, max: 19_850 }).map(dateOfDay)
const episode = fc.record({
  service_code: fc.constantFrom(...SERVICES),
  start_date: date,
  end_date: fc.option(date),
  has_pair: fc.constantFrom(0, 1),
  pre_score: fc.integer({ min: 0, max: 40 }),
  post_score: fc.option(fc.integer({ min: 0, max: 40 })),
  post_date: date,
})
const use = fc.record({
  service_code: fc.constantFrom(...SERVICES),
  event_type: fc.constantFrom('ae_mental_health', 'ambulance', 'gp'),
  event_day: fc.integer({ min: 19_700, max: 19_850 }),
  person_key: fc.integer({ min: 1, max: 3 }),
})

it('starts, improvement, endings and emergencies by month are what is counted one by one, month after month', () => {
  fc.assert(
    fc.property(fc.array(episode, { maxLength: 30 }), fc.array(use, { maxLength: 30 }), (episodes, uses) => {
      const found = analyseOverTime({ code: 'oats', name: '', area: '' }, martsOf(episodes, uses), project)
      const own = episodes.filter((it) => it.service_code === 'oats')
      const inMonth = (month: string) => (it: string | null) => it !== null && `${it.slice(0, 7)}-01` === month
      for (const { month, n } of found.starts) expect(n).toBe(own.filter((it) => inMonth(month)(it.start_date)).length)
      for (const { month, n, sum_improvement } of found.improvements) {
        const here = own.filter((it) => it.post_score !== null && inMonth(month)(it.post_date))
        expect(n).toBe(here.length)
        expect(sum_improvement).toBe(here.reduce((total, it) => total + (it.post_score as number) - it.pre_score, 0))
      }
      for (const { month, n, n_two } of found.endings) {
        const here = own.filter((it) => inMonth(month)(it.end_date))
        expect([n, n_two]).toEqual([here.length, here.filter((it) => it.has_pair === 1).length])
      }
      for (const { month, events, n_users } of found.emergency) {
        const here = uses.filter(
          (it) => it.service_code === 'oats' && it.event_type !== 'gp' && inMonth(month)(dateOfDay(it.event_day)),
        )
        expect([events, n_users]).toEqual([here.length, new Set(here.map((it) => it.person_key)).size])
      }
      const total = (rows: readonly { n: number }[]) => rows.reduce((sum, it) => sum + it.n, 0)
      expect(total(found.starts)).toBe(own.length)
      expect(total(found.endings)).toBe(own.filter((it) => it.end_date !== null).length)
    }),
    { seed: 7, numRuns: 100 },
  )
})

interface Drawn {
  readonly service_code: string
  readonly start_date: string
  readonly end_date: string | null
  readonly has_pair: number
  readonly pre_score: number
  readonly post_score: number | null
  readonly post_date: string
}
interface Use {
  readonly service_code: string
  readonly event_type: string
  readonly event_day: number
  readonly person_key: number
}

function martsOf(drawn: readonly Drawn[], uses: readonly Use[]): Marts {
  const episodes = drawn.map((it, at) => ({ ...it, ...SCALE, episode_id: at + 1 }))
  const byScale = new Map(
    SERVICES.map((code) => [code, episodes.filter((it) => it.service_code === code)] as const).filter(
      ([, rows]) => rows.length > 0,
    ),
  )
  const kinds = new Set(uses.map((it) => `${it.service_code} ${it.event_type} ${dateOfDay(it.event_day).slice(0, 7)}`))
  return {
    services: SERVICES.map((code) => ({ code, name: '', area: '' })),
    episodes,
    own: byScale,
    funnel_episodes: byScale,
    contact_months: [],
    people_followed: [],
    rare_events: uses.toSorted((a, b) => a.event_day - b.event_day),
    emergency_users: usersByMonth(uses),
    use_months: [...kinds].map((kind) => {
      const [service_code, event_type, month] = kind.split(' ')
      const events = uses.filter(
        (it) => `${it.service_code} ${it.event_type} ${dateOfDay(it.event_day).slice(0, 7)}` === kind,
      )
      return { service_code, event_type, month, events: events.length, n_users: 1, person_days: 30, n_people: 1 }
    }),
  } as unknown as Marts
}

/** As `readUsersByPeriod` has them, months alone. */
function usersByMonth(uses: readonly Use[]) {
  const users = uses
    .filter((it) => it.event_type !== 'gp')
    .map((it) => [it.service_code, `${dateOfDay(it.event_day).slice(0, 7)}-01`, it.person_key].join(' '))
  const periods = [...new Set(users)].map((it) => it.split(' ').slice(0, 2).join(' '))
  return [...new Set(periods)].map((it) => {
    const [service_code, period] = it.split(' ')
    return { service_code, period, n_users: periods.filter((other) => other === it).length }
  })
}
