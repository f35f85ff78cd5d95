import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { ReportSection } from '../../src/report/document.ts'
import type { ServiceAnalysis } from '../analysis.ts'
import type { FlowsAnalysis, FrequentAnalysis } from '../analysis-flows.ts'
import { releasedShare } from './release-outcome.ts'
import { inSentence, intervalCell, serviceWords, table } from './text.ts'

/** The same for every service whose extracts were supplied, for a commissioner. */
export function frequentSection(gate: Gate, services: readonly ServiceAnalysis[]): ReportSection[] {
  const tables = services.flatMap(({ service, flows }) =>
    flows === null ? [] : frequentTable(gate, flows, `frequent-${service.code}`, `, ${serviceWords(service)}`),
  )
  if (tables.length === 0) return []
  return [
    {
      id: 'frequent',
      title: say`Frequent attenders, and whether they stay so`,
      lead: say`How many who attended often in one year did so in the next: without the service in the two years before joining, and with it after. A fall among frequent attenders is no evidence by itself.`,
      figures: [],
      tables: [],
      appendix: tables,
      notes: [],
    },
  ]
}

/** Who was a frequent attender in one year, and how many of them in the next. None without extracts of service use. */
export function frequentTable(gate: Gate, { frequent }: FlowsAnalysis, id = 'frequent', whose = ''): ReleasedTable[] {
  if (frequent.length === 0) return []
  return [
    table(
      gate,
      id,
      `Frequent attenders, one year and the next${whose}`,
      [
        ['rule', 'Frequent', 'text'],
        ['years', 'First year, then second', 'text'],
        ['seen', 'People seen in both', 'count'],
        ['first', 'Frequent in the first', 'count'],
        ['both', 'Of these, in the second too', 'count'],
        ['percent', 'Share', 'percent'],
        ['range', '95% interval', 'text'],
        ['uses_first', 'Their uses, first year', 'number'],
        ['uses_second', 'Second year', 'number'],
        ['became', 'Newly frequent in the second', 'count'],
      ],
      frequent.map((it) => frequentRow(gate, it)),
      [
        say`Years of 365 days around joining, of people seen for the whole of both. In the two years before, nobody had joined. Whoever is picked for a bad year tends to have a better one next, whatever is done; the years before joining show how much so. The fall after joining has to be read against that.`,
        say`Their uses: mean for a person who was frequent in the first year. The threshold is the project’s own.`,
      ],
    ),
  ]
}

const YEARS: Readonly<Record<FrequentAnalysis['first_year'], ReleasedText>> = {
  [-2]: say`second year before joining, then the year before`,
  [-1]: say`year before joining, then the year after`,
}

function frequentRow(gate: Gate, it: FrequentAnalysis) {
  const { n_both, n_first_only, n_second_only, n_neither } = it
  const { cells, total } = gate.partition({ n_both, n_first_only, n_second_only, n_neither })
  const first = gate.partition({ n_both, n_first_only }).total
  const again = releasedShare(gate, cells.n_both, first)
  const n = n_both + n_first_only
  const uses = (sum: number) => gate.statistic(n === 0 ? null : sum / n, { n, decimals: 1, reason: say`nobody` })
  return {
    rule: say`${gate.fact(it.at_least)} or more a year: ${gate.label(inSentence(it.uses))}`,
    years: YEARS[it.first_year],
    seen: total,
    first,
    both: cells.n_both,
    percent: again.percent,
    range: intervalCell(again.low, again.high),
    uses_first: uses(it.uses_first),
    uses_second: uses(it.uses_second),
    became: cells.n_second_only,
  }
}
