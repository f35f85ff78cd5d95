import type { Gate } from '../../src/disclosure/gate.ts'
import type { ServiceAnalysis } from '../analysis.ts'

/** People of a service by recorded neurodiversity. The total is the number of people wherever it is printed. */
export function releasePeople(gate: Gate, service: ServiceAnalysis) {
  return gate.partition({ ...service.neurodiversity })
}
