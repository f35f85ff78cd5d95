/** True for a financial year such as `2024/25`, whose second half follows its first. */
export function isFinancialYear(text: string): boolean {
  const match = /^(\d{4})\/(\d{2})$/.exec(text)
  return match !== null && (Number(match[1]) + 1) % 100 === Number(match[2])
}

/** The year in which a financial year starts: 2024 for `2024/25`. */
export function startYear(financialYear: string): number {
  return Number(financialYear.slice(0, 4))
}

/** The financial year starting in a calendar year: `2024/25` for 2024. */
export function financialYearFrom(year: number): string {
  return `${year}/${String((year + 1) % 100).padStart(2, '0')}`
}
