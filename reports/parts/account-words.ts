import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { FileAccount } from '../analysis.ts'

/** Where every record went: `Of 6,235 records read, 6,160 were loaded, 25 were duplicates and 50 were held back.` */
export function accountWords(gate: Gate, files: readonly FileAccount[]): ReleasedText {
  const sum = (key: 'loaded' | 'duplicates' | 'quarantined') => files.reduce((total, file) => total + file[key], 0)
  const { cells, total } = gate.partition({
    loaded: sum('loaded'),
    duplicates: sum('duplicates'),
    quarantined: sum('quarantined'),
  })
  return say`Of ${total} records read, ${cells.loaded} were loaded, ${cells.duplicates} were duplicates and ${cells.quarantined} were held back.`
}
