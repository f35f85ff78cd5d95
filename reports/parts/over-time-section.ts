import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReportSection } from '../../src/report/document.ts'
import type { RunFacts, ServiceAnalysis } from '../analysis.ts'
import { interruptionParts } from './interruption-parts.ts'
import { rareUseParts } from './rare-use-parts.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { releaseAllSeries } from './release-series.ts'
import { spcSummary } from './spc-summary.ts'
import { seriesWords, xmrFigure } from './xmr-figure.ts'

/** Whether the service changes from month to month by more than chance. None where too few months can be shown. */
export function overTimeSections(
  gate: Gate,
  facts: RunFacts,
  { over_time }: ServiceAnalysis,
  main: ReleasedOutcome | undefined,
): ReportSection[] {
  const all = releaseAllSeries(gate, facts, over_time, main).map((series) => ({
    series,
    words: seriesWords(gate, series.id, main),
  }))
  const interruption = interruptionParts(gate, all)
  const rare = rareUseParts(gate, over_time.rare)
  if (all.length === 0 && rare.tables.length === 0) return []
  return [
    {
      id: 'over-time',
      title: say`Over time`,
      lead: say`Numbers go up and down from month to month by chance alone. These charts say which changes are more than that; a flagged point asks what happened then, and does not answer.`,
      figures: [
        ...(all.length === 0 ? [] : [spcSummary(gate, all)]),
        ...all.map(({ series, words }) => xmrFigure(gate, series, words)),
        ...interruption.figures,
        ...rare.figures,
      ],
      tables: [...interruption.tables, ...rare.tables],
      notes: [
        say`Rules of NHS England’s Making Data Count. Mean and limits are never moved by the program itself: a new start is for people who know of a change to declare.`,
        say`Everything drawn by month or quarter is worked out from the numbers shown. A period that is withheld or missing stays a gap: it neither makes a run of points nor breaks one.`,
        ...interruption.notes,
        ...rare.notes,
      ],
    },
  ]
}
