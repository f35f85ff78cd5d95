import type { OutcomeAnalysis, ServiceName, UsageAnalysis, UseSensitivityOf } from '../reports/analysis.ts'
import { mainUsage } from '../reports/parts/usage-words.ts'
import { addMonths, dayNumber, type IsoDate, isoDate } from '../src/domain/iso-date.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { bundledPriceIndex } from '../src/economics/bundled.ts'
import { costUsage } from '../src/economics/cost-usage.ts'
import type { Store } from '../src/store/open.ts'
import {
  readUsageMerged,
  readUsageMonths,
  readUsagePerson,
  readUsageWindows,
  readUseAroundJoining,
  readUtilityScores,
} from '../src/store/queries/usage.ts'
import { readDataDays, readIndexDays, readUseDays } from '../src/store/queries/use-days.ts'
import { doubtsAboutFall } from '../src/usage/doubt-about-fall.ts'
import { monthSeries } from '../src/usage/month-series.ts'
import { summariseUsage } from '../src/usage/summarise-usage.ts'
import type { UsagePersonRow, UsageSummary } from '../src/usage/usage-result.ts'
import { useSensitivity } from '../src/usage/use-sensitivity.ts'
import { armPeople } from './analyse-arms.ts'
import { analyseComparator } from './analyse-comparator.ts'
import { analyseValue } from './analyse-value.ts'
import { costChoices } from './cost-choices.ts'
import { joinOutcomes } from './join-outcomes.ts'
import type { Project } from './project.ts'
import { projectUnitCosts } from './project-unit-costs.ts'
import type { Marts } from './read-marts.ts'

/** Use of services before and after joining, and its cost, for each service whose extracts the project lists. */
export async function analyseUsage(
  { kysely, sqlite }: Store,
  project: Project,
  marts: Marts,
  outcomes: ReadonlyMap<string, readonly OutcomeAnalysis[]>,
): Promise<UsageAnalysis[]> {
  const unit_costs = projectUnitCosts(project)
  const index = bundledPriceIndex(project.prices.index, project.prices.edition)
  const analyses: Omit<UsageAnalysis, 'comparison'>[] = []
  const people = new Map<string, readonly UsagePersonRow[]>()
  for (const { service: code } of project.usage) {
    const service = marts.services.find((it) => it.code === code)
    if (service === undefined) throw noSuchService(code, marts.services)
    const rows = await readUsagePerson(kysely, code)
    people.set(code, rows)
    const months = await readUsageMonths(kysely, code)
    const whole_window_days = wholeWindowDays(project.rules.window_months)
    const programme = project.programmes.find((it) => it.service === code) ?? null
    const types = [...new Set(rows.map((it) => it.event_type))]
    const choices = programme === null ? [] : await costChoices({ kysely, sqlite }, project, code, types)
    const costOf = (people: readonly UsagePersonRow[], own: typeof programme) =>
      costUsage({
        rows: people,
        unit_costs,
        price_year: project.prices.year,
        index,
        programme: own,
        bootstrap: project.bootstrap,
        otherwise: own === null ? [] : choices,
      })
    const cost = costOf(rows, programme)
    const summaries = summariseUsage(rows, { whole_window_days, bootstrap: project.bootstrap })
    analyses.push({
      service,
      n_joined: marts.index_people.filter((it) => it.service_code === code).length,
      summaries,
      months: monthSeries(months),
      doubts: doubtsAboutFall(readUseAroundJoining(sqlite, code), months),
      sensitivity: await sensitivityOf({ kysely, sqlite }, project, code, summaries),
      merged: await readUsageMerged(kysely, code),
      cost,
      joined: joinOutcomes(code, outcomes.get(code) ?? [], rows, { marts, project }, (own) => costOf(own, null)),
      value: analyseValue(
        {
          rows,
          windows: await readUsageWindows(kysely, code),
          utilities: await readUtilityScores(kysely, code),
          unit_costs,
          index,
          programme_per_person_pence: cost.programme.cost_per_person_pence,
          whole_window_days,
        },
        project,
      ),
      arms: armPeople(service, marts).map(({ key, people }) => {
        const own = rows.filter((it) => people.has(it.person_key))
        return { key, summaries: summariseUsage(own, { whole_window_days }), cost: costOf(own, null) }
      }),
    })
  }
  return analyses.map((it) => ({ ...it, comparison: analyseComparator(it, analyses, people, { project, marts }) }))
}

/** Of the use that leads: events alone, so that no stay is read. */
async function sensitivityOf(
  { kysely, sqlite }: Pick<Store, 'kysely' | 'sqlite'>,
  project: Project,
  code: string,
  summaries: readonly UsageSummary[],
): Promise<UseSensitivityOf | null> {
  const main = mainUsage({ summaries })
  if (main === undefined) return null
  const settings = await readDataDays(kysely)
  const data = {
    people: await readIndexDays(kysely, code),
    uses: readUseDays(sqlite, code, main.event_types),
    stays: [],
    ...settings,
  }
  return {
    usage_id: main.usage_id,
    label: main.label,
    variations: useSensitivity(project.rules, data, main.event_types),
  }
}

function noSuchService(code: string, services: readonly ServiceName[]): OperatorError {
  return new OperatorError(
    `outcomes.yaml lists service use of "${code}", and nothing was read of such a service. There are: ${services.map((it) => it.code).join(', ')}.`,
    EXIT.wrong_usage,
  )
}

/** The fewest days that so many calendar months can have. */
function wholeWindowDays(months: number): number {
  const fewest = Array.from({ length: 48 }, (_, month) => {
    const start = isoDate(2023 + Math.floor(month / 12), (month % 12) + 1, 1) as IsoDate
    return dayNumber(addMonths(start, months)) - dayNumber(start)
  })
  return Math.min(...fewest)
}
