/** A row that holds a total or a remark, known by how it begins. */
export interface Footer {
  readonly starts_with: string
}

const BEGINS =
  /^(grand total|sub-?total|totals?|averages?|mean|median|sum|count|n ?[=:]|number of|end of|report|source|printed|produced|generated|exported|extracted|run (?:by|on|date)|notes?\b|key\b|filters?|applied filters|page|confidential|official|data (?:source|as)|minimum|maximum|standard deviation)/i

const IS_TOTAL = /^(grand total|sub-?total|totals?|averages?|mean|median|sum|count)[: ]*$/i

/** The row as a footer, if it begins like one and leaves more than half of its cells empty, or is called a total; null otherwise. */
export function findFooter(cells: readonly string[], width: number): Footer | null {
  const filled = cells.filter((cell) => cell !== '')
  const first = filled[0] ?? ''
  const start = BEGINS.exec(first)?.[1]
  if (start === undefined || (filled.length * 2 > width && !IS_TOTAL.test(first))) return null
  return { starts_with: start }
}
