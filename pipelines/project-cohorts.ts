import { z } from 'zod'
import { AGE_BANDS } from '../src/change/age-bands.ts'
import type { Cohort } from '../src/change/cohorts.ts'
import { ETHNIC_GROUPS } from '../src/domain/ethnic-group.ts'
import { categoryScaleOf, measureById, scaleOf } from '../src/measures/registry.ts'

const names = z.array(z.string().min(1)).min(1).optional()

const baseline = z
  .strictObject({
    measure: z.string().describe('The measure, such as itq or reqol-10.'),
    scale: z.string().default('total').describe('Its scale, such as diagnosis or total.'),
    is: z.array(z.string()).min(1).optional().describe('First answer, of a scale that gives a word: any of these.'),
    at_least: z.number().optional().describe('First score, this or more.'),
    below: z.number().optional().describe('First score, less than this.'),
  })
  .superRefine(({ measure, scale, is, at_least, below }, context) => {
    const words = categoryScaleOf(measure, scale)
    const refuse = (message: string) => context.addIssue({ code: 'custom', message })
    if (measureById(measure) === null) return refuse(`names the measure ${measure}, which there is none of`)
    if (words === null && scaleOf(measure, scale) === null)
      return refuse(`names ${measure} ${scale}, which is no scale`)
    if (words === null && is !== undefined) return refuse(`asks ${measure} ${scale} for a word; it gives a number`)
    if (words !== null && is === undefined) return refuse(`needs is: any of ${words.categories.join(', ')}`)
    const unknown = (is ?? []).filter((it) => !words?.categories.includes(it))
    if (unknown.length > 0) refuse(`is: ${measure} ${scale} is never ${unknown.join(', ')}`)
    if (words === null && at_least === undefined && below === undefined) refuse('needs at_least or below')
  })

/** A saved group of people: what each criterion lists is joined by "or", the criteria themselves by "and". */
export const cohortSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'may hold small letters, digits and hyphens only'),
  name: z.string().min(1).describe('As reports print it.'),
  service: z.string().optional().describe('Left out: every service, each by itself.'),
  baseline: z.array(baseline).default([]).describe('First scores of the episode.'),
  pathway: names.describe('As recorded at referral.'),
  intervention: names.describe('The arm or therapy type, as recorded at referral.'),
  staff_role: names.describe('The role that mainly saw the person, by rules.mainly_seen_by.'),
  age_band: z.array(z.enum(AGE_BANDS)).min(1).optional().describe('Age at the start of the episode.'),
  gender: names,
  ethnic_group: z.array(z.enum(ETHNIC_GROUPS)).min(1).optional(),
  deprivation_quintile: z.array(z.number().int().min(1).max(5)).min(1).optional().describe('1 is the most deprived.'),
  neurodiversity: z
    .array(z.enum(['yes', 'queried', 'no', 'unknown']))
    .min(1)
    .optional()
    .describe('As recorded; unknown is its own answer, never counted as no.'),
  min_contacts: z.number().int().min(1).optional().describe('Attended contacts in the episode, so many or more.'),
}) satisfies z.ZodType<Cohort, unknown>
