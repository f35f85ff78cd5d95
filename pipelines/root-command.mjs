import { Command } from 'commander'

/** Every command and what it does, in the order a newcomer needs them. Plain JavaScript: help must not wait for a compiler. */
export const COMMANDS = {
  demo: 'the whole job on the bundled South West exports',
  init: 'make a new project folder',
  inspect: 'say what a file is and how it can be read',
  ingest: 'read files into the store',
  quarantine: 'rows held back, with reasons',
  check: 'whether every record is accounted for, and what is doubtful in them',
  run: 'from exports to reports: ingest, score, pair, change, usage, cost',
  people: 'who was linked across files; with --internal, who was not',
  purge: 'delete a person, or all before a day, and prove it',
  results: 'results as data; disclosure-safe unless --internal',
  trace: 'what a pound in a report is made of: events × unit cost, source, payer, and the rows behind them',
  report: 'write one audience’s report in one format',
  measures: 'the codebook: items, rule, thresholds, source, licence',
  score: 'score item responses from CSV or JSON',
  analyse: 'the same analyses on an analysis-ready file, no store needed',
}

/** `outcomes` without its commands. It throws where Commander would end the process. */
export function rootCommand(version) {
  return new Command('outcomes')
    .description('Did people get better, did their use of services change, and what did it cost?')
    .version(version)
    .showHelpAfterError('(run "outcomes --help" for the commands)')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes demo\n  outcomes <command> --help   what one command does, with an example\n',
    )
    .exitOverride()
}

/** A command that is listed and not loaded. */
export function listedCommand(name) {
  return new Command(name).description(COMMANDS[name])
}
