/** An ITQ and the PCL-5 taken beside it; a row of the mart `scores_side_by_side`. */
export interface SideBySideRow {
  readonly itq_diagnosis: string
  readonly pcl_total: number
  readonly is_first: boolean | number
}

export interface SideBySide {
  readonly cutoff: number
  /** First ITQ of each episode with a PCL-5 beside it, by probable diagnosis and by whether that reached the cut-off. */
  readonly cells: readonly { readonly diagnosis: string; readonly at_or_above: number; readonly below: number }[]
}

/** Null where no ITQ has a PCL-5 beside it. */
export function sideBySide(
  rows: readonly SideBySideRow[],
  diagnoses: readonly string[],
  cutoff: number,
): SideBySide | null {
  const firsts = rows.filter((it) => Boolean(it.is_first))
  if (firsts.length === 0) return null
  return {
    cutoff,
    cells: diagnoses.map((diagnosis) => {
      const totals = firsts.filter((it) => it.itq_diagnosis === diagnosis).map((it) => it.pcl_total)
      const at_or_above = totals.filter((it) => it >= cutoff).length
      return { diagnosis, at_or_above, below: totals.length - at_or_above }
    }),
  }
}
