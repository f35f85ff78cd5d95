import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { readUtilityTable } from '../src/economics/read-utility-table.ts'
import type { UtilityTable } from '../src/measures/utility-rows.ts'
import type { Project } from './project.ts'

/** The ReQoL-UI weights that the project's licence holder supplies; null where there are none. */
export function projectUtilities({ dir, qalys }: Project): UtilityTable | null {
  if (qalys.reqol_ui === undefined) {
    if (qalys.utility === 'reqol-ui')
      throw noTable('"qalys: utility" is reqol-ui, and "qalys: reqol_ui" names no table of weights')
    return null
  }
  const { table, country } = qalys.reqol_ui
  const path = resolve(dir, table)
  if (!existsSync(path)) throw noTable(`the table of weights ${table} named in outcomes.yaml is not there`)
  return { id: table, country, ...readUtilityTable(table, readFileSync(path, 'utf8')) }
}

function noTable(what: string): OperatorError {
  return new OperatorError(
    `${what.charAt(0).toUpperCase()}${what.slice(1)}. The weights of the ReQoL-UI are licensed by Oxford University Innovation and are not shipped: supply yours, or leave "reqol-ui" out.`,
    EXIT.wrong_usage,
  )
}
