import type { Deleted } from '../src/store/purge.ts'
import type { Searched } from '../src/store/search-files.ts'

/** What was purged, when, and how it was proved. It never says who it was. */
export interface Certificate {
  readonly purged: 'person' | 'before'
  readonly before: string | null
  /** ISO timestamp. */
  readonly at: string
  readonly software: string
  readonly key_id: string | null
  readonly dry_run: boolean
  readonly records: number
  /** Records of a local id that came with this person's NHS number and with another's: they were left. */
  readonly ambiguous_records: number
  readonly files: readonly { readonly origin: string; readonly records: number }[]
  readonly deleted: Deleted
  /** Pseudonyms, hashes and rows of these records, and how many of them were looked for. */
  readonly n_traces: number
  readonly n_searched_for: number
  /** How many of those the same search found before anything was deleted: all, or it proves nothing. */
  readonly seen_before: number
  readonly searched: readonly Searched[]
  readonly is_proved: boolean
}

export function certificateText(it: Certificate): string {
  const what = it.purged === 'person' ? 'one person' : `every record all of whose days are before ${it.before}`
  const head = it.dry_run ? `Would be purged: ${what}` : `Certificate of deletion: ${what}`
  return [
    head,
    `  at ${it.at}, by ${it.software}, from the store of key ${it.key_id ?? 'none'}`,
    `  records: ${count(it.records)}, from ${it.files.length === 1 ? 'one file' : `${it.files.length} files`}`,
    ...it.files.map(({ origin, records }) => `    ${origin}: ${count(records)}`),
    ...(it.dry_run ? ['Dry run: nothing was changed.'] : [...deletedLines(it), ...proofLines(it)]),
    ...(it.ambiguous_records === 0
      ? []
      : [
          `Left: ${count(it.ambiguous_records)} records that name only a local id which came with two NHS numbers. Nobody can say whose they are.`,
        ]),
    ...(it.dry_run ? [] : whatRemains(it)),
  ].join('\n')
}

function deletedLines({ deleted }: Certificate): string[] {
  const rows = Object.entries(deleted.rows).map(([table, n]) => `  ${table}: ${count(n)}`)
  return [
    'Rows deleted',
    ...rows,
    `  and ${deleted.n_derived_tables} tables made from them, emptied until they are next needed`,
  ]
}

function proofLines(it: Certificate): string[] {
  const some = it.n_searched_for < it.n_traces ? `, an even spread of ${count(it.n_traces)}` : ''
  return [
    'Proof',
    `  looked for: ${count(it.n_searched_for)} pseudonyms, record hashes and rows as the file holds them${some}`,
    `  found before the deletion, by the same search: ${count(it.seen_before)}`,
    ...it.searched.map(
      ({ name, n_bytes, n_found }) => `  found after it in ${name} (${count(n_bytes)} bytes): ${count(n_found)}`,
    ),
    it.is_proved ? '  Proved: no byte of them is left in the store.' : '  NOT PROVED.',
  ]
}

function whatRemains({ purged }: Certificate): string[] {
  return [
    'What this does not reach',
    '  The export files above still hold these records. Take them out, or delete the files.',
    '  Reports made before still count them, as numbers: "outcomes run" writes them anew.',
    '  Copies and backups of the store, and what the disk keeps of files that were deleted, are for whoever runs them.',
    '  Rows that were held back when they were read have no person: they are a row number and a reason, and stay.',
    purged === 'person'
      ? '  If a later file brings the person again, their records are held back (code purged). For that the store keeps a one-way mark of each identifier.'
      : '  If a later file brings such records again, they are held back (code past_retention).',
  ]
}

function count(n: number): string {
  return n.toLocaleString('en-GB')
}
