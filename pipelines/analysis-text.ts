/** `Everyone`, then each group by name, each with its lines. */
export function sections<Part>(
  document: Part & { groups: readonly (Part & { group: string })[] },
  lines: (part: Part) => string[],
): string[] {
  return ['Everyone', ...lines(document), ...document.groups.flatMap((part) => ['', part.group, ...lines(part)])]
}

export function because(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`
}

export function intervalText(it: readonly (number | null)[] | null): string {
  return it === null ? 'no interval' : `${numberText(it[0] ?? null)} to ${numberText(it[1] ?? null)}`
}

/** Four significant figures, or `-` for a number that does not exist. */
export function numberText(value: number | null): string {
  return value === null ? '-' : Number(value.toPrecision(4)).toString()
}

/** A p value is never nought: the smallest are said to be under 0.0001. */
export function pText(value: number | null): string {
  return value !== null && value < 0.0001 ? 'under 0.0001' : numberText(value)
}
