import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { ReportSection } from '../../src/report/document.ts'
import { eventLabel } from '../../src/usage/event-types.ts'
import type { ServiceAnalysis, ServiceMonth, Timeline, TimelineMark } from '../analysis.ts'
import { inSentence, table } from './text.ts'

/** More months than this are told by quarter, so that the table can be read and its counts be shown. */
const MOST_MONTHS = 18

/** Who came and what happened, a month or a quarter a row; nothing where no referrals were supplied. */
export function cameSection(
  gate: Gate,
  { came, timelines }: Pick<ServiceAnalysis, 'came' | 'timelines'>,
): ReportSection[] {
  if (came.length === 0) return []
  const rows = came.length > MOST_MONTHS ? byQuarter(came) : came
  const period = came.length > MOST_MONTHS ? 'quarter' : 'month'
  return [
    {
      id: 'came',
      title: say`Who came and what happened`,
      lead: say`One row a calendar ${gate.label(period)}, over all the time in the data.`,
      figures: [],
      tables: [cameTable(gate, rows, period)],
      notes: [
        say`Referred and not accepted are referrals. The rest are episodes of care: a new referral soon after leaving continues the one before. Seen for the first time and ended are in the row in which that happened, whenever the episode began; still open is at the end of the row’s last month.`,
      ],
    },
    ...timelinesSection(gate, timelines),
  ]
}

function cameTable(gate: Gate, rows: readonly ServiceMonth[], period: string): ReleasedTable {
  return table(
    gate,
    'came',
    `Who came and what happened, by ${period}`,
    [
      ['when', period === 'month' ? 'Month' : 'Quarter', 'text'],
      ['referred', 'Referred', 'count'],
      ['not_accepted', 'Of these not accepted', 'count'],
      ['began', 'Episodes begun', 'count'],
      ['seen', 'Seen for the first time', 'count'],
      ['ended', 'Ended', 'count'],
      ['open', 'Still open at the end', 'count'],
    ],
    rows.map((it) => {
      const { cells, total } = gate.partition({ accepted: it.n_referred - it.n_not_accepted, not: it.n_not_accepted })
      return {
        when: gate.label(it.month),
        referred: total,
        not_accepted: cells.not,
        began: gate.count(it.n_began),
        seen: gate.count(it.n_first_seen),
        ended: gate.count(it.n_ended),
        open: gate.count(it.n_open),
      }
    }),
  )
}

/** Calendar quarters; a first or last one may be of fewer than three months. */
function byQuarter(months: readonly ServiceMonth[]): ServiceMonth[] {
  const quarters = new Map<string, ServiceMonth>()
  for (const it of months) {
    const [year, month] = it.month.split('-')
    const name = `${year} Q${Math.ceil(Number(month) / 3)}`
    const sum = quarters.get(name)
    quarters.set(name, {
      month: name,
      n_referred: (sum?.n_referred ?? 0) + it.n_referred,
      n_not_accepted: (sum?.n_not_accepted ?? 0) + it.n_not_accepted,
      n_began: (sum?.n_began ?? 0) + it.n_began,
      n_first_seen: (sum?.n_first_seen ?? 0) + it.n_first_seen,
      n_ended: (sum?.n_ended ?? 0) + it.n_ended,
      n_open: it.n_open,
    })
  }
  return [...quarters.values()]
}

/** One row a person: internal reports alone. */
function timelinesSection(gate: Gate, timelines: readonly Timeline[]): ReportSection[] {
  if (!gate.policy.is_internal || timelines.length === 0) return []
  const side = (marks: readonly TimelineMark[]) => gate.label(marks.map(markWords).join('; '))
  return [
    {
      id: 'timelines',
      title: say`Each person’s months`,
      lead: say`One row a person: uses of services and scores by month from joining. The number is the store’s own and says nothing of who it is; what is in a row may still tell somebody who knows them. Not for release.`,
      figures: [],
      tables: [],
      appendix: [
        table(
          gate,
          'timelines',
          `Events and scores by month from joining, of ${timelines.length} people`,
          [
            ['person', 'Person', 'text'],
            ['before', 'Months before joining (−1 the last)', 'text'],
            ['after', 'Months from joining (0 the first)', 'text'],
          ],
          timelines.map(({ person_key, marks }) => ({
            person: gate.label(`P${person_key}`),
            before: side(marks.filter((it) => it.month_offset < 0)),
            after: side(marks.filter((it) => it.month_offset >= 0)),
          })),
        ),
      ],
      notes: [],
    },
  ]
}

function markWords(mark: TimelineMark): string {
  const month = String(mark.month_offset).replace('-', '−')
  if ('scale' in mark) return `${month}: ${mark.scale} ${mark.score}`
  return `${month}: ${mark.n} × ${inSentence(eventLabel(mark.event_type))}`
}
