/** Lower and upper bound of a 95% confidence interval. */
export type Interval = readonly [lower: number, upper: number]

/** An interval with an open end: null below means no lower bound exists, null above no upper bound. */
export type OpenInterval = readonly [lower: number | null, upper: number | null]
