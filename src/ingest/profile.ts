import { z } from 'zod'

/**
 * A profile says how one kind of export is read: a YAML file, validated here once, that services can share.
 * Headings are matched without regard to case, surrounding space or the kind of white space inside.
 */

/** A heading, or a list of headings that have been used for the same column: the first that the file has is read. */
const headings = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])

const dateOrder = z.enum(['dmy', 'mdy', 'ymd'])

/** Where a field's text comes from. A plain string, or a plain list of them, is a heading. */
const cell = z.union([
  headings,
  z.strictObject({
    column: headings,
    /**
     * Of several headings: the first that the file has (so, if left out: numbers of two kinds must not be mixed), or the first that is
     * filled on the row, where a feed keeps the old name beside the new; two that differ are flagged.
     */
    choose: z.enum(['row', 'file']).optional(),
    /** Source text (any case, trimmed) to the product's word. */
    codes: z.record(z.string(), z.string()).optional(),
    /** What an unlisted, non-blank text means: hold the record back (default), load and flag it, or load it as it is. */
    otherwise: z.enum(['quarantine', 'flag', 'keep']).default('quarantine'),
    /** The word for a blank cell. */
    blank: z.string().optional(),
    /** The column may be absent from a file. */
    optional: z.boolean().default(false),
    /** How this column writes its dates, where it is not as the rest of the file does. No declaration by the operator changes it. */
    date_order: dateOrder.optional(),
    /** A year of two digits is the one that comes first from this year on: 2000 reads 26 as 2026. Without it such a date is held back. */
    two_digit_years_from: z.number().int().min(1900).max(2000).optional(),
    /** Taken from a number before it is checked. */
    minus: z.number().int().default(0),
  }),
  z.strictObject({ constant: z.string() }),
])

const needed = cell
const maybe = cell.optional()

const person = z.strictObject({
  kind: z.literal('person'),
  birth_date: maybe,
  gender: maybe,
  ethnic_category: maybe,
  neurodiversity: maybe,
  person_type: maybe,
  death_date: maybe,
  moved_date: maybe,
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

/** Columns that together tell one thing from another where it has no number of its own. */
const key = z.array(cell).min(1).optional()

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

const keepRule = z
  .strictObject({
    column: headings,
    /** Texts (any case, trimmed) of the records to keep; '' is a blank cell. */
    in: z.array(z.string()).optional(),
    /** Or: texts of the records not to keep. */
    not_in: z.array(z.string()).optional(),
    /** Or: the records whose text is a code or a name of a measure that this product holds. */
    is: z.literal('measure').optional(),
    code: z.string(),
    expected: z.string(),
    /** The column may be absent from a file, and every record is then kept. */
    optional: z.boolean().default(false),
  })
  .refine(
    (rule) => [rule.in, rule.not_in, rule.is].filter((each) => each !== undefined).length === 1,
    'give one of "in", "not_in" and "is"',
  )

export const profileSchema = z.strictObject({
  profile: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  reads: z.enum(['csv', 'xlsx', 'json', 'fhir']),
  csv: z
    .strictObject({
      encoding: z.enum(['auto', 'utf-8', 'utf-16le', 'windows-1252']).default('auto'),
      delimiter: z.enum(['auto', ',', ';', '\t', '|']).default('auto'),
      /** none: a quotation mark is a character like any other, as in exports that never write one around a cell. */
      quotes: z.enum(['double', 'none']).default('double'),
      /** 1 is the file's first line. Lines above are kept out and counted. */
      heading_row: z.number().int().min(1).default(1),
      /** Rows right below the headings that are no records (question texts, import ids): kept out and counted. */
      skip_rows: z.number().int().min(0).default(0),
    })
    .prefault({}),
  xlsx: z
    .strictObject({
      sheet: z.string().optional(),
      /** Rows that together make the headings; merged cells are spread and the parts joined by ` / `. */
      heading_rows: z.array(z.number().int().min(1)).default([1]),
      /** Cells merged below the headings: true gives each of them the text of the first; false leaves the others blank. */
      fill_merged: z.boolean().default(false),
      /** Rows right below the headings that are no records (question texts, import ids): kept out and counted. */
      skip_rows: z.number().int().min(0).default(0),
    })
    .prefault({}),
  /** Columns that tell a file of this kind from others: those it has (of a list, one of them), and those it never has. */
  known_by: z
    .strictObject({ with: z.array(headings).default([]), without: z.array(z.string()).default([]) })
    .prefault({}),
  /**
   * Of the first `rows` rows below the headings, those whose `column` is blank (`''`) or begins with one of these are headings too:
   * question texts, import ids. Unlike skip_rows, a file from which someone has taken them out loses no record.
   */
  second_headings: z
    .strictObject({ rows: z.number().int().min(1), column: headings, starts_with: z.array(z.string()).min(1) })
    .optional(),
  /** Headings that this export gives to several columns, none of which is read. Any other repeated heading refuses the file. */
  repeated_headings: z.array(z.string()).default([]),
  /**
   * From this column on, the export writes free text without quotation marks, so that a comma in it makes a cell too many. Nothing
   * from there on may be read; the columns before it are where they should be, and the record is loaded and flagged.
   */
  free_text_from: headings.optional(),
  fhir: z
    .strictObject({
      /** Which resources of a file are the records: a row for each, or for each score of an observation. */
      resource: z.enum(['Patient', 'Observation', 'QuestionnaireResponse']).optional(),
      /** Code of an observation to the SNOMED CT code that its score is filed under. */
      codes: z.record(z.string(), z.string()).default({}),
      /** linkIds of items that have a column even where no form in the file has them. */
      link_ids: z.array(z.string()).default([]),
      /** Code of an answer to its number, where the answer does not carry the number itself. */
      answer_codes: z.record(z.string(), z.string()).default({}),
    })
    .prefault({}),
  /** Lines whose first non-blank cell starts with one of these are footers: kept out and counted. */
  footer_starts_with: z.array(z.string()).default([]),
  date_order: dateOrder,
  /** Scores are written with a decimal comma: 12,5. */
  decimal_comma: z.boolean().default(false),
  /** Texts that mean "nothing here" in this export, besides the blank cell. */
  blanks: z.array(z.string()).default([]),
  /** Records that this export holds but that say nothing: held back under the `code` of the first rule they break, and counted. */
  keep_when: z.union([keepRule.transform((rule) => [rule]), z.array(keepRule)]).default([]),
  identity: z
    .strictObject({
      nhs_number: maybe,
      local_id: maybe,
      /** What a feed has already put in place of the NHS number: it ties the feed's tables together, and no others. */
      nhs_pseudonym: maybe,
      /**
       * For an export that knows people by nothing else. The name itself goes no further than a local id does; two people of one name
       * count as one, so every such record is flagged.
       */
      person_name: maybe,
      /** Organisation that issues the local id: local ids of two organisations never meet. */
      provider: z.string().optional(),
      /** Local ids that stand for nobody in particular; `instead` is then who it is: each referral a person of its own. */
      anonymous: z.strictObject({ local_ids: z.array(z.string()), instead: maybe }).optional(),
    })
    .optional(),
  /**
   * Its needed headings are a data set's own names, which nothing else uses: a file that has them all is of this kind, however many
   * other columns it holds.
   */
  is_distinctive: z.boolean().default(false),
  /** What this profile takes to be so and no public source says: for whoever uses it to confirm. */
  unconfirmed: z.array(z.string()).default([]),
  /** Columns that are known and not read (names, free text …), with the reason; `*` stands for any characters. Never stored. */
  left_out: z.record(z.string(), z.string()).default({}),
  yields: z
    .array(
      z.discriminatedUnion('kind', [
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
        referralTeam,
        anonymousScore,
        submission,
      ]),
    )
    .min(1),
})

export type Profile = z.infer<typeof profileSchema>
export type Headings = z.infer<typeof headings>
export type Cell = z.infer<typeof cell>
export type Yield = Profile['yields'][number]
