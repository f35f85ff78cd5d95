import type { IsoDate } from '../domain/iso-date.ts'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import type { Pseudonymiser } from '../domain/pseudonym.ts'
import { BatchBuilder } from './batch-builder.ts'
import type { Cells, Row } from './cells.ts'
import { Columns, codeKey } from './columns.ts'
import { type Corrections, otherRow, refuseUnmet, rowKey } from './corrections.ts'
import type { ExportFile } from './examine-file.ts'
import type { FoundProfile } from './find-profile.ts'
import { headingMatcher } from './headings.ts'
import { codeOf, expected, type Issue } from './issues.ts'
import { brokenRule, compileKeepRules, type KeepRule } from './keep-rules.ts'
import { printableHeadings } from './mask.ts'
import { isPersonalKind, needsPerson, saysSomething } from './needs-person.ts'
import { openSource } from './open-source.ts'
import type { Cell, Profile } from './profile.ts'
import type { DateOrder } from './read-date.ts'
import { anonymousOf, type IdentityFields, readIdentity } from './read-identity.ts'
import type { IssueFacts, ReadIdentity, Reading, ReadRecord, StoredRow } from './reading.ts'
import type { RecordBatch } from './record-batch.ts'
import { RowFingerprint, rowHash } from './row-fingerprint.ts'
import { RowReader, type RowSetup } from './row-reader.ts'
import type { Source } from './source.ts'
import { compileYields } from './yields/compile.ts'
import type { CompiledYield } from './yields/compiled-yield.ts'

export interface ReadContext {
  readonly pseudonymiser: Pseudonymiser
  /** Dates after this day are faults. */
  readonly today: IsoDate
  /** The service that the file is about, where its records do not say. */
  readonly service: string | null
  /** The organisation that issues local identifiers, where the profile does not say. */
  readonly provider: string | null
  /** The project's services; empty: any service is taken. */
  readonly services: readonly { code: string; name: string }[]
  /** Declared by the operator, over the profile's own. */
  readonly date_order: DateOrder | null
  isEventType(text: string): boolean
}

/**
 * Reads a file through a profile. A file that lacks a needed column, has two headings the same, or is not what the profile reads
 * is refused whole with an OperatorError. Everything else is settled record by record.
 */
export async function readExport(file: ExportFile, found: FoundProfile, context: ReadContext): Promise<Reading> {
  const { profile } = found
  const source = await openSource(file, profile)
  const { columns, plan } = await fit(source, file, profile)
  const read = recordReader(plan, columns.used(), source, profile, setupOf(profile, source, context), file.file_name)
  return {
    sha256: file.sha256,
    file_name: file.file_name,
    n_bytes: file.n_bytes,
    sheet: source.sheet,
    encoding: source.encoding,
    delimiter: source.delimiter,
    profile_id: profile.profile,
    profile_sha256: found.sha256,
    service_code: context.service,
    columns_left_out: columns.leftOut(),
    batches: batchesOf(source, read, file),
    lines: source.lines,
    notes: source.notes,
    close: source.close,
  }
}

/** How well a file's headings are those of a profile. */
export interface ProfileFit {
  /** Why the profile cannot read the file; null where it can: the kind is right and every needed heading is there. */
  readonly refusal: OperatorError | null
  readonly n_headings: number
  /** Headings that the profile reads, or says are to be left out. */
  readonly n_known: number
}

/** Holds a file's headings against a profile, and reads no record. */
export async function profileFit(file: ExportFile, profile: Profile): Promise<ProfileFit> {
  try {
    const source = await openSource(file, profile)
    await source.close()
    return headingsFit(source.headings, file.file_name, profile)
  } catch (error) {
    if (error instanceof OperatorError) return { refusal: error, n_headings: 0, n_known: 0 }
    throw error
  }
}

function headingsFit(headings: readonly string[], file_name: string, profile: Profile): ProfileFit {
  const { columns } = fitHeadings(headings, file_name, profile)
  const n_headings = headings.filter((heading) => heading.trim() !== '').length
  return { refusal: null, n_headings, n_known: n_headings - unknownHeadings(columns, profile) }
}

/**
 * How many of the headings a profile reads, or says are to be left out; null where the headings are not those of the profile. What is
 * missing is not put into words, which takes longer than all the rest.
 */
export function knownHeadings(headings: readonly string[], file_name: string, profile: Profile): number | null {
  try {
    const columns = new Columns(headings, file_name, profile.repeated_headings)
    columns.knowBy(profile.known_by, profile.profile)
    if (columns.lacksSome()) return null
    compilePlan(profile, columns)
    return columns.lacksSome() ? null : headings.length - unknownHeadings(columns, profile)
  } catch (error) {
    if (error instanceof OperatorError) return null
    throw error
  }
}

function unknownHeadings(columns: Columns, profile: Profile): number {
  const isNamed = headingMatcher(Object.keys(profile.left_out))
  return columns.leftOut().filter((heading) => !isNamed(heading)).length
}

async function fit(source: Source, file: ExportFile, profile: Profile): Promise<{ columns: Columns; plan: Plan }> {
  try {
    return fitHeadings(source.headings, file.file_name, profile)
  } catch (error) {
    await source.close()
    throw error
  }
}

function fitHeadings(
  headings: readonly string[],
  file_name: string,
  profile: Profile,
): { columns: Columns; plan: Plan } {
  const columns = new Columns(headings, file_name, profile.repeated_headings)
  columns.knowBy(profile.known_by, profile.profile)
  const plan = compilePlan(profile, columns)
  columns.needOneOf(identifiersOf(profile))
  columns.refuseMissing(profile.profile)
  return { columns, plan }
}

function identifiersOf({ identity }: Profile): readonly (Cell | undefined)[] {
  return [identity?.nhs_number, identity?.nhs_pseudonym, identity?.local_id, identity?.person_name]
}

interface Plan {
  readonly identity: IdentityFields
  readonly keep: readonly KeepRule[]
  readonly yields: readonly CompiledYield[]
  /** Where free text begins that may run over several cells; null where there is none, or where something beyond it is read. */
  readonly free_text_at: number | null
  /** False where no record of this kind has a person behind it. */
  readonly is_personal: boolean
}

const NONE: readonly IssueFacts[] = []
const NO_PERSON: ReadIdentity = { nhs_number: null, local_id: null }

function compilePlan(profile: Profile, columns: Columns): Plan {
  const identity = {
    nhs_number: columns.field(profile.identity?.nhs_number),
    local_id: columns.field(profile.identity?.local_id),
    person_name: columns.field(profile.identity?.person_name),
    nhs_pseudonym: columns.field(profile.identity?.nhs_pseudonym),
    ...anonymousOf(profile, columns),
  }
  const keep = compileKeepRules(profile.keep_when, columns)
  const yields = compileYields(profile.yields, columns)
  const free_text_at = freeTextAt(profile, columns)
  const is_personal = profile.yields.some(({ kind }) => isPersonalKind(kind))
  return { identity, keep, yields, free_text_at, is_personal }
}

function freeTextAt(profile: Profile, columns: Columns): number | null {
  if (profile.free_text_from === undefined) return null
  const at = columns.positionOf(profile.free_text_from)
  return at !== null && columns.used().every((index) => index < at) ? at : null
}

function setupOf(profile: Profile, source: Source, context: ReadContext): RowSetup {
  const services = context.services.flatMap(({ code, name }) => [
    [codeKey(code), code] as const,
    [codeKey(name), code] as const,
  ])
  return {
    ...context,
    date_order: context.date_order ?? profile.date_order,
    serial_dates: source.serial_dates,
    blanks: new Set(profile.blanks.map(codeKey)),
    decimal_comma: profile.decimal_comma,
    services: new Map(services),
    provider: profile.identity?.provider ?? context.provider ?? context.service ?? '',
    isEventType: context.isEventType,
    has_blank_numbers: profile.blanks.some((blank) => /^\d+$/.test(blank.trim())),
  }
}

type ReadOne = (raw: Row) => ReadRecord

function recordReader(
  plan: Plan,
  used: readonly number[],
  source: Source,
  profile: Profile,
  setup: RowSetup,
  file_name: string,
): ReadOne {
  const width = source.headings.length
  const positions = Int32Array.from(used)
  const { row_key } = setup.pseudonymiser
  const fingerprint = new RowFingerprint(row_key, [profile.profile, setup.service, setup.provider])
  const faultOf = ({ fault, cells }: Pick<Row, 'fault' | 'cells'>, isSplit: boolean) =>
    fault ?? (isSplit ? null : wrongWidth(cells.length, width))
  const isSplitRow = (cells: Cells) => cells.length > width && plan.free_text_at !== null
  const row = new RowReader(setup)
  const readOne = (raw: Row): ReadRecord => {
    const { row_number, cells } = raw
    const isSplit = isSplitRow(cells)
    const fault = faultOf(raw, isSplit)
    if (fault !== null) return held(row_number, fingerprint.of(cells, allOf(cells)), [fault])
    const print = fingerprint.of(cells, positions)
    row.begin(cells)
    if (isSplit) row.doubt({ code: 'free_text_split', column: profileColumn(source, plan) })
    const broken = brokenRule(row, plan.keep)
    if (broken !== null) return held(row_number, print, [broken])
    const record = readRecord(row, plan, row_number, print)
    refuseOtherCoding(row, row_number, file_name)
    return record
  }
  return (raw) => {
    if (raw.as_read === undefined) return readOne(raw)
    const { cells, correction } = raw.as_read
    const isWhole = faultOf({ fault: raw.fault, cells }, isSplitRow(cells)) === null
    const as_read = fingerprint.of(cells, isWhole ? positions : allOf(cells))
    if (rowKey(rowHash(as_read)) !== correction.row_key) throw otherRow(correction, raw.row_number, file_name)
    if (!correction.is_left_out) return { ...readOne(raw), as_read }
    return { ...held(raw.row_number, as_read, [{ code: 'left_out_by_team', column: null }]), as_read }
  }
}

function wrongWidth(cells: number, headings: number): Issue | null {
  if (cells === headings) return null
  return { code: cells > headings ? 'too_many_cells' : 'too_few_cells', column: null, cells, headings }
}

function allOf(cells: Cells): Int32Array {
  return Int32Array.from({ length: cells.length }, (_, index) => index)
}

function readRecord(row: RowReader, plan: Plan, row_number: number, fingerprint: string): ReadRecord {
  const identity = plan.is_personal ? readIdentity(row, plan.identity) : NO_PERSON
  row.identity = identity
  const isIdentityWhole = row.faults.length === 0
  const rows = rowsOf(row, plan.yields)
  if (!rows.some(saysSomething) && row.faults.length === 0) row.fault({ code: 'nothing_to_load', column: null })
  const isNobody = identity.nhs_number === null && identity.local_id === null
  if (plan.is_personal && isNobody && isIdentityWhole && rows.some(needsPerson)) {
    const { nhs_number, local_id, person_name } = plan.identity
    row.fault({ code: 'missing_person', column: (nhs_number ?? local_id ?? person_name)?.column ?? null })
  }
  if (row.faults.length > 0) return held(row_number, fingerprint, row.faults)
  return {
    row_number,
    fingerprint,
    identity,
    rows,
    faults: NONE,
    doubts: row.doubts.length === 0 ? NONE : row.doubts.map(factsOf),
  }
}

function rowsOf(row: RowReader, yields: readonly CompiledYield[]): StoredRow[] {
  const rows: StoredRow[] = []
  for (const read of yields) {
    const found = read(row)
    if (Array.isArray(found)) rows.push(...found)
    else if (found !== null) rows.push(found as StoredRow)
  }
  return rows
}

/** One answer that only another coding can give says that every answer of the file is in that coding. */
function refuseOtherCoding({ faults }: RowReader, row_number: number, file_name: string): void {
  const proof = faults.find((issue) => issue.code === 'other_coding')
  if (proof?.code !== 'other_coding') return
  throw new OperatorError(
    `${file_name}: row ${row_number}, column "${proof.column}" has an answer that does not occur in the coding this profile reads, so the ` +
      `whole file is in another. Nothing was loaded. Read it with --profile ${proof.profile}, or ask the team how it codes its answers.`,
    EXIT.input_refused,
  )
}

function profileColumn({ headings }: Source, { free_text_at }: Plan): string {
  return printableHeadings(headings)[free_text_at as number] as string
}

function held(row_number: number, fingerprint: string, faults: readonly Issue[]): ReadRecord {
  return { row_number, fingerprint, identity: NO_PERSON, rows: [], faults: faults.map(factsOf), doubts: [] }
}

function factsOf(issue: Issue): IssueFacts {
  return { code: codeOf(issue), column_name: issue.column, expected: expected(issue) }
}

const NOTHING_CORRECTED: Corrections = new Map()

async function* batchesOf(source: Source, read: ReadOne, file: ExportFile): AsyncGenerator<RecordBatch> {
  const batch = new BatchBuilder()
  const met = new Set<number>()
  for await (const rows of source.batches) {
    for (const raw of rows) {
      if (raw.as_read !== undefined) met.add(raw.row_number)
      batch.add(read(raw))
      if (batch.is_full) yield batch.take()
    }
  }
  refuseUnmet(file.corrections ?? NOTHING_CORRECTED, met, file.file_name)
  yield batch.take()
}
