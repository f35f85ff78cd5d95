import { z } from 'zod'
import { SERIES_IDS, type SeriesId } from '../reports/over-time.ts'
import { type IsoDate, isIsoDate } from '../src/domain/iso-date.ts'

const date = z.string().refine((text): text is IsoDate => isIsoDate(text), 'is not a YYYY-MM-DD date')
const service = z.string().regex(/^[a-z0-9-]+$/, 'may hold small letters, digits and hyphens only')

/** More or fewer people is neither better nor worse, so that it can miss no target. */
const WITH_DIRECTION = SERIES_IDS.filter((id) => id !== 'starts')

export const changeSchema = z.strictObject({
  date: date.describe('Its first day.'),
  what: z.string().min(1).describe('What changed, as reports print it.'),
  service: service.optional().describe('The service. Left out: every service.'),
  series: z.array(z.enum(SERIES_IDS)).min(1).optional().describe('The charts it is looked for in. Left out: all.'),
  rebase: z
    .boolean()
    .default(false)
    .describe('Start a new mean and new limits there: where the change is known, wanted and here to stay.'),
})

export const targetSchema = z.strictObject({
  service: service.optional().describe('The service. Left out: every service.'),
  series: z
    .enum(WITH_DIRECTION as [SeriesId, ...SeriesId[]])
    .describe('The chart it is for. Percentages are in percent, emergency use in events per person-year.'),
  value: z.number().describe('What is to be reached: at least it where more is better, else at most.'),
})
