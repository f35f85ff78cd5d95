import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'

const RATINGS = ['none', 'low', 'medium', 'high', 'very_high'] as const

/** A rating of risk on its day. A form on which risk was left blank says nothing: the rating is then missing, and never low. */
export function compileRiskRating(parts: Extract<Yield, { kind: 'risk_rating' }>, columns: Columns): CompiledYield {
  const rated = columns.field(parts.rated_date)
  const rating = columns.field(parts.rating)
  const service = columns.field(parts.service)
  return (row) => {
    if (row.isBlank(rating)) return null
    row.need(rated, 'rated_date')
    return {
      table: 'risk_rating_record',
      values: {
        service_code: row.service(service),
        ...dated('rated', row.date(rated)),
        rating: row.oneOf(rating, RATINGS, 'none'),
      },
    }
  }
}
