import { z } from 'zod'
import { EVENT_TYPES, type EventType } from '../src/usage/event-types.ts'

const eventTypes = EVENT_TYPES.map((type) => type.id) as [EventType, ...EventType[]]

/** Where a service, or one of its teams, stands on the way up and down. */
export const levelSchema = z.strictObject({
  service: z.string().describe('The service.'),
  team: z
    .string()
    .min(1)
    .optional()
    .describe('The team, as its referrals name it. Left out: every other team of the service.'),
  step: z.number().int().min(1).describe('1 the lowest. A move to a higher one is a step up.'),
  secondary_care: z.boolean().default(false).describe('Whether a referral there counts as going on to secondary care.'),
})

/** Who is a frequent attender. */
export const frequentSchema = z.strictObject({
  event_types: z.array(z.enum(eventTypes)).min(1).describe('Which uses are counted, all of them together.'),
  at_least: z.number().int().min(1).describe('Uses in a year of 365 days from which a person is a frequent attender.'),
})

/** No published rule is followed: a service that has one says so. */
export const FREQUENT_RULES: z.infer<typeof frequentSchema>[] = [
  { event_types: ['ae_mental_health', 'ae_physical_health', 'ae_unspecified'], at_least: 5 },
  { event_types: ['s136'], at_least: 2 },
]

/** How many people there are of whom a service or a board sees some. */
export const populationSchema = z
  .strictObject({
    service: z.string().optional().describe('The service whose reach it tells …'),
    icb: z.string().optional().describe('… or the integrated care board, all of whose services are taken together.'),
    people: z.number().int().min(1).describe('How many people there are.'),
    who: z.string().min(1).describe('Who they are, as reports print it.'),
    source: z.string().min(1).describe('Where the number comes from. Printed beside it.'),
  })
  .refine((it) => (it.service === undefined) !== (it.icb === undefined), 'needs either a service or an icb')
