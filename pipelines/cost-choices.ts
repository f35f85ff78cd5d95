import type { Database as SqliteDatabase } from 'better-sqlite3'
import type { Kysely } from 'kysely'
import { bundledPriceIndex } from '../src/economics/bundled.ts'
import type { CostChoice } from '../src/economics/cost-usage.ts'
import type { Database } from '../src/store/database.ts'
import { readDataDays, readIndexDays, readStayDays, readUseDays } from '../src/store/queries/use-days.ts'
import { INDEX_EVENTS, type IndexEvent } from '../src/usage/index-events.ts'
import type { UsagePersonRow } from '../src/usage/usage-result.ts'
import { type UseChoice, type UseData, useUnder } from '../src/usage/use-choice.ts'
import type { Project } from './project.ts'

const INDEX_LABELS: Readonly<Record<IndexEvent, string>> = {
  referral: 'Joining counted from referral',
  self_referral: 'Joining counted from self-referral',
  first_contact: 'Joining counted from the first contact',
  first_attendance: 'Joining counted from the first attendance',
  start: 'Joining counted from the start',
}

/** What the net cost is worked out under besides the choices that the project made: another index event, half the window, another price index. */
export async function costChoices(
  { kysely, sqlite }: { readonly kysely: Kysely<Database>; readonly sqlite: SqliteDatabase },
  { rules, prices }: Project,
  service: string,
  eventTypes: readonly string[],
): Promise<CostChoice[]> {
  const data: UseData = {
    people: await readIndexDays(kysely, service),
    uses: readUseDays(sqlite, service, eventTypes),
    stays: await readStayDays(kysely),
    ...(await readDataDays(kysely)),
  }
  const made: UseChoice = { ...rules, counts_merged: false }
  const met = new Set(data.people.map((it) => it.index_event))
  const half = Math.max(1, Math.floor(rules.window_months / 2))
  const under = (change: Partial<UseChoice>) => rowsUnder({ ...made, ...change }, data, eventTypes)
  const other = prices.index === 'nhscii' ? 'gdp_deflator' : 'nhscii'
  return [
    ...INDEX_EVENTS.filter((it) => it !== rules.index_event && met.has(it)).map((index_event) => ({
      scenario_id: `index_${index_event}`,
      label: INDEX_LABELS[index_event],
      rows: under({ index_event }),
    })),
    {
      scenario_id: 'half_window',
      label: `Windows of ${half} months in place of ${rules.window_months}`,
      rows: under({ window_months: half }),
    },
    {
      scenario_id: 'price_index',
      label: other === 'nhscii' ? 'Prices by the NHS Cost Inflation Index' : 'Prices by the GDP deflator',
      index: bundledPriceIndex(other),
    },
  ]
}

/** One type at a time, as `usage_person` has them. */
function rowsUnder(choice: UseChoice, data: UseData, eventTypes: readonly string[]): UsagePersonRow[] {
  return eventTypes.flatMap((event_type) => useUnder(choice, data, [event_type]).map((use) => ({ ...use, event_type })))
}
