import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, ReleasedText, say } from '../../src/disclosure/released.ts'
import { axisEnds, ratioAxisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import type { MonthRate, UsageSummary } from '../../src/usage/usage-result.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { spikeRatio } from './release-spike.ts'
import { type ReleasedUsage, releaseAllUsage, releaseTime } from './release-usage.ts'
import { estimateCell, interval, intervalCell, serviceWords, table } from './text.ts'

/** Rates by month, a year either side of joining. Null where half the months or more are withheld: those that are left would mislead. */
export function eventTime(gate: Gate, usage: UsageAnalysis, usageId: string): Figure | null {
  const months = usage.months.filter((it) => it.usage_id === usageId)
  const label = labelOf(usage.summaries, usageId)
  const rows = months.map((it) => releaseMonth(gate, it))
  if (rows.filter((row) => row.rate.is_shown).length * 2 <= rows.length) return null
  return {
    id: `event-time-${usage.service.code}-${usageId}`,
    title: eventTimeTitle(gate, usage, usageId, shortUsage(label)),
    summary: say`Events per person-year in each of the twelve months before and after joining. A rise just before joining is what makes people join; a fall after such a rise would be expected whatever was done. The bars below are the person-months observed: where they shorten, fewer people were still followed.`,
    chart: 'event_time',
    rows,
    params: {
      x_title: gate.label('Months from joining'),
      y_title: gate.label('Events per person-year'),
      y_domain: axisEnds(
        gate,
        rows.map((row) => row.rate),
      ),
      person_months_domain: axisEnds(
        gate,
        rows.map((row) => row.person_months),
      ),
      joining_label: gate.label('Joined'),
    },
    table: table(
      gate,
      `event-time-${usage.service.code}-${usageId}`,
      `By month: ${label}, ${serviceWords(usage.service)}`,
      [
        ['month_offset', 'Month from joining', 'number'],
        ['events', 'Events', 'count'],
        ['person_months', 'Person-months', 'number'],
        ['rate', 'Per person-year', 'number'],
      ],
      rows,
      [say`Month 0 begins on the joining day.`],
    ),
  }
}

/** The finding is what came before joining: a rise makes a later fall expected. */
function eventTimeTitle(gate: Gate, usage: UsageAnalysis, usageId: string, label: string): ReleasedText {
  const name = gate.label(label)
  const doubt = usage.doubts.find((it) => it.usage_id === usageId)
  const ratio = doubt === undefined ? null : spikeRatio(gate, doubt)
  if (ratio === null || !ratio.is_shown) return say`${name}: month by month around joining`
  return doubt?.spike?.is_spike === true
    ? say`${name}: the three months before joining ran at ${ratio} times the rate of the nine before them`
    : say`${name}: no clear rise in the three months before joining (${ratio} times the nine before them)`
}

/** One month around joining, after the gate. */
export function releaseMonth(gate: Gate, it: MonthRate) {
  const events = gate.count(it.events)
  const person_months = releaseTime(gate, it.person_months)
  return {
    month_offset: gate.fact(it.month_offset),
    events,
    person_months,
    rate: gate.derive([events, person_months], (n, time) => (time === 0 ? null : (n / time) * 12), {
      decimals: 2,
      reason: say`no person-time`,
    }),
  }
}

/** After over before, for every type supplied. */
export function rateRatioForest(gate: Gate, usage: UsageAnalysis): Figure {
  const all = releaseAllUsage(gate, usage)
  const drawn = all
    .filter((it) => it.ratio.is_shown)
    .toSorted((a, b) => Number(b.summary.is_group) - Number(a.summary.is_group))
  return {
    id: 'rate-ratios',
    title: forestTitle(gate, all),
    summary: say`Rate after joining divided by rate before, with 95% intervals that treat the person, not the event, as the unit. Left of 1 is less use; an interval that reaches 1 shows no clear difference. Types used by too few people have no ratio and are in the table only.`,
    chart: 'rate_ratio_forest',
    rows: drawn.map((it) => ({
      label: gate.label(shortUsage(it.summary.label)),
      ratio: it.ratio,
      low: it.ratio_low,
      high: it.ratio_high,
      note: noteOf(it),
    })),
    params: {
      x_title: gate.label('Rate ratio, after ÷ before'),
      x_domain: ratioAxisEnds(
        gate,
        drawn.flatMap((it) => [it.ratio_low, it.ratio_high]),
      ),
      x_ticks: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20].map((tick) => gate.fact(tick)),
    },
    table: ratesTable(gate, all),
  }
}

function noteOf({ ratio, ratio_low, ratio_high }: ReleasedUsage): ReleasedText {
  const note = estimateCell(ratio, ratio_low, ratio_high)
  return note instanceof ReleasedText ? note : say`${note}`
}

function forestTitle(gate: Gate, all: readonly ReleasedUsage[]): ReleasedText {
  const main = all.find((it) => it.summary.is_group && it.ratio.is_shown) ?? all.find((it) => it.ratio.is_shown)
  if (main === undefined) return say`Too few events for a comparison of rates`
  const label = gate.label(shortUsage(main.summary.label))
  const range = interval(main.ratio_low, main.ratio_high)
  const clear = clearlyOff(main)
  if (clear === 'lower') return say`${label}: the rate after joining was ${main.ratio} times the rate before (${range})`
  if (clear === 'higher') return say`${label}: the rate after joining was higher, ${main.ratio} times (${range})`
  return say`${label}: no clear difference in rate, ratio ${main.ratio} (${range})`
}

function clearlyOff(it: ReleasedUsage): 'lower' | 'higher' | null {
  if (it.ratio_high.value !== null && it.ratio_high.value < 1) return 'lower'
  return it.ratio_low.value !== null && it.ratio_low.value > 1 ? 'higher' : null
}

function ratesTable(gate: Gate, all: readonly ReleasedUsage[]) {
  return table(
    gate,
    'rates',
    'Rates before and after joining',
    [
      ['label', 'Service use', 'text'],
      ['events_before', 'Events before', 'count'],
      ['rate_before', 'Per person-year before', 'number'],
      ['events_after', 'Events after', 'count'],
      ['rate_after', 'Per person-year after', 'number'],
      ['ratio', 'Rate ratio', 'number'],
      ['range', '95% interval, person as unit', 'text'],
      ['exact', '95% interval, exact', 'text'],
      ['dispersion', 'Dispersion', 'number'],
    ],
    all.map((it) => ({
      label: gate.label(shortUsage(it.summary.label)),
      events_before: it.events_before,
      rate_before: it.rate_before,
      events_after: it.events_after,
      rate_after: it.rate_after,
      ratio: it.ratio,
      range: intervalCell(it.ratio_low, it.ratio_high),
      exact: intervalCell(it.exact_low, it.exact_high),
      dispersion: it.dispersion,
    })),
    [
      say`Two intervals stand side by side. With the person as unit, one person’s many events count as one person’s. The exact interval takes every event to be independent of every other: a dispersion above 1 says that they are not, and then the exact interval is too narrow and the wider one is to be believed.`,
      say`Time at risk: ${person_years(all, 'person_years_before')} person-years before joining and ${person_years(all, 'person_years_after')} after. Less time after than before means that some people were followed for only part of the window: each counts for the time they could be observed, and no longer.`,
      say`Groups add up single types, so rows overlap. Rates are events divided by person-years, both rounded as shown; the ratio and its intervals come from the people themselves.`,
      ...coverNote(all),
    ],
  )
}

function person_years(all: readonly ReleasedUsage[], side: 'person_years_before' | 'person_years_after'): ReleasedText {
  const [first] = all
  return first === undefined ? say`no` : say`${first[side]}`
}

/** Said where more than the small types are withheld. */
function coverNote(all: readonly ReleasedUsage[]): ReleasedText[] {
  return all.some((it) => it.is_withheld)
    ? [
        say`Where a type is used by too few people to show, another type of the same group may be withheld with it: the group less the other types would otherwise give it away.`,
      ]
    : []
}

/** People by how often they used a service, among all with time on both sides. */
export function useDistribution(gate: Gate, summary: UsageSummary): Figure {
  const before = gate.partition(summary.distribution_before)
  const after = gate.partition(summary.distribution_after)
  const levels = [
    ['None', 'none'],
    ['One', 'one'],
    ['Two', 'two'],
    ['Three or more', 'three_or_more'],
  ] as const
  const rows = levels.flatMap(([label, key]) => [
    { label: gate.label(label), period: gate.label('Before'), people: before.cells[key] },
    { label: gate.label(label), period: gate.label('After'), people: after.cells[key] },
  ])
  return {
    id: `distribution-${summary.usage_id}`,
    title: distributionTitle(gate, summary, before.cells, after.cells),
    summary: say`People by number of events before and after joining: everyone with time on both sides, so those followed for only part of a window are among them and had less time for events after. A few people often account for most of the use.`,
    chart: 'use_distribution',
    rows,
    params: {
      x_title: gate.label('People'),
      x_domain: axisEnds(
        gate,
        rows.map((row) => row.people),
      ),
    },
    table: table(
      gate,
      `distribution-${summary.usage_id}`,
      'People by number of events',
      [
        ['label', 'Events', 'text'],
        ['before', 'People, before', 'count'],
        ['after', 'People, after', 'count'],
      ],
      levels.map(([label, key]) => ({
        label: gate.label(label),
        before: before.cells[key],
        after: after.cells[key],
      })),
    ),
  }
}

type Levels = Readonly<Record<keyof UsageSummary['distribution_before'], Released>>

function distributionTitle(gate: Gate, summary: UsageSummary, before: Levels, after: Levels): ReleasedText {
  const label = gate.label(shortUsage(summary.label))
  const most = [before.three_or_more, after.three_or_more] as const
  if (most[0].is_shown && most[1].is_shown) {
    return say`${label}: ${most[0]} people had three or more before joining, ${most[1]} after`
  }
  if (before.none.is_shown && after.none.is_shown) {
    return say`${label}: ${before.none} people had none before joining, ${after.none} after`
  }
  return say`${label}: few people had many`
}

export function labelOf(summaries: readonly UsageSummary[], usageId: string): string {
  return summaries.find((it) => it.usage_id === usageId)?.label ?? usageId
}

/** A group's label without its list of members. */
export function shortUsage(label: string): string {
  return label.replace(/ \(.*\)$/, '').replace(/, near home or out of area$/, '')
}
