import type { StoreTables } from './table-types.ts'

/** Every table of the store, for Kysely: the loaded tables and the models built from them. */
export type Database = StoreTables
