import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { readNhsNumber } from '../src/domain/nhs-number.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { createPseudonymiser } from '../src/domain/pseudonym.ts'
import { bundledProfile } from '../src/ingest/find-profile.ts'
import { pseudonymKeyId, refuseOtherKey } from '../src/store/pseudonym-key.ts'
import { findProfile } from './choose-profile.ts'
import type { Project } from './project.ts'
import { loadOrCreateSecret } from './secret-key.ts'
import type { World } from './world.ts'

interface Asked {
  readonly person?: string
  readonly service?: string
}

/**
 * The pseudonyms that the identifier in a file, or on standard input, may have in this store. The identifier itself goes no further and
 * is never repeated. @throws OperatorError where it is none, or the key is not the store's.
 */
export async function pseudonymsOfPerson(
  world: World,
  project: Project,
  db: Database,
  { person = '-', service }: Asked,
): Promise<string[]> {
  const secret = loadOrCreateSecret(world, project.dir, pseudonymKeyId(db)).secret
  const key = createPseudonymiser(secret)
  refuseOtherKey(db, key.key_id)
  const text = await identifierIn(world, person)
  const number = service === undefined ? readNhsNumber(text) : null
  if (number !== null) return [key.pseudonym('nhs_number', number)]
  if (service === undefined && project.services.length > 1) throw neitherNumberNorService()
  return providersOf(project, db, service).map((provider) =>
    key.pseudonym('local_id', `${provider}:${text.normalize('NFC')}`),
  )
}

async function identifierIn(world: World, file: string): Promise<string> {
  const text = file === '-' ? await standardInput(world) : textOf(resolve(world.cwd, file))
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const [only, ...others] = lines
  if (only !== undefined && others.length === 0) return only
  throw new OperatorError(
    `Expected one identifier on one line; found ${lines.length === 0 ? 'none' : `${lines.length} lines`}. Purge people one by one: each has a certificate.`,
    EXIT.wrong_usage,
  )
}

async function standardInput(world: World): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of world.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

/** What was typed may be the identifier itself, so it is not repeated. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new OperatorError(
      '--person names no file that can be read. Put the NHS number or local id into a file and name the file, or use --person - and type it: an identifier on the command line can be seen by others, and stays in its history.',
      EXIT.wrong_usage,
    )
  }
}

/** Local ids are kept apart by who issues them: all names under which the service's files may have come. */
function providersOf(project: Project, db: Database, service: string | undefined): string[] {
  const services = project.services.filter(({ code }) => service === undefined || code === service)
  const profiles = db
    .prepare<[string | null, string | null], string>(
      'select distinct profile_id from import_file where ? is null or service_code is null or service_code = ?',
    )
    .pluck()
    .all(service ?? null, service ?? null)
    .map((id) => bundledProfile(id))
  const own = project.sources
    .filter((source) => source.profile !== undefined && (service === undefined || source.service === service))
    .map((source) => findProfile(source.profile as string, project.dir))
  const codes = db
    .prepare<[], string>('select distinct service_code from import_file where service_code is not null')
    .pluck()
  return [
    ...new Set([
      ...services.flatMap(({ code, provider }) => [code, ...(provider === undefined ? [] : [provider])]),
      ...[...profiles, ...own].flatMap((found) => found?.profile.identity?.provider ?? []),
      ...(service === undefined ? codes.all() : [service]),
      '',
    ]),
  ]
}

function neitherNumberNorService(): OperatorError {
  return new OperatorError(
    'That is no valid NHS number. If it is a local id, say of which service with --service; otherwise check the number.',
    EXIT.wrong_usage,
  )
}
