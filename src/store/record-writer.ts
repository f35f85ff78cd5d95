import type { Database, Statement } from 'better-sqlite3'
import type { IssueFacts, ReadIdentity, ReadRecord, StoredRow } from '../ingest/reading.ts'

export type Outcome = 'loaded' | 'duplicate' | 'quarantined'

/** Writes the records of one file, and says what became of each. A record is a repeat where one with its hash is loaded. */
export function recordWriter(db: Database, fileId: number): (record: ReadRecord) => Outcome {
  const isLoaded = db.prepare<[string], { found: number }>(
    `select 1 as found from import_row where row_hash = ? and outcome = 'loaded' limit 1`,
  )
  const insertRow = db.prepare('insert into import_row (file_id, row_number, row_hash, outcome) values (?, ?, ?, ?)')
  const insertIssue = {
    quarantine_row: issueInsert(db, 'quarantine_row', fileId),
    flagged_row: issueInsert(db, 'flagged_row', fileId),
  }
  const identityKey = identityKeys(db)
  const insertStored = storedInserts(db, fileId)

  return (record) => {
    const outcome = outcomeOf(record, isLoaded.get(record.row_hash) !== undefined)
    insertRow.run(fileId, record.row_number, record.row_hash, outcome)
    if (outcome === 'quarantined') insertIssue.quarantine_row(record.row_number, record.faults)
    if (outcome !== 'loaded') return outcome
    insertIssue.flagged_row(record.row_number, record.doubts)
    const keys = identityKey(record.identity)
    for (const row of record.rows) insertStored(row, record.row_number, keys)
    return outcome
  }
}

function outcomeOf(record: ReadRecord, isRepeat: boolean): Outcome {
  if (record.faults.length > 0) return 'quarantined'
  return isRepeat ? 'duplicate' : 'loaded'
}

function issueInsert(db: Database, table: 'quarantine_row' | 'flagged_row', fileId: number) {
  const insert = db.prepare(
    `insert into ${table} (file_id, row_number, fault_number, code, column_name, expected) values (?, ?, ?, ?, ?, ?)`,
  )
  return (rowNumber: number, issues: readonly IssueFacts[]) => {
    for (const [index, issue] of issues.entries()) {
      insert.run(fileId, rowNumber, index + 1, issue.code, issue.column_name, issue.expected)
    }
  }
}

interface IdentityKeys {
  nhs_identity_key: number | null
  local_identity_key: number | null
}

/** Keys count up in the order of first meeting. */
function identityKeys(db: Database): (identity: ReadIdentity) => IdentityKeys {
  const known = new Map<string, number>()
  const find = db.prepare<[string], { identity_key: number }>('select identity_key from identity where pseudonym = ?')
  const last = db.prepare<[], { key: number | null }>('select max(identity_key) as key from identity').get()
  const insert = db.prepare('insert into identity (identity_key, kind, pseudonym) values (?, ?, ?)')
  let next = (last?.key ?? 0) + 1
  const keyOf = (kind: 'nhs_number' | 'local_id', pseudonym: string | null): number | null => {
    if (pseudonym === null) return null
    const key = known.get(pseudonym) ?? find.get(pseudonym)?.identity_key
    if (key !== undefined) {
      known.set(pseudonym, key)
      return key
    }
    insert.run(next, kind, pseudonym)
    known.set(pseudonym, next)
    return next++
  }
  return (identity) => ({
    nhs_identity_key: keyOf('nhs_number', identity.nhs_number),
    local_identity_key: keyOf('local_id', identity.local_id),
  })
}

const WITHOUT_PERSON = new Set(['aggregate_count', 'code_list_entry'])

function storedInserts(db: Database, fileId: number) {
  const prepared = new Map<string, { statement: Statement; columns: string[] }>()
  return (row: StoredRow, rowNumber: number, keys: IdentityKeys) => {
    let insert = prepared.get(row.table)
    if (insert === undefined) {
      insert = prepareInsert(db, row)
      prepared.set(row.table, insert)
    }
    const identity = WITHOUT_PERSON.has(row.table) ? [] : [keys.nhs_identity_key, keys.local_identity_key]
    insert.statement.run(fileId, rowNumber, ...identity, ...insert.columns.map((column) => row.values[column] ?? null))
  }
}

function prepareInsert(db: Database, row: StoredRow): { statement: Statement; columns: string[] } {
  const columns = Object.keys(row.values)
  const identity = WITHOUT_PERSON.has(row.table) ? [] : ['nhs_identity_key', 'local_identity_key']
  const all = ['file_id', 'row_number', ...identity, ...columns]
  const sql = `insert into ${row.table} (${all.join(', ')}) values (${all.map(() => '?').join(', ')})`
  return { statement: db.prepare(sql), columns }
}
