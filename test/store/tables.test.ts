import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dependencyOrder } from '../../src/store/dependency-order.ts'
import { sqliteExecutor } from '../../src/store/executor.ts'
import { readModels } from '../../src/store/models.ts'
import { buildModels } from '../../src/store/run-models.ts'
import { tableTypesText } from '../../src/store/table-types-text.ts'
import { ddlFor, tableDefinitions } from '../../src/store/tables.ts'
import { drawWorld, openWorld } from './world.ts'

const ROOT = join(import.meta.dirname, '../..')

describe('the tables', () => {
  it('are each defined after the tables they refer to', () => {
    const names = tableDefinitions().map(({ name }) => name)
    expect(names.indexOf('import_file')).toBeLessThan(names.indexOf('import_row'))
    expect(names.indexOf('assessment_record')).toBeLessThan(names.indexOf('assessment_score'))
  })

  it('differ between engines in strictness and in the name of an eight-byte number, and in nothing else', () => {
    const sqlite = ddlFor('sqlite')
    const postgres = ddlFor('postgres')
    expect(sqlite.every((ddl) => ddl.endsWith(') strict'))).toBe(true)
    expect(postgres.map((ddl) => ddl.replaceAll('double precision', 'real'))).toEqual(
      sqlite.map((ddl) => ddl.replace(/ strict$/, '')),
    )
    expect(postgres.join('\n')).toMatch(/^ {4}score double precision,$/m)
    expect(postgres.join('\n')).not.toMatch(/^ {4}\w+ real\b/m)
  })

  it('have their types generated, and the generated file is not stale', async () => {
    await expect(tableTypesText()).toMatchFileSnapshot('../../src/store/table-types.ts')
  })

  it('a circle of needs is refused by name', () => {
    const circle = [
      { name: 'a', needs: ['b'] },
      { name: 'b', needs: ['a'] },
    ]
    expect(() => dependencyOrder(circle)).toThrow('a needs itself, by way of a, b')
  })
})

describe('the models', () => {
  it('open with their grain, are one select each, and use nothing that only one engine has', () => {
    for (const { name, select } of readModels()) {
      expect([name, select.startsWith('-- One row per ')]).toEqual([name, true])
      expect([
        name,
        /;|::|\bfilter\s*\(|\bifnull\b|\bjulianday\b|\bdate\s*\(|\bmax\([^()]*,/i.test(
          select.replaceAll(/--.*$/gm, ''),
        ),
      ]).toEqual([name, false])
    }
  })

  it('have exactly the columns that their row types name', async () => {
    const store = openWorld(drawWorld({}))
    await buildModels(sqliteExecutor(store.sqlite))
    const types = readFileSync(join(ROOT, 'src/store/mart-types.ts'), 'utf8')
    const marts = [...types.matchAll(/^ {2}(\w+): (\w+Row)$/gm)]
    expect(marts.map((match) => match[1]).sort()).toEqual(
      readModels()
        .filter(({ layer }) => layer === 'marts')
        .map(({ name }) => name)
        .sort(),
    )
    for (const [, mart, type] of marts) {
      const body = new RegExp(`interface ${type} \\{\\n([^}]*)\\}`).exec(types)?.[1] ?? ''
      const typed = [...body.matchAll(/^ {2}(\w+): /gm)].map((match) => match[1])
      const built = store.sqlite.pragma(`table_info(${mart})`) as { name: string }[]
      expect({ [mart as string]: built.map(({ name }) => name) }).toEqual({ [mart as string]: typed })
    }
    store.close()
  })

  it('are not built without settings', async () => {
    const store = openWorld({ ...drawWorld({}), settings: [] })
    await expect(buildModels(sqliteExecutor(store.sqlite))).rejects.toThrow('settings')
    store.close()
  })
})
