import { Command } from 'commander'
import { analyseUsage, type UsageAnalysis, type UsageRow } from '../src/usage/analyse-usage.ts'
import { ESTIMANDS } from '../src/usage/estimate-rates.ts'
import { ceaCommand } from './analyse-cea.ts'
import { funnelCommand } from './analyse-funnel.ts'
import { spcCommand } from './analyse-spc.ts'
import { readAnalysisFile, refusal } from './analysis-file.ts'
import { because, intervalText, numberText, sections } from './analysis-text.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { changeCommand } from './change-command.ts'
import { fileShown, textOf } from './text-file.ts'
import type { World } from './world.ts'

/** `outcomes analyse change|usage|cea|spc|funnel FILE`: the same analyses on an analysis-ready file; keeps nothing. */
export function analyseCommand(world: World): Command {
  return new Command('analyse')
    .description('the same analyses on an analysis-ready file, no store needed')
    .addCommand(changeCommand(world))
    .addCommand(usageCommand(world))
    .addCommand(ceaCommand(world))
    .addCommand(spcCommand(world))
    .addCommand(funnelCommand(world))
    .addHelpText('after', '\nExample:\n  outcomes analyse change pairs.csv --better lower --json\n')
}

function usageCommand(world: World): Command {
  const whole = { is_whole: true, at_least: 0 }
  return new Command('usage')
    .description('service use before and after, in person-time')
    .argument(
      '<file>',
      'CSV with columns person_id, events_before, days_before, events_after, days_after and optionally group; - is standard input',
    )
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes analyse usage events.csv --json\n')
    .action(async (file: string, given: AnswerOptions) => {
      const rows = readAnalysisFile(fileShown(file), await textOf(world, file, 'CSV'), [
        { name: 'events_before', ...whole },
        { name: 'days_before', at_least: 0 },
        { name: 'events_after', ...whole },
        { name: 'days_after', at_least: 0 },
      ]).map(({ row, values, group }) => ({ row, ...values, group }) as UsageRow & { row: number })
      refuseEventsWithoutTime(file, rows)
      const document = analyseUsage(rows)
      answer(world, given, document, () => [...sections(document, usageLines), document.caveat].join('\n'))
    })
}

function refuseEventsWithoutTime(file: string, rows: readonly (UsageRow & { row: number })[]): void {
  const faults = rows.flatMap((row) =>
    (['before', 'after'] as const).flatMap((side) =>
      row[`events_${side}`] > 0 && row[`days_${side}`] === 0
        ? [`row ${row.row}, column days_${side}: is 0 although there are events`]
        : [],
    ),
  )
  if (faults.length > 0) throw refusal(fileShown(file), faults)
}

function usageLines(it: UsageAnalysis): string[] {
  return [
    `  people ${it.n}, left out without time ${it.n_without_time}`,
    `  events per person-year ${numberText(it.rate_before)} to ${numberText(it.rate_after)}, ratio ${numberText(it.rate_ratio)}`,
    `  95% ${intervalText(it.ci95_jackknife)} leaving out one person at a time, ${intervalText(it.ci95_clustered)} with people as clusters, ${intervalText(it.ci95_exact)} exact${because(it.reason)}`,
    ...it.estimates
      .filter(({ estimand, method }) => estimand !== 'pooled' || method === 'bootstrap_bca')
      .map(
        (each) =>
          `  ${each.method.replaceAll('_', ' ')}: ratio ${numberText(each.ratio)}, 95% ${intervalText(each.ci95)}${because(each.reason)}; ${ESTIMANDS[each.estimand]}`,
      ),
    `  dispersion ${numberText(it.dispersion)} (1 if events were independent)`,
    `  any use: ${it.any_use.n_before} people before, ${it.any_use.n_after} after`,
  ]
}
