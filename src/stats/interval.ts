/** Lower and upper bound of a 95% confidence interval. */
export type Interval = readonly [lower: number, upper: number]

/** An interval whose upper end may be open: null where no upper bound exists. */
export type OpenInterval = readonly [lower: number, upper: number | null]
