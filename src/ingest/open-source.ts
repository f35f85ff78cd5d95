import { type ExportFile, type FileKind, refused } from './examine-file.ts'
import { openFhir } from './fhir/open-fhir.ts'
import { openCsv } from './open-csv.ts'
import { openJson } from './open-json.ts'
import { openXlsx } from './open-xlsx.ts'
import type { Profile } from './profile.ts'
import type { Source } from './source.ts'

const KIND_WORDS: Readonly<Record<FileKind, string>> = {
  csv: 'text (CSV)',
  xlsx: 'an Excel workbook',
  json: 'JSON',
  fhir: 'FHIR',
}

type How = Pick<Profile, 'profile' | 'reads' | 'csv' | 'xlsx' | 'fhir' | 'footer_starts_with' | 'second_headings'>

/** Opens a file as its profile says. A file of another kind than the profile reads is refused. */
export async function openSource(file: ExportFile, how: How): Promise<Source> {
  if (file.kind !== how.reads) {
    throw refused(
      file.file_name,
      `is ${KIND_WORDS[file.kind]}, and the profile ${how.profile} reads ${KIND_WORDS[how.reads]}. Save it in that form, or choose another profile.`,
    )
  }
  if (file.kind === 'xlsx') return openXlsx(file, how.xlsx, how)
  if (file.kind === 'fhir') return openFhir(file, how.fhir)
  return file.kind === 'json' ? openJson(file) : openCsv(file, how.csv, how)
}
