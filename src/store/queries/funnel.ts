import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { OutcomeFunnelRow } from '../mart-types.ts'

/** How many episodes could have been measured, were measured once, and were measured twice. */
export interface FunnelCount {
  service_code: string
  measure_id: string
  scale_id: string
  n_eligible: number
  n_baseline: number
  n_paired: number
}

export function readFunnel(kysely: Kysely<Database>): Promise<OutcomeFunnelRow[]> {
  return kysely
    .selectFrom('outcome_funnel')
    .selectAll()
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('scale_id')
    .orderBy('episode_id')
    .execute()
}

export function readFunnelCounts(kysely: Kysely<Database>): Promise<FunnelCount[]> {
  return kysely
    .selectFrom('outcome_funnel')
    .select(({ fn }) => [
      'service_code',
      'measure_id',
      'scale_id',
      fn.sum<number>('is_eligible').as('n_eligible'),
      fn.sum<number>('has_baseline').as('n_baseline'),
      fn.sum<number>('has_pair').as('n_paired'),
    ])
    .groupBy(['service_code', 'measure_id', 'scale_id'])
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('scale_id')
    .execute()
}
