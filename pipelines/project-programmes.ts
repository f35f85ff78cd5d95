import { z } from 'zod'

const financialYear = z.string().regex(/^\d{4}\/\d{2}$/, 'is not a financial year such as 2024/25')
const hourlyRate = {
  band: z
    .string()
    .optional()
    .describe('Agenda for Change band, such as 6 or 8a: priced by its line of the unit costs.'),
  rate_gbp: z
    .number()
    .positive()
    .optional()
    .describe('Instead of it: what an hour costs, in pounds of the price year …'),
  source: z.string().optional().describe('… and who says so.'),
}

/** One price of an hour, and of a rate its source. */
const priced = (it: { band?: string | undefined; rate_gbp?: number | undefined; source?: string | undefined }) =>
  (it.band === undefined) !== (it.rate_gbp === undefined) && (it.rate_gbp === undefined || it.source !== undefined)
const NEEDS_A_RATE = 'needs band, or rate_gbp with its source'

const staff = z
  .strictObject({
    role: z.string().min(1).describe('As reports print it.'),
    hours_per_year: z.number().positive().describe('Hours of the role in a year.'),
    ...hourlyRate,
  })
  .refine(priced, NEEDS_A_RATE)

const group = z
  .strictObject({
    name: z.string().min(1).describe('As reports print it.'),
    facilitators: z.number().positive().describe('Staff at a session.'),
    hours: z.number().positive().describe('Hours of each for a session, with preparing and writing up.'),
    sessions_per_year: z.number().positive().describe('Sessions held in a year.'),
    attendees: z.number().positive().describe('Mean number of people who come.'),
    ...hourlyRate,
  })
  .refine(priced, NEEDS_A_RATE)

const room = z.strictObject({
  name: z.string().min(1).describe('As reports print it.'),
  hours_per_year: z.number().positive().describe('Hours in use in a year.'),
  rate_gbp: z.number().positive().describe('Pounds an hour.'),
  source: z.string().min(1).describe('Who says so.'),
})

const setUp = z.strictObject({
  name: z.string().min(1).describe('As reports print it.'),
  cost_gbp: z.number().positive().describe('Met once, in pounds.'),
  years: z.number().int().min(1).max(30).describe('Years that it serves: spread over them at 3.5% a year.'),
  source: z.string().min(1).describe('Who says so.'),
})

/** What a service itself costs, in one of three ways. */
export const programmeSchema = z
  .strictObject({
    service: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'may hold small letters, digits and hyphens only')
      .describe('The service whose own cost this is.'),
    cost_per_person_gbp: z.number().positive().optional().describe('Cost of one person, in pounds.'),
    cost_per_year_gbp: z.number().positive().optional().describe('Instead of it: cost of a year …'),
    people_per_year: z
      .number()
      .positive()
      .optional()
      .describe('… and the people served in a year. With a cost per person: for the budget of the years to come.'),
    staff: z.array(staff).default([]).describe('Or by its parts, with people_per_year: hours of staff, …'),
    groups: z.array(group).default([]).describe('… groups: facilitators × hours × rate × sessions, …'),
    rooms: z.array(room).default([]).describe('… rooms, …'),
    set_up: z.array(setUp).default([]).describe('… and what was met once at the start.'),
    overheads: z
      .number()
      .min(0)
      .max(2)
      .default(0)
      .describe(
        'On top of staff hours in parts, as a share: 0.2 is a fifth. 0 where the rates hold them, as published prices of an hour do.',
      ),
    price_year: financialYear.describe('The year whose prices these are, such as 2024/25.'),
    source: z.string().describe('Who supplied the cost. Printed beside it.'),
  })
  .refine(({ cost_per_person_gbp: each, cost_per_year_gbp: year, people_per_year: people, ...it }) => {
    const parts = it.staff.length + it.groups.length + it.rooms.length + it.set_up.length > 0
    const ways = [each !== undefined, year !== undefined, parts].filter(Boolean).length
    return ways === 1 && (each !== undefined || people !== undefined)
  }, 'needs one of cost_per_person_gbp, cost_per_year_gbp with people_per_year, or staff, groups, rooms and set_up with people_per_year')
