import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { type ExportFile, examineFile } from '../src/ingest/examine-file.ts'
import type { FoundProfile } from '../src/ingest/find-profile.ts'
import type { Guess } from '../src/ingest/infer/guess.ts'
import type { Inference } from '../src/ingest/infer/infer-file.ts'
import { profileText } from '../src/ingest/infer/profile-text.ts'
import { printableHeadings } from '../src/ingest/mask.ts'
import { openSource } from '../src/ingest/open-source.ts'
import { visibleSheets } from '../src/ingest/open-xlsx.ts'
import { cautions } from '../src/ingest/profile-words.ts'
import { type AnswerOptions, answer, notice } from './answer.ts'
import { type Asker, createAsker } from './asker.ts'
import { chooseProfiles, findProfile, plainLayout, profilesThatFit } from './choose-profile.ts'
import { rememberProfile } from './confirmed-profiles.ts'
import { guessFile, readAnswers } from './guess-file.ts'
import { type Inspection, inspectionText } from './inspection-text.ts'
import { filesIn, passedOver } from './sources.ts'
import type { World } from './world.ts'

interface Options extends AnswerOptions {
  profile?: string
  project: string
  answer: string[]
  writeProfile?: string
  remember?: string
}

/** `outcomes inspect FILE…`: what a file is, and how it can be read, from the file alone. */
export function inspectCommand(world: World): Command {
  return new Command('inspect')
    .description('say what a file is and how it can be read')
    .argument('<files...>', 'CSV, XLSX or JSON files, or archives of them (.zip, .gz)')
    .option('--profile <name>', 'read it with this profile, and guess nothing')
    .option('--project <dir>', 'the project folder, where confirmed profiles are', '.')
    .option('--answer <question=option>', 'answer an open question; may be given several times', collected, [])
    .option('--write-profile <file>', 'write the profile that was found, to read through')
    .option('--remember <name>', 'confirm the profile for every file with these headings, in the project')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes inspect exports/*.csv\n  outcomes inspect scores.csv --answer "date_order:Date=dmy" --remember our-scores',
    )
    .action(async (typed: string[], options: Options) => {
      const all = typed.flatMap((file) => filesIn(resolve(world.cwd, file)))
      if (all.length > 1) refuseForSeveral(options)
      const inspections: Inspection[] = []
      const isAsking = world.can_ask === true && options.json !== true && options.quiet !== true
      const asker = isAsking ? createAsker(world) : null
      try {
        for (const { path, member } of all) {
          inspections.push(await inspect(await examineFile(path, member), options, world, asker))
        }
      } finally {
        asker?.close()
      }
      for (const note of all.flatMap((each) => passedOver(each, all))) notice(world, options, note)
      answer(world, options, { files: inspections }, () => inspections.map(inspectionText).join('\n\n'))
    })
}

function collected(text: string, earlier: string[]): string[] {
  return [...earlier, text]
}

function refuseForSeveral({ answer: answers, writeProfile, remember }: Options): void {
  if (answers.length === 0 && writeProfile === undefined && remember === undefined) return
  throw new OperatorError(
    '--answer, --write-profile and --remember are about one file. Name one file at a time.',
    EXIT.wrong_usage,
  )
}

/** How a file is going to be read: known already, or guessed. */
interface Way {
  readonly known: FoundProfile | null
  readonly because: string | null
  readonly inference: Inference | null
}

async function inspect(file: ExportFile, typed: Options, world: World, asker: Asker | null): Promise<Inspection> {
  const dir = resolve(world.cwd, typed.project)
  const way = await wayToRead(file, typed, dir, world, asker)
  const options = { ...typed, ...(await nameIfConfirmed(way, typed, asker)) }
  const text = textToKeep(way, options, world)
  const { profile_written, remembered_as } = await keep(file, text, options, dir, world)
  const how = way.known?.profile ?? { ...plainLayout(file).profile, ...way.inference?.table?.opening }
  const source = await openSource(file, how)
  for await (const _batch of source.batches) for (const _row of _batch); // Walked for the line counts alone.
  return {
    file: file.file_name,
    sha256: file.sha256,
    n_bytes: file.n_bytes,
    kind: file.kind,
    encoding: source.encoding,
    delimiter: source.delimiter,
    sheets: file.kind === 'xlsx' ? await visibleSheets(file) : null,
    sheet: source.sheet,
    heading_rows: headingRows(file, how),
    columns: printableHeadings(source.headings),
    profiles_that_fit: (await profilesThatFit(file)).map(({ profile }) => profile.profile),
    read_with: way.known === null ? null : { profile: way.known.profile.profile, because: way.because ?? '' },
    guess: way.inference === null ? null : guessDocument(way.inference.guess),
    profile_written,
    remembered_as,
    ...source.lines(),
    notes: [...source.notes(), ...(way.known === null ? [] : cautions(way.known.profile))],
  }
}

/** A guess is made where no profile is known for the file, and where one is asked for. */
async function wayToRead(
  file: ExportFile,
  options: Options,
  dir: string,
  world: World,
  asker: Asker | null,
): Promise<Way> {
  if (options.profile !== undefined) {
    return { known: findProfile(options.profile, world.cwd), because: 'which was named', inference: null }
  }
  const wantsGuess = options.answer.length > 0 || options.writeProfile !== undefined || options.remember !== undefined
  const chosen = wantsGuess ? null : await knownProfile(file, dir)
  if (chosen !== null)
    return { known: chosen.found, because: chosen.because ?? 'which any file may have', inference: null }
  return { known: null, because: null, inference: await guessFile(file, readAnswers(options.answer), asker) }
}

/** At the keyboard, a guess with nothing left open is offered for keeping. */
async function nameIfConfirmed(
  { inference }: Way,
  options: Options,
  asker: Asker | null,
): Promise<{ remember?: string }> {
  const isAsked = options.writeProfile !== undefined || options.remember !== undefined
  if (asker === null || isAsked || inference?.guess.profile == null) return {}
  const { guess } = inference
  const lines = guess.decisions.map(({ about, choice, evidence }) => `  ${about}: ${choice} (${evidence.join('; ')})`)
  const name = await asker.ask(
    `\nRead like this:\n${lines.join('\n')}\nTo confirm it for every file with these headings, type a name for it (such as ${inference.guess.profile?.profile}); Enter keeps nothing: `,
  )
  return name === '' ? {} : { remember: name }
}

async function knownProfile(file: ExportFile, dir: string) {
  try {
    return (await chooseProfiles(file, undefined, dir))[0] ?? null
  } catch (error) {
    if (error instanceof OperatorError && error.exit_code === EXIT.input_refused) return null
    throw error
  }
}

function guessDocument({ decisions, questions, notes, profile }: Guess): NonNullable<Inspection['guess']> {
  return { decisions, questions, notes, profile: profile === null ? null : profileText(profile, decisions, notes) }
}

/** The text that --write-profile and --remember keep; null where neither was asked for. */
function textToKeep({ inference }: Way, options: Options, world: World): string | null {
  if (options.writeProfile === undefined && options.remember === undefined) return null
  if (options.profile !== undefined) return readFileSync(resolve(world.cwd, options.profile), 'utf8')
  const guess = inference?.guess
  if (guess?.profile != null) {
    const named = options.remember === undefined ? guess.profile : { ...guess.profile, profile: options.remember }
    return profileText(named, guess.decisions, guess.notes)
  }
  const open = guess?.questions.map(({ id, question }) => `  ${id}: ${question}`) ?? []
  throw new OperatorError(
    `Nothing was written, because ${open.length === 1 ? 'a question is' : 'questions are'} open:\n${open.join('\n')}\nAnswer with --answer question=option; "outcomes inspect" without --write-profile or --remember lists the options.`,
    EXIT.input_refused,
  )
}

async function keep(file: ExportFile, text: string | null, options: Options, dir: string, world: World) {
  if (text === null) return { profile_written: null, remembered_as: null }
  const path = options.writeProfile === undefined ? null : resolve(world.cwd, options.writeProfile)
  if (path !== null && existsSync(path)) {
    throw new OperatorError(
      `${options.writeProfile} is there already. Name another file, or delete it.`,
      EXIT.wrong_usage,
    )
  }
  const remembered_as =
    options.remember === undefined ? null : await rememberProfile(file, dir, nameOf(options.remember), text)
  if (path !== null) writeFileSync(path, text)
  return { profile_written: path, remembered_as }
}

function nameOf(name: string): string {
  if (/^[a-z0-9-]+$/.test(name)) return name
  throw new OperatorError('--remember expects a name of small letters, digits and hyphens.', EXIT.wrong_usage)
}

type HeadingRows = { csv: { heading_row: number }; xlsx: { heading_rows: number[] } }

function headingRows(file: ExportFile, { csv, xlsx }: HeadingRows): readonly number[] {
  if (file.kind === 'json' || file.kind === 'fhir') return []
  return file.kind === 'xlsx' ? xlsx.heading_rows : [csv.heading_row]
}
