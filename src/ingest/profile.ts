import { z } from 'zod'
import { dateOrder, headings, maybe } from './profile-cells.ts'
import { yieldSchema } from './profile-yields.ts'

/**
 * A profile says how one kind of export is read: a YAML file, validated here once, that services can share.
 * Headings are matched without regard to case, surrounding space or the kind of white space inside.
 */

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
  yields: z.array(yieldSchema).min(1),
})

export type Profile = z.infer<typeof profileSchema>
export type { Cell, Headings } from './profile-cells.ts'
export type { Yield } from './profile-yields.ts'
