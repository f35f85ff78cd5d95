/** How a number is written. `decimals` default: 0 for pounds and per cent; as many as it has, at most 3, otherwise. */
export type NumberFormat = { readonly decimals?: number; readonly unit?: 'gbp' | 'percent' }

/** A number as a reader meets it: `1,240`, `£1,240`, `62%`, `−3.1`. The minus is U+2212, as print has it. */
export function formatNumber(value: number, format: NumberFormat): string {
  const digits = formatterOf(format.decimals ?? (format.unit === undefined ? null : 0)).format(Math.abs(value))
  const sign = value < 0 && /[1-9]/.test(digits) ? '−' : ''
  // The word joiner keeps the minus on the pound's line.
  if (format.unit === 'gbp') return sign === '' ? `£${digits}` : `${sign}\u2060£${digits}`
  return format.unit === 'percent' ? `${sign}${digits}%` : `${sign}${digits}`
}

/** The nearest multiple of `step`, halves away from zero. */
export function roundToStep(value: number, step: number): number {
  // 2.675 / 0.01 is 267.49999999999994: a relative nudge undoes the binary error before rounding.
  const steps = Math.round((Math.abs(value) / step) * (1 + Number.EPSILON * 4))
  return steps === 0 ? 0 : Number((Math.sign(value) * steps * step).toPrecision(15))
}

// A formatter takes a hundred times as long to make as to use.
const formatters = new Map<number | null, Intl.NumberFormat>()

function formatterOf(decimals: number | null): Intl.NumberFormat {
  const known = formatters.get(decimals)
  if (known !== undefined) return known
  const digits = { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? 3 }
  const made = new Intl.NumberFormat('en-GB', digits)
  formatters.set(decimals, made)
  return made
}
