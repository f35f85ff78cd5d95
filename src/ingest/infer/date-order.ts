import type { DateOrder } from '../read-date.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { Notebook } from './notebook.ts'
import { share } from './words.ts'

/**
 * The order in which a column writes its dates, from all of its cells; null where it cannot be told and was not answered. A few
 * dates that only one order allows prove it only if there are as many of them as chance would give.
 */
export function dateOrder(facts: ColumnFacts, notebook: Notebook): DateOrder | null {
  const { heading, n_dates, n_only_dmy, n_only_mdy, n_either } = facts
  const about = `date_order:${heading}`
  const order = provedOrder(facts)
  if (order === 'ymd') {
    const words = n_dates === 0 ? "are a spreadsheet's day numbers" : "are written year first or with the month's name"
    notebook.decide(about, order, 'proved', [
      `"${heading}": all ${facts.n_filled.toLocaleString('en-GB')} dates ${words}`,
    ])
    return order
  }
  if (isHalfTurned(facts)) return askForText(facts, notebook)
  const inNumbers = n_only_dmy + n_only_mdy + n_either
  const proving = Math.max(n_only_dmy, n_only_mdy)
  const isOneSided = n_only_dmy === 0 || n_only_mdy === 0
  if (order !== null) {
    const words = order === 'dmy' ? ['day', 'month'] : ['month', 'day']
    notebook.decide(about, order, 'proved', [
      `"${heading}": ${share(proving, inNumbers, 'dates')} can only be ${words[0]}/${words[1]}/year, and none only ${words[1]}/${words[0]}/year`,
    ])
    return order
  }
  const evidence = isOneSided
    ? proving === 0
      ? `in ${share(n_either, inNumbers, 'dates')} both the first and the second number could be a month`
      : `only ${share(proving, inNumbers, 'dates')} show their order, fewer than chance would give`
    : `${share(n_only_dmy, inNumbers, 'dates')} can only be day/month/year and ${n_only_mdy.toLocaleString('en-GB')} only month/day/year`
  const answer = notebook.ask({
    id: about,
    question: `In which order does "${heading}" write its dates?`,
    options: [
      { option: 'dmy', means: 'day/month/year, as in the United Kingdom' },
      { option: 'mdy', means: 'month/day/year, as in the United States' },
    ],
    evidence: [`"${heading}": ${evidence}`],
  })
  return answer as DateOrder | null
}

/**
 * A spreadsheet that thinks in the other order turns day and month round in the dates it understands, those of days 1 to 12, and
 * leaves the rest as text.
 */
function isHalfTurned({ n_year_first, n_year_first_early, n_only_dmy, n_only_mdy, n_either }: ColumnFacts): boolean {
  return n_year_first > 0 && n_year_first_early === n_year_first && n_either === 0 && n_only_dmy + n_only_mdy > 0
}

function askForText({ heading, n_year_first, n_only_dmy, n_only_mdy }: ColumnFacts, notebook: Notebook): null {
  notebook.ask({
    id: `date_order:${heading}`,
    question: `A spreadsheet has probably turned day and month round in a part of "${heading}". Ask for the export as CSV straight from the system, never opened in a spreadsheet.`,
    options: [],
    evidence: [
      `"${heading}": ${n_year_first.toLocaleString('en-GB')} dates are dates to the spreadsheet, all of days 1 to 12; the other ${(n_only_dmy + n_only_mdy).toLocaleString('en-GB')} are text, all of days above 12`,
    ],
  })
  return null
}

/** The order that a column's own dates prove; null where they do not. */
export function provedOrder(facts: ColumnFacts): DateOrder | null {
  return isHalfTurned(facts) ? null : fromValues(facts)
}

function fromValues({ n_dates, n_year_first, n_only_dmy, n_only_mdy, n_either }: ColumnFacts): DateOrder | null {
  if (n_year_first === n_dates) return 'ymd'
  const inNumbers = n_only_dmy + n_only_mdy + n_either
  if (n_only_dmy > 0 === n_only_mdy > 0) return null
  if (Math.max(n_only_dmy, n_only_mdy) < inNumbers * LEAST_SHARE) return null
  return n_only_dmy > 0 ? 'dmy' : 'mdy'
}

/** Days above 12 are 60% of all days; of a handful of dates, or of dates that Excel has half turned round, far fewer show. */
const LEAST_SHARE = 0.15
