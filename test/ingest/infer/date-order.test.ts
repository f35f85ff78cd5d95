import { describe, expect, it } from 'vitest'
import { ColumnCounter } from '../../../src/ingest/infer/column-facts.ts'
import { dateOrder } from '../../../src/ingest/infer/date-order.ts'
import { Notebook } from '../../../src/ingest/infer/notebook.ts'
import { table } from '../../table.ts'

/** `29/03/2025 x3, 04/05/2025`: three of the first, one of the second. */
function column(drawn: string): ReturnType<ColumnCounter['facts']> {
  const counter = new ColumnCounter(0, 'Form date')
  for (const part of drawn.split(',')) {
    const [text, times] = part.split(' x') as [string, string?]
    for (let n = 0; n < Number(times ?? 1); n++) counter.add(text)
  }
  return counter.facts()
}

const ORDERS = `
  dates                              | order | options | why
  -----------------------------------+-------+---------+------------------------------------------
  29/03/2025, 04/05/2025             | dmy   |         | 1 of 2 dates can only be day/month/year
  03/29/2025, 04/05/2025             | mdy   |         | 1 of 2 dates can only be month/day/year
  2025-03-29, 2025-03-04             | ymd   |         | year first
  29 Mar 2025, 4 Apr 2025            | ymd   |         | month's name
  March 29 2025, Apr 4 2025          | ymd   |         | month's name
  04/05/2025, 06/07/2025             |       | dmy,mdy | both the first and the second number could
  29/03/2025, 03/29/2025, 01/01/2025 |       | dmy,mdy | 1 of 3 dates can only be day/month/year and 1
  29/03/2025, 04/05/2025 x20         |       | dmy,mdy | fewer than chance would give
  2025-03-04 x5, 29/03/2025 x8       |       |         | dates to the spreadsheet, all of days 1 to 12
  2025-03-04 x5, 29/03/2025, 04/05/2025 | dmy |        | can only be day/month/year
  29/3/25 9:05, 4/5/25 10:10         | dmy   |         | 1 of 2
`

describe('the order of a column’s dates, from all of them', () => {
  it.each(table(ORDERS))('$dates', ({ dates, order, options, why }) => {
    const notebook = new Notebook(new Map())
    expect(dateOrder(column(String(dates)), notebook)).toBe(order)
    const [question] = notebook.questions
    expect((question?.options ?? []).map(({ option }) => option).join(',')).toBe(options ?? '')
    const said = [...(question?.evidence ?? []), ...notebook.decisions.flatMap(({ evidence }) => evidence)].join()
    expect(said).toContain(why)
  })

  it('an answer counts as far as it is one of the options', () => {
    const facts = column('04/05/2025, 06/07/2025')
    expect(dateOrder(facts, new Notebook(new Map([['date_order:Form date', 'mdy']])))).toBe('mdy')
    expect(dateOrder(facts, new Notebook(new Map([['date_order:Form date', 'ymd']])))).toBe(null)
  })
})
