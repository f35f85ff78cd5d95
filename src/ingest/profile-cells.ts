import { z } from 'zod'

/** A heading, or a list of headings that have been used for the same column: the first that the file has is read. */
export const headings = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])

export const dateOrder = z.enum(['dmy', 'mdy', 'ymd'])

/** Where a field's text comes from. A plain string, or a plain list of them, is a heading. */
export const cell = z.union([
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

export const needed = cell
export const maybe = cell.optional()

/** Columns that together tell one thing from another where it has no number of its own. */
export const key = z.array(cell).min(1).optional()

export type Headings = z.infer<typeof headings>
export type Cell = z.infer<typeof cell>
