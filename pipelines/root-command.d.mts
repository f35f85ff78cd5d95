import type { Command } from 'commander'

export const COMMANDS: Readonly<
  Record<
    | 'demo'
    | 'init'
    | 'inspect'
    | 'ingest'
    | 'quarantine'
    | 'check'
    | 'run'
    | 'people'
    | 'purge' | 'results'
    | 'trace'
    | 'report'
    | 'measures'
    | 'score'
    | 'analyse',
    string
  >
>
export function rootCommand(version: string): Command
export function listedCommand(name: keyof typeof COMMANDS): Command
