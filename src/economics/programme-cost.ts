import { annualEquivalent } from '../domain/discount.ts'
import { type Pence, penceFromPounds, timesFactor } from '../domain/money.ts'
import { type PriceIndex, uprating } from './price-index.ts'
import { priceInYear } from './price-items.ts'
import type { UnitCost } from './unit-cost.ts'

/** What an hour of somebody costs: by the unit-cost table’s line of the band, or at a rate of the service’s own. */
interface HourlyRate {
  readonly band?: string | undefined
  readonly rate_gbp?: number | undefined
  /** Who says so; needed with a rate. */
  readonly source?: string | undefined
}

/** Hours of a year of one role. */
export interface StaffPart extends HourlyRate {
  readonly role: string
  readonly hours_per_year: number
}

/** A group that meets so many times a year; the cost of a place is that of a session over the people who come. */
export interface GroupPart extends HourlyRate {
  readonly name: string
  readonly facilitators: number
  /** Of one session, with preparing and writing up. */
  readonly hours: number
  readonly sessions_per_year: number
  /** Mean number who come. */
  readonly attendees: number
}

export interface RoomPart {
  readonly name: string
  readonly hours_per_year: number
  readonly rate_gbp: number
  readonly source: string
}

/** Met once, and spread over the years it serves. */
export interface SetUpPart {
  readonly name: string
  readonly cost_gbp: number
  readonly years: number
  readonly source: string
}

/** What the service itself costs: for one person, for a year and the people seen in it, or by its parts and those people. */
export interface ProgrammeCost {
  readonly cost_per_person_gbp?: number | undefined
  readonly cost_per_year_gbp?: number | undefined
  readonly people_per_year?: number | undefined
  readonly staff?: readonly StaffPart[] | undefined
  readonly groups?: readonly GroupPart[] | undefined
  readonly rooms?: readonly RoomPart[] | undefined
  readonly set_up?: readonly SetUpPart[] | undefined
  /** On top of what staff hours cost, as a share: 0.2 is a fifth. */
  readonly overheads?: number | undefined
  readonly price_year: string
  readonly source: string
}

/** A part of the service’s own cost in a year, in the price year of the result. */
export interface ProgrammePart {
  readonly kind: 'staff' | 'group' | 'room' | 'set_up'
  readonly label: string
  /** Hours of a year; of set-up, the years it is spread over. */
  readonly quantity: number
  /** Of an hour, overheads within; of set-up, the whole cost. Null beside a reason. */
  readonly rate_pence: Pence | null
  readonly cost_per_year_pence: Pence | null
  /** Of a group: what one person’s coming once costs. */
  readonly cost_per_attendance_pence: Pence | null
  readonly source: string
  readonly reason: string | null
}

/** The service’s own cost in one price year. Nulls stand beside a reason. */
export interface ProgrammePrice {
  readonly cost_per_person_pence: Pence | null
  readonly people_per_year: number | null
  /** Met once at the start, and spread over years in `cost_per_person_pence`. */
  readonly set_up_pence: Pence
  /** A year without set-up. Null where the people of a year are not known. */
  readonly running_per_year_pence: Pence | null
  readonly parts: readonly ProgrammePart[]
  readonly factor: number | null
  readonly reason: string | null
}

/** Prices the service’s own cost, built from its parts where these are given. A part without a price leaves the whole unknown. */
export function priceProgramme(
  programme: ProgrammeCost,
  unitCosts: readonly UnitCost[],
  index: PriceIndex,
  priceYear: string,
): ProgrammePrice {
  const uprated = uprating(index, programme.price_year, priceYear)
  const people = programme.people_per_year ?? null
  const unknown = {
    cost_per_person_pence: null,
    people_per_year: people,
    set_up_pence: 0 as Pence,
    running_per_year_pence: null,
    parts: [],
    factor: null,
  }
  if ('code' in uprated) {
    const reason = `the price index has no figure for ${uprated.financial_year}, so the service cost cannot be uprated`
    return { ...unknown, reason }
  }
  const { factor } = uprated
  const { cost_per_person_gbp: each, cost_per_year_gbp: year } = programme
  if (each !== undefined || (year !== undefined && people !== null)) {
    const pounds = each ?? (year as number) / (people as number)
    const cost = timesFactor(penceFromPounds(pounds), factor)
    const running = people === null ? null : timesFactor(penceFromPounds(year ?? pounds * people), factor)
    return { ...unknown, cost_per_person_pence: cost, running_per_year_pence: running, factor, reason: null }
  }
  if (people === null) throw new Error('the parts of a programme cost need the people of a year')
  const parts = partsOf(programme, (rate) => hourly(rate, { programme, unitCosts, index, priceYear, factor }), factor)
  const missing = parts.find((part) => part.reason !== null)
  if (missing !== undefined) return { ...unknown, parts, factor, reason: `${missing.label}: ${missing.reason}` }
  const total = sum(parts)
  const set_up_pence = timesFactor(
    penceFromPounds((programme.set_up ?? []).reduce((all, it) => all + it.cost_gbp, 0)),
    factor,
  )
  return {
    cost_per_person_pence: timesFactor(total, 1 / people),
    people_per_year: people,
    set_up_pence,
    running_per_year_pence: sum(parts.filter((part) => part.kind !== 'set_up')),
    parts,
    factor,
    reason: null,
  }
}

type Hourly = (rate: HourlyRate) => Pick<ProgrammePart, 'rate_pence' | 'source' | 'reason'>

function partsOf(programme: ProgrammeCost, rateOf: Hourly, factor: number): ProgrammePart[] {
  const { staff = [], groups = [], rooms = [], set_up = [] } = programme
  const inYear = (pounds: number) => timesFactor(penceFromPounds(pounds), factor)
  const part = (kind: ProgrammePart['kind'], label: string, quantity: number, rate: ReturnType<Hourly>) => ({
    kind,
    label,
    quantity,
    ...rate,
    cost_per_year_pence: rate.rate_pence === null ? null : timesFactor(rate.rate_pence, quantity),
    cost_per_attendance_pence: null,
  })
  return [
    ...staff.map((it) => part('staff', it.role, it.hours_per_year, rateOf(it))),
    ...groups.map((it) => {
      const rate = rateOf(it)
      const session = rate.rate_pence === null ? null : timesFactor(rate.rate_pence, it.facilitators * it.hours)
      return {
        ...part('group', it.name, it.facilitators * it.hours * it.sessions_per_year, rate),
        cost_per_attendance_pence: session === null ? null : timesFactor(session, 1 / it.attendees),
      }
    }),
    ...rooms.map((it) =>
      part('room', it.name, it.hours_per_year, { rate_pence: inYear(it.rate_gbp), source: it.source, reason: null }),
    ),
    ...set_up.map(({ name, cost_gbp, years, source }) => ({
      ...part('set_up', name, years, { rate_pence: inYear(cost_gbp), source, reason: null }),
      cost_per_year_pence: inYear(annualEquivalent(cost_gbp, years)),
    })),
  ]
}

interface RateTables {
  readonly programme: ProgrammeCost
  readonly unitCosts: readonly UnitCost[]
  readonly index: PriceIndex
  readonly priceYear: string
  readonly factor: number
}

/** An hour with overheads. A band’s price is uprated from its own year, a rate of the service’s own from the programme’s. */
function hourly({ band, rate_gbp, source }: HourlyRate, tables: RateTables): ReturnType<Hourly> {
  const { programme, unitCosts, index, priceYear, factor } = tables
  const withOverheads = (amount: Pence) => timesFactor(amount, 1 + (programme.overheads ?? 0))
  if (rate_gbp !== undefined) {
    const rate_pence = withOverheads(timesFactor(penceFromPounds(rate_gbp), factor))
    return { rate_pence, source: source ?? programme.source, reason: null }
  }
  const id = staffBandId(band ?? '')
  const line = unitCosts.find((it) => it.unit_cost_id === id && it.unit === 'hour')
  const { price } = priceInYear(line, index, priceYear)
  const central = price?.unit_cost?.central_pence
  if (central === undefined) return { rate_pence: null, source: '', reason: `band ${band} has no price of an hour` }
  const place = [price?.source, price?.edition, price?.table === null ? null : `table ${price?.table}`]
  return { rate_pence: withOverheads(central), source: place.filter((it) => it).join(', '), reason: null }
}

/** The line of the unit-cost table that prices an hour of a band: `staff_band_6`. */
export function staffBandId(band: string): string {
  return `staff_band_${band.replace(/^band\s*/i, '').toLowerCase()}`
}

function sum(parts: readonly ProgrammePart[]): Pence {
  return parts.reduce((total, part) => total + (part.cost_per_year_pence ?? 0), 0) as Pence
}
