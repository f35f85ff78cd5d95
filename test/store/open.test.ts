import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OperatorError } from '../../src/domain/operator-error.ts'
import { openStore, SCHEMA_VERSION } from '../../src/store/open.ts'

describe('opening a store', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('makes a file that only its owner can read, with strict tables, and finds it again', () => {
    const path = join(folder, 'store.sqlite')
    const store = openStore(path)
    if (process.platform !== 'win32') {
      expect(statSync(path).mode & 0o777).toBe(0o600)
      expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600)
    }
    const loose = store.sqlite.prepare(
      "select name from pragma_table_list where type = 'table' and strict = 0 and schema = 'main'",
    )
    expect(loose.pluck().all()).toEqual(['sqlite_schema'])
    store.sqlite.prepare("insert into service (service_code, service_name, area) values ('oats', 'OATS', '')").run()
    store.close()

    const again = openStore(path, { readonly: true })
    expect(again.sqlite.prepare('select service_code from service').pluck().all()).toEqual(['oats'])
    expect(() => again.sqlite.prepare('delete from service').run()).toThrow(/readonly/)
    again.close()
  })

  it('asks for durability and safety, and gets them', () => {
    const { sqlite, close } = openStore(join(folder, 'store.sqlite'))
    const pragma = (name: string): unknown => sqlite.pragma(name, { simple: true })
    expect({
      journal_mode: pragma('journal_mode'),
      synchronous: pragma('synchronous'),
      foreign_keys: pragma('foreign_keys'),
      trusted_schema: pragma('trusted_schema'),
      secure_delete: pragma('secure_delete'),
      temp_store: pragma('temp_store'),
    }).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      trusted_schema: 0,
      secure_delete: 1,
      temp_store: 2,
    })
    expect(() => sqlite.prepare("insert into import_row values (99, 2, 'hash', 'loaded')").run()).toThrow(/FOREIGN KEY/)
    close()
  })

  it('refuses what is not a store, and leaves it as it was', () => {
    const text = join(folder, 'notes.txt')
    writeFileSync(text, 'Not a database, though it is long enough to look like one. '.repeat(40))
    const other = join(folder, 'other.sqlite')
    const foreign = new Sqlite(other)
    foreign.exec('create table theirs (x)')
    foreign.close()

    for (const path of [text, other]) {
      const before = readFileSync(path)
      expect(() => openStore(path)).toThrow(OperatorError)
      expect(() => openStore(path)).toThrow('is not a store of this program')
      expect(readFileSync(path).equals(before)).toBe(true)
    }
  })

  it('refuses a store of a newer or an older version, a folder that is missing, and reading what is not there', () => {
    const path = join(folder, 'store.sqlite')
    const store = openStore(path)
    store.sqlite.pragma(`user_version = ${SCHEMA_VERSION + 1}`)
    store.close()
    expect(() => openStore(path)).toThrow('newer version')
    const older = new Sqlite(path)
    older.pragma(`user_version = ${SCHEMA_VERSION - 1}`)
    older.close()
    expect(() => openStore(path)).toThrow('older version')
    expect(() => openStore(join(folder, 'missing', 'store.sqlite'))).toThrow(OperatorError)
    expect(() => openStore(join(folder, 'none.sqlite'), { readonly: true })).toThrow('There is no store')
  })
})
