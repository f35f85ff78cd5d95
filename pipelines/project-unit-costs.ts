import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { bundledUnitCosts } from '../src/economics/bundled.ts'
import { readUnitCosts } from '../src/economics/read-unit-costs.ts'
import type { UnitCost } from '../src/economics/unit-cost.ts'
import type { Project } from './project.ts'

/** The unit costs that the project names, or the bundled ones. @throws OperatorError (wrong usage) where the file is not there. */
export function projectUnitCosts(project: Project): UnitCost[] {
  const name = project.prices.unit_costs
  if (name === undefined) return bundledUnitCosts()
  const path = resolve(project.dir, name)
  if (!existsSync(path)) {
    throw new OperatorError(
      `The unit costs ${name} named in outcomes.yaml are not there. Correct "unit_costs", or leave it out to use the bundled table.`,
      EXIT.wrong_usage,
    )
  }
  return readUnitCosts(readFileSync(path, 'utf8'), name)
}
