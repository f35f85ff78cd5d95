import { z } from 'zod'
import { headings, key, maybe, needed } from './profile-cells.ts'

const person = z.strictObject({
  kind: z.literal('person'),
  birth_date: maybe,
  gender: maybe,
  ethnic_category: maybe,
  neurodiversity: maybe,
  person_type: maybe,
  death_date: maybe,
  moved_date: maybe,
  /** 1 to 10, 1 the most deprived. */
  deprivation_decile: maybe,
})

const referral = z.strictObject({
  kind: z.literal('referral'),
  referral_ref: maybe,
  service: maybe,
  pathway: maybe,
  team: maybe,
  team_type: maybe,
  intervention: maybe,
  referral_source: maybe,
  primary_reason: maybe,
  referral_date: needed,
  first_contact_date: maybe,
  discharge_date: maybe,
  discharge_reason: maybe,
  rejected_date: maybe,
  /** Lets the age at referral be worked out at the door, so that no date of birth need be kept. */
  birth_date: maybe,
  age_at_referral: maybe,
})

const contact = z.strictObject({
  kind: z.literal('contact'),
  contact_ref: maybe,
  contact_key: key,
  referral_ref: maybe,
  service: maybe,
  contact_date: needed,
  attendance: needed,
  mode: maybe,
  staff_role: maybe,
  staff_band: maybe,
  duration_minutes: maybe,
})

const eventTypeRule = z.strictObject({
  /** Those that the file has not got are passed over. */
  columns: z.array(headings).min(1),
  /** Holds where any of the columns has one of these codes; left out: where all of them are blank. */
  in: z.array(z.string()).optional(),
  /** Parts a list of codes in one cell; the first alone counts. */
  separator: z.string().optional(),
  use: z.string(),
})

const event = z.strictObject({
  kind: z.literal('event'),
  event_ref: maybe,
  event_key: key,
  /** Where the record is a part of the event (a ward stay of a spell): the part's own number. */
  part_ref: maybe,
  /** Names the person where the record has no identifier. */
  referral_ref: maybe,
  event_type: needed,
  /** Types that other columns decide, over `event_type`: the first rule that holds. */
  event_type_when: z.array(eventTypeRule).default([]),
  start_date: needed,
  end_date: maybe,
  provider: maybe,
})

/** One questionnaire on the record: items, a total, or both. Nothing is read where all of them are blank. */
const assessment = z.strictObject({
  kind: z.literal('assessment'),
  /** The file may have none of its items and total: it then holds no questionnaire of this kind. Some of them are not enough. */
  optional: z.boolean().default(false),
  measure: needed,
  assessed_date: needed,
  referral_ref: maybe,
  /** Names the person and the referral where the record does not: the contact's table says whose it was. */
  contact_ref: maybe,
  service: maybe,
  team: maybe,
  coding: z.enum(['scored', 'raw']).default('scored'),
  /** Headings in the instrument's order, or one heading with `{n}` standing for 1, 2, 3 … */
  items: z.union([z.array(headings), z.strictObject({ pattern: headings, count: z.number().int() })]).optional(),
  /**
   * Taken from every item before it is checked: 1 where an instrument of 0-4 is exported as 1-5, -1 where one of 1-7 is exported as
   * 0-6. A number that the instrument keeps for "not answered" is then an answer out of range: it belongs to the other coding.
   */
  minus: z.number().int().default(0),
  /** The export's words for an answer (any case, trimmed) to its number. A number stands as it is. */
  answers: z.record(z.string(), z.number().int()).optional(),
  /** Items left out because they do not apply: where `column` holds one of `in`, whatever stands under the item is set aside. */
  not_applicable: z
    .strictObject({ item: z.number().int().min(1), column: headings, in: z.array(z.string()) })
    .optional(),
  /**
   * Whether more help is wanted with each item (DIALOG+), in the instrument's order. `yes`, `no`: how the export writes them, any
   * case. A number is taken for neither unless it is listed: exports differ in what they number.
   */
  help_wanted: z
    .strictObject({
      columns: z.union([z.array(headings), z.strictObject({ pattern: headings, count: z.number().int() })]),
      yes: z.array(z.string()).default(['Y', 'Yes', 'True']),
      no: z.array(z.string()).default(['N', 'No', 'False']),
      /** The file may have none of the columns. */
      optional: z.boolean().default(false),
    })
    .optional(),
  /** When each goal was set, in the order of the goals: another date under a number is another goal. */
  goals_set: z.union([z.array(headings), z.strictObject({ pattern: headings, count: z.number().int() })]).optional(),
  /** Answers, as the file writes them, that only another coding can give: one of them, and the file is refused with the profile to use. */
  other_coding: z.strictObject({ answers: z.array(z.number().int()), profile: z.string() }).optional(),
  /** Items inside a JSON cell: a list of objects at `path`, each with its number and its value. */
  json_items: z
    .strictObject({ column: z.string(), path: z.string(), number: z.string(), value: z.string() })
    .optional(),
  total: maybe,
  /** Which scale `total` is. */
  total_scale: z.string().default('total'),
})

/**
 * One score on the record under a SNOMED CT code, as in MHSDS tables 606, 607 and 802. A date of its own, or the number of the care
 * activity, contact or cluster assessment that has it: other tables say when that was, and whose.
 */
const codedScore = z.strictObject({
  kind: z.literal('coded_score'),
  code: needed,
  score: needed,
  assessed_date: maybe,
  referral_ref: maybe,
  activity_ref: maybe,
  contact_ref: maybe,
  cluster_ref: maybe,
  service: maybe,
  team: maybe,
})

/** One score on the record under the measure's name: the plain layout. */
const score = z.strictObject({
  kind: z.literal('score'),
  measure: needed,
  score: needed,
  assessed_date: needed,
  referral_ref: maybe,
  service: maybe,
  team: maybe,
  /** When the goal was set: another date under a number is another goal. */
  goal_set_date: maybe,
  /** `yes` where the rating is the first of a new goal under its number. */
  goal_is_new: maybe,
})

/** One answer on the record: a row for each item of a questionnaire, or for each goal. Those of one person and day make a form. */
const item = z.strictObject({
  kind: z.literal('item'),
  measure: needed,
  /** The item's number in the instrument's order; `codes` turn other words into it. */
  item: needed,
  answer: needed,
  assessed_date: needed,
  referral_ref: maybe,
  service: maybe,
  team: maybe,
  /** When the goal was set: another date under a number is another goal. */
  goal_set_date: maybe,
  /** `yes` where the rating is the first of a new goal under its number. */
  goal_is_new: maybe,
  coding: z.enum(['scored', 'raw']).default('scored'),
})

/** Counts that came already added up. */
const aggregate = z.strictObject({
  kind: z.literal('aggregate'),
  period: needed,
  subject: needed,
  service: maybe,
  /** Product's category name to the heading of its count. */
  counts: z.record(z.string(), z.string()),
})

/** An entry of a published list of assessment codes. */
const codeList = z.strictObject({
  kind: z.literal('code_list'),
  code: needed,
  term: needed,
  tool_name: maybe,
  category: maybe,
  version: maybe,
  lower_bound: maybe,
  upper_bound: maybe,
})

/** An activity within a contact, as in MHSDS and Talking Therapies tables 202. */
const careActivity = z.strictObject({
  kind: z.literal('care_activity'),
  activity_ref: needed,
  contact_ref: needed,
  service: maybe,
})

/** A cluster assessment, whose scores come in another table: MHSDS 801. */
const cluster = z.strictObject({
  kind: z.literal('cluster'),
  cluster_ref: needed,
  assessed_date: needed,
  service: maybe,
})

/** How a service rates a person's risk: none, low, medium, high or very_high, by `codes`. */
const riskRating = z.strictObject({
  kind: z.literal('risk_rating'),
  rated_date: needed,
  rating: needed,
  service: maybe,
})

/** A team that a referral was made to: MHSDS 102. */
const referralTeam = z.strictObject({
  kind: z.literal('referral_team'),
  referral_ref: needed,
  team_ref: maybe,
  team_type: maybe,
  rejected_date: maybe,
  service: maybe,
})

/** A coded score of someone who is not known (MHSDS 608): the measure and the month are kept, to be counted. */
const anonymousScore = z.strictObject({
  kind: z.literal('anonymous_score'),
  code: needed,
  period: needed,
  service: maybe,
})

/** In which submission to a national data set the record came. Nothing is read where the file does not say. */
const submission = z.strictObject({
  kind: z.literal('submission'),
  provider: maybe,
  period_end: maybe,
  submission_number: maybe,
  effective: maybe,
})

/** What a row of an export may hold. */
export const yieldSchema = z.discriminatedUnion('kind', [
  person,
  referral,
  contact,
  event,
  assessment,
  codedScore,
  score,
  item,
  aggregate,
  codeList,
  careActivity,
  cluster,
  riskRating,
  referralTeam,
  anonymousScore,
  submission,
])

export type Yield = z.infer<typeof yieldSchema>
