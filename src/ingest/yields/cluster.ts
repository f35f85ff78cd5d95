import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'

/** When a cluster assessment was made, and whose it is: its scores come in another table. */
export function compileCluster(parts: Extract<Yield, { kind: 'cluster' }>, columns: Columns): CompiledYield {
  const cluster = columns.field(parts.cluster_ref)
  const assessed = columns.field(parts.assessed_date)
  const service = columns.field(parts.service)
  return (row) => {
    if (row.isBlank(cluster, assessed)) return null
    row.need(cluster, 'cluster_ref')
    row.need(assessed, 'assessed_date')
    return {
      table: 'cluster_record',
      values: {
        cluster_ref: row.reference(cluster),
        service_code: row.service(service),
        ...dated('assessed', row.date(assessed)),
      },
    }
  }
}
