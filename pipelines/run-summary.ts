import { relative } from 'node:path'
import { releaseCost } from '../reports/parts/cost-figures.ts'
import { headlineOutcomes } from '../reports/parts/headline-scales.ts'
import { scaleName } from '../reports/parts/outcome-figures.ts'
import { releasePeople } from '../reports/parts/people-counts.ts'
import { releaseOutcome } from '../reports/parts/release-outcome.ts'
import { releaseFollowUp, releaseUsage } from '../reports/parts/release-usage.ts'
import { interval } from '../reports/parts/text.ts'
import { mainUsage, verdictOf } from '../reports/parts/usage-words.ts'
import { createGate } from '../src/disclosure/gate.ts'
import { drawTable } from './draw-table.ts'
import type { Project } from './project.ts'
import type { RunOutcome } from './run-project.ts'

/** What a run found, for a terminal: released numbers only. */
export function summaryText(outcome: RunOutcome, project: Project, cwd: string): string {
  const { accounts, reports } = outcome
  const count = (n: number) => n.toLocaleString('en-GB')
  return [
    `${count(accounts.records)} records in ${accounts.files === 1 ? 'one file' : `${accounts.files} files`} = ${count(accounts.loaded)} loaded + ${count(accounts.duplicates)} duplicate + ${count(accounts.quarantined)} held back`,
    '',
    outcomesTable(outcome, project),
    ...usageTable(outcome, project),
    '',
    `Counts are rounded or withheld (*) under the rule ${project.disclosure.preset}. A fall in use is not shown to be an effect: no report has a comparison group.`,
    '',
    `Reports: ${relative(cwd, reports.index) || reports.index}`,
    `         ${reports.documents.length} for sharing in release/, the same with exact numbers in internal/`,
  ].join('\n')
}

function outcomesTable({ analysis }: RunOutcome, project: Project): string {
  const gate = createGate(project.disclosure.preset)
  const shown = analysis.services.filter((it) => it.n_people > 0 || it.measures.length > 0)
  const rows = shown.map((service) => {
    const [main] = headlineOutcomes(service.outcomes)
    if (main === undefined) return [service.service.name, releasePeople(gate, service).total.text, 'none', '', '', '']
    const it = releaseOutcome(gate, main)
    return [
      service.service.name,
      releasePeople(gate, service).total.text,
      scaleName(gate, it).text,
      it.paired.text,
      it.improvement.is_shown
        ? `${it.improvement.text} (${interval(it.improvement_low, it.improvement_high).text})`
        : it.improvement.text,
      it.improved.percent.text,
    ]
  })
  return drawTable(
    ['Service', 'People', 'Measure', 'Two scores', 'Mean improvement (95%)', 'Reliably improved'],
    rows,
    ['left', 'right', 'left', 'right', 'right', 'right'],
  )
}

function usageTable({ analysis }: RunOutcome, project: Project): string[] {
  if (analysis.usage.length === 0) return []
  const gate = createGate(project.disclosure.preset)
  const rows = analysis.usage.map((usage) => {
    const cost = releaseCost(gate, usage.cost)
    const main = mainUsage(usage)
    const rates = main === undefined ? null : releaseUsage(gate, main)
    return [
      usage.service.name,
      releaseFollowUp(gate, usage).total.text,
      rates === null ? '' : `${rates.ratio.text} (${interval(rates.ratio_low, rates.ratio_high).text})`,
      `${cost.before.text} → ${cost.after.text}`,
      cost.net.text,
      main === undefined ? 'no use found' : verdictOf(usage, main.usage_id).text,
    ]
  })
  return [
    '',
    drawTable(
      ['Use before and after', 'Joined', 'Rate ratio (95%)', '£ a person-year', 'Net, a person', 'What may be said'],
      rows,
      ['left', 'right', 'right', 'right', 'right', 'left'],
    ),
  ]
}

/** The same as data, for --json. */
export function summaryDocument(outcome: RunOutcome, project: Project): unknown {
  return {
    project: project.project,
    project_dir: project.dir,
    disclosure: project.disclosure.preset,
    accounts: outcome.accounts,
    reports: outcome.reports.documents.map((document) => ({
      id: document.id,
      audience: document.audience,
      finding: document.finding.text,
      page: `reports/release/${document.id}.html`,
    })),
    index: outcome.reports.index,
    files: outcome.reports.files,
  }
}
