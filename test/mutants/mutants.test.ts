import { afterAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/stats/random.ts'
import { csv } from './csv-form.ts'
import { CELL_DAMAGES } from './damage-cells.ts'
import { damageCellAs } from './damage-grid.ts'
import type { Form } from './form.ts'
import { fhir, jsonList } from './json-forms.ts'
import { KINDS } from './kinds.ts'
import { MutantRoom } from './read-mutant.ts'
import { type Level, runMutant, tryCell } from './run-mutant.ts'
import { xlsx } from './xlsx-form.ts'

/** A few thousand of what `npm run mutants` tries by the hundred thousand. */
const room = new MutantRoom()
afterAll(() => room.close())

const COMMAS = csv('commas', { delimiter: ',', end: '\n', encoding: 'utf-8' })
/** Of the kinds that cannot be written in every form. */
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  'FHIR observations': [fhir],
  'wide questionnaires': [COMMAS, jsonList],
}

describe('a cell put wrong, with known truth: held back, read as the same, or saying another valid thing', () => {
  const cases = CELL_DAMAGES.flatMap((damage) => damage.kinds.map((kind) => [kind, damage.name, damage] as const))
  it.each(cases)('%s: %s', async (cellKind, _name, damage) => {
    const kind = KINDS.find(({ cells }) => cells.includes(cellKind))
    if (kind === undefined) throw new Error(`no kind of export has a column of ${cellKind}`)
    for (const form of FORMS[kind.name] ?? [COMMAS, xlsx, jsonList]) {
      const random = createRandom(`${damage.name} ${form.name}`)
      const records = Array.from({ length: 12 }, (_, n) => kind.record(random, n))
      const known = damageCellAs([kind.headings, ...records], kind.cells.indexOf(cellKind), damage, random)
      expect(known, 'a record whose cell can be damaged so').not.toBeNull()
      if (known !== null) expect(await tryCell(room, kind, form, [kind.headings, ...records], known)).toEqual([])
    }
  })
})

describe('mutants of valid files', () => {
  const N = 1000
  it.each(['1', '2'])('none crashes, loses a line or loads what nobody wrote: seed %s', async (seed) => {
    const seen: Record<Level, number> = { cells: 0, rows: 0, bytes: 0, packing: 0 }
    const outcomes = { read: 0, refused: 0 }
    for (let number = 0; number < N; number++) {
      const { level, outcome, name, violations } = await runMutant(room, seed, number)
      seen[level]++
      outcomes[outcome]++
      expect(violations, `--seed ${seed} --from ${number} --files 1: ${name}`).toEqual([])
    }
    for (const n of Object.values(seen)) expect(n).toBeGreaterThan(N / 20)
    expect(outcomes.read).toBeGreaterThan(N / 2)
  })
})
