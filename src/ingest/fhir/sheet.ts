import type { JsonObject } from '../json-value.ts'

/** A resource as it stands in a file; `full_url` is its address in a bundle. */
export interface Resource {
  readonly type: string
  readonly body: JsonObject
  readonly full_url: string
}

/** One type of resource as a table. */
export interface FhirSheet {
  /** Columns that every file has. */
  readonly headings: readonly string[]
  /** Columns that depend on what is in this resource. */
  moreHeadings(resource: Resource): Iterable<string>
  /** Its rows, by heading: one, or for a score with components one for each. */
  rows(resource: Resource): readonly ReadonlyMap<string, string>[]
}
