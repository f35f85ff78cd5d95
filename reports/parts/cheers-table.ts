import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { table } from './text.ts'

type CheersStatus = 'here' | 'author' | 'not_applicable'

/**
 * CHEERS 2022 by its 28 items: topics only, numbered as in the statement (Husereau et al. 2022). Nothing is invented: what a program
 * cannot know reads "needs the author". Topics 26 to 28 are from memory.
 */
const ITEMS: readonly (readonly [topic: string, status: CheersStatus, where: string])[] = [
  ['Title', 'author', 'name it an economic evaluation, with the alternatives'],
  ['Abstract', 'author', 'write it from this report'],
  ['Background and objectives', 'author', 'why the question matters here'],
  ['Health economic analysis plan', 'author', 'say whether there was one before the data were looked at'],
  ['Study population', 'here', 'Who this report counts'],
  ['Setting and location', 'author', 'the service, where it is, and the years'],
  ['Comparators', 'author', 'none: the same people before joining. Say why'],
  ['Perspective', 'here', 'NHS and personal social services; other payers apart'],
  ['Time horizon', 'here', 'the window after joining'],
  ['Discount rate', 'not_applicable', 'nothing lies beyond one year'],
  ['Selection of outcomes', 'here', 'QALYs, and the measures of the outcomes section'],
  ['Measurement of outcomes', 'here', 'utilities on their own dates; pairs of scores'],
  ['Valuation of outcomes', 'here', 'value set named under the table'],
  ['Measurement and valuation of resources and costs', 'here', 'How every pound is made'],
  ['Currency, price date, conversion', 'here', 'How every pound is made'],
  ['Rationale and description of model', 'not_applicable', 'no model: people’s own costs and utilities'],
  ['Analytics and assumptions', 'here', 'How the numbers are made'],
  ['Heterogeneity', 'here', 'change by group, where enough people are in it'],
  ['Distributional effects', 'author', 'who gains and who does not'],
  ['Uncertainty', 'here', 'intervals, plane, curve, and what would change the answer'],
  ['Approach to engagement with patients and others', 'author', 'who was asked, and how'],
  ['Study parameters', 'here', 'unit costs, programme cost, utilities'],
  ['Summary of main results', 'here', 'this section'],
  ['Effect of uncertainty', 'here', 'what would change the answer'],
  ['Effect of engagement', 'author', 'what asking people changed'],
  ['Findings, limitations, generalisability', 'author', 'the limits printed here are a beginning'],
  ['Source of funding', 'author', 'who paid for the service and for this work'],
  ['Conflicts of interest', 'author', 'declare them'],
]

const STATUS_WORDS: Readonly<Record<CheersStatus, string>> = {
  here: 'Reported',
  author: 'Needs the author',
  not_applicable: 'Does not apply',
}

/** What a journal’s checklist asks for, and where it is. */
export function cheersTable(gate: Gate, serviceCode: string): ReleasedTable {
  return table(
    gate,
    `cheers-${serviceCode}`,
    'CHEERS 2022: what is reported here, and what needs the author',
    [
      ['item', 'Item', 'number'],
      ['topic', 'Topic', 'text'],
      ['status', 'Status', 'text'],
      ['where', 'Where, or what is missing', 'text'],
    ],
    ITEMS.map(([topic, status, where], nth) => ({
      item: gate.fact(nth + 1),
      topic: gate.label(topic),
      status: gate.label(STATUS_WORDS[status]),
      where: gate.label(where),
    })),
    [say`Topics in short; the statement itself (Husereau and others, 2022) has the full wording of each item.`],
  )
}
