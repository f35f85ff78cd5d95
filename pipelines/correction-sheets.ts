import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import type { Corrections, RowCorrection } from '../src/ingest/corrections.ts'
import { examineFile } from '../src/ingest/examine-file.ts'
import {
  type CorrectionSheet,
  correctedFileKey,
  fileKey,
  readCorrectionSheet,
} from '../src/ingest/read-correction-sheet.ts'
import type { Project } from './project.ts'
import { filesSentBack, type Place, type SourceFile, sourceFiles } from './sources.ts'

/** A sheet of corrections and where it lies. */
export interface FoundSheet {
  readonly path: string
  readonly sheet: CorrectionSheet
}

export interface ProjectSources {
  readonly records: readonly SourceFile[]
  /** By name: of two that correct one cell, the later holds. */
  readonly sheets: readonly FoundSheet[]
}

/** The project's exports, and the sheets of corrections among them and in exports/corrections. */
export async function projectSources(project: Project): Promise<ProjectSources> {
  const { records, sheets } = await partSheets(sourceFiles(project))
  const kept = await partSheets(filesSentBack(project))
  const others = kept.sheets.filter((it) => !sheets.some(({ sheet }) => sheet.sha256 === it.sheet.sha256))
  return { records, sheets: [...sheets, ...others].sort((a, b) => (a.path < b.path ? -1 : 1)) }
}

/** Parts sheets of corrections from files of records. */
export async function partSheets<File extends Place>(
  files: readonly File[],
): Promise<{ records: readonly File[]; sheets: readonly FoundSheet[] }> {
  const records: File[] = []
  const sheets: FoundSheet[] = []
  for (const file of files) {
    const sheet = await sheetAt(file)
    if (sheet === null) records.push(file)
    else if (!sheets.some((it) => it.sheet.sha256 === sheet.sha256)) sheets.push({ path: file.path, sheet })
  }
  return { records, sheets }
}

async function sheetAt({ path, member }: Place): Promise<CorrectionSheet | null> {
  if (member !== null || !mayBeSheet(path)) return null
  return readCorrectionSheet(await examineFile(path))
}

const HEAD_BYTES = 8192
/** Above it a workbook takes a while to open, and no sheet of corrections is so large. */
const MOST_WORKBOOK_BYTES = 8 << 20

/** Cheap, as every export is asked: a text has its headings at the top; a workbook shows them only when it is opened. */
function mayBeSheet(path: string): boolean {
  const head = headOf(path)
  if (head.startsWith('PK')) return /\.xlsx$/i.test(basename(path)) && statSync(path).size < MOST_WORKBOOK_BYTES
  return head.replaceAll('\0', '').toLowerCase().includes('corrected value')
}

/** '' where the path cannot be read: whoever reads it next says why. */
function headOf(path: string): string {
  const bytes = Buffer.alloc(HEAD_BYTES)
  try {
    const file = openSync(path, 'r')
    try {
      return bytes.toString('latin1', 0, readSync(file, bytes, 0, HEAD_BYTES, 0))
    } finally {
      closeSync(file)
    }
  } catch {
    return ''
  }
}

/**
 * What the sheets say of each file and sheet, in their order: where two correct one cell, the later holds; where one leaves a row out
 * that another corrects, the later again.
 */
export class SheetsBook {
  readonly #sheets: readonly FoundSheet[]
  readonly #taken = new Set<string>()

  constructor(sheets: readonly FoundSheet[]) {
    this.#sheets = sheets
  }

  /** Undefined where no sheet is about the file. */
  take(sha256: string, sheet: string): Corrections | undefined {
    const key = correctedFileKey(fileKey(sha256), sheet)
    const found = this.#sheets.flatMap((it) => it.sheet.files.get(key) ?? [])
    if (found.length === 0) return undefined
    this.#taken.add(key)
    return found.reduce(together)
  }

  /** @throws OperatorError (input refused) where a sheet is about a file that was not asked for. */
  refuseUntaken(): void {
    for (const { sheet } of this.#sheets) {
      const key = [...sheet.files.keys()].find((it) => !this.#taken.has(it))
      if (key === undefined) continue
      throw new OperatorError(
        `${sheet.file_name} corrects rows of ${sheet.file_names.get(key)}, and that file, as it was when the sheet was written, is not among the files here: it has changed since, was taken away or was never read. ` +
          'Nothing was changed. Put the file back as it was, or, if its rows are right in a newer one, take the sheet away.',
        EXIT.input_refused,
      )
    }
  }
}

function together(earlier: Corrections, later: Corrections): Corrections {
  const all = new Map(earlier)
  for (const [row, correction] of later) all.set(row, bothOf(earlier.get(row), correction))
  return all
}

function bothOf(earlier: RowCorrection | undefined, later: RowCorrection): RowCorrection {
  if (earlier === undefined || earlier.row_key !== later.row_key || later.is_left_out) return later
  return { ...later, cells: new Map([...earlier.cells, ...later.cells]) }
}
