import { resolve } from 'node:path'
import { Command } from 'commander'
import { type ExportFile, examineFile } from '../src/ingest/examine-file.ts'
import { printableHeadings } from '../src/ingest/mask.ts'
import { openSource } from '../src/ingest/open-source.ts'
import { visibleSheets } from '../src/ingest/open-xlsx.ts'
import type { LineCounts } from '../src/ingest/reading.ts'
import { type AnswerOptions, answer, notice } from './answer.ts'
import { findProfile, plainLayout, profilesThatFit } from './choose-profile.ts'
import { filesIn, passedOver } from './sources.ts'
import type { World } from './world.ts'

interface Options extends AnswerOptions {
  profile?: string
}

interface Inspection extends LineCounts {
  file: string
  sha256: string
  n_bytes: number
  kind: string
  encoding: string | null
  delimiter: string | null
  /** Sheets that are not hidden; null where the format has none. */
  sheets: readonly string[] | null
  sheet: string
  heading_rows: readonly number[]
  columns: readonly string[]
  /** Bundled profiles all of whose needed headings are there. */
  profiles_that_fit: readonly string[]
  notes: readonly string[]
}

/** `outcomes inspect FILE…`: what a file is, from the file alone. */
export function inspectCommand(world: World): Command {
  return new Command('inspect')
    .description('say what a file is; changes nothing')
    .argument('<files...>', 'CSV, XLSX or JSON files, or archives of them (.zip, .gz)')
    .option('--profile <name>', 'read the headings where this profile expects them')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes inspect exports/*.csv')
    .action(async (files: string[], options: Options) => {
      const inspections: Inspection[] = []
      const all = files.flatMap((file) => filesIn(resolve(world.cwd, file)))
      for (const { path, member } of all) {
        inspections.push(await inspect(await examineFile(path, member), options, world))
      }
      for (const note of all.flatMap((each) => passedOver(each, all))) notice(world, options, note)
      answer(world, options, { files: inspections }, () => inspections.map(textOf).join('\n\n'))
    })
}

async function inspect(file: ExportFile, options: Options, world: World): Promise<Inspection> {
  const fits = await profilesThatFit(file)
  const found = options.profile === undefined ? (fits[0] ?? plainLayout(file)) : findProfile(options.profile, world.cwd)
  const source = await openSource(file, found.profile)
  for await (const _record of source.records) {
    // Walked for the line counts alone.
  }
  return {
    file: file.file_name,
    sha256: file.sha256,
    n_bytes: file.n_bytes,
    kind: file.kind,
    encoding: source.encoding,
    delimiter: source.delimiter,
    sheets: file.kind === 'xlsx' ? await visibleSheets(file) : null,
    sheet: source.sheet,
    heading_rows: headingRows(file, found.profile),
    columns: printableHeadings(source.headings),
    profiles_that_fit: fits.map(({ profile }) => profile.profile),
    ...source.lines(),
    notes: source.notes(),
  }
}

type HeadingRows = { csv: { heading_row: number }; xlsx: { heading_rows: number[] } }

function headingRows(file: ExportFile, { csv, xlsx }: HeadingRows): readonly number[] {
  if (file.kind === 'json' || file.kind === 'fhir') return []
  return file.kind === 'xlsx' ? xlsx.heading_rows : [csv.heading_row]
}

function textOf(it: Inspection): string {
  const facts = [
    `${it.kind}${it.encoding === null ? '' : `, ${it.encoding}`}${it.delimiter === null ? '' : `, cells separated by ${named(it.delimiter)}`}`,
    ...(it.sheets === null ? [] : [`sheets: ${it.sheets.join(', ')}; read: ${it.sheet}`]),
    `${it.physical_lines} lines = ${it.heading_lines} heading + ${it.blank_lines} blank + ${it.other_lines} other + ${it.record_lines} of records`,
    ...(it.heading_rows.length === 0 ? [] : [`headings in row ${it.heading_rows.join(' and ')}`]),
    `${it.columns.length} columns: ${it.columns.join(' · ')}`,
    it.profiles_that_fit.length === 0
      ? 'no bundled profile fits: its headings are not all there. A profile of your own can say how it is read.'
      : `fits: ${it.profiles_that_fit.join(', ')}`,
    ...(it.record_lines === 0 ? ['note: there is nothing below the headings'] : []),
    ...it.notes.map((note) => `note: ${note}`),
  ]
  return [it.file, ...facts.map((fact) => `  ${fact}`)].join('\n')
}

function named(delimiter: string): string {
  const names: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'upright bars' }
  return names[delimiter] ?? `"${delimiter}"`
}
