import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { MeasureQuality, ServiceQuality, TeamCoding } from '../analysis.ts'
import { inSentence, table } from './text.ts'

const MOST_ITEMS = 3

/** The items skipped most, by measure; null where no form came with its answers. */
export function missingItemsTable(gate: Gate, measures: readonly MeasureQuality[]): ReleasedTable | null {
  const answered = measures.filter(({ items }) => items.n_forms > 0)
  if (answered.length === 0) return null
  return table(
    gate,
    'missing-items',
    'Answers left out',
    [
      ['label', 'Measure', 'text'],
      ['forms', 'Forms with answers', 'count'],
      ['skipped', 'Items skipped most', 'text'],
    ],
    answered.map((measure) => ({
      label: gate.label(measure.measure_name),
      forms: gate.count(measure.items.n_forms),
      skipped: skippedWords(gate, measure),
    })),
    [
      say`Items are numbered as on the form. An item skipped far more than the others may be worded so that people pass it over, stand on the back of the page, or be missing from the export.`,
    ],
  )
}

function skippedWords(gate: Gate, { items }: MeasureQuality): ReleasedText {
  const forms = gate.count(items.n_forms)
  const skipped = items.missing
    .map(({ position, n_missing }) => ({ position, n: gate.count(n_missing) }))
    .filter(({ n }) => (n.value ?? 0) > 0)
    .toSorted((a, b) => (b.n.value ?? 0) - (a.n.value ?? 0) || a.position - b.position)
    .slice(0, MOST_ITEMS)
    .map(({ position, n }) => say`item ${gate.fact(position)} on ${n} forms (${gate.percentage(n, forms)})`)
  const [first, ...more] = skipped
  if (first !== undefined) return more.reduce((text, next) => say`${text}; ${next}`, say`${first}`)
  return gate.policy.is_internal ? say`none` : say`none on more than a few forms`
}

/** Which forms of each team could be scored; null where no measure has forms of two teams. */
export function formsByTeamTable(gate: Gate, { forms_by_team }: ServiceQuality): ReleasedTable | null {
  const rows = forms_by_team
    .filter((it) => it.n_forms >= gate.policy.min_n_percentage)
    .filter((it) => forms_by_team.some((other) => other.measure_name === it.measure_name && other.team !== it.team))
  if (rows.length === 0) return null
  return table(
    gate,
    'forms-by-team',
    'Forms by team',
    [
      ['label', 'Measure', 'text'],
      ['team', 'Team', 'text'],
      ...(gate.policy.is_internal ? ([['forms', 'Forms', 'count']] as const) : []),
      ['scored', 'Scored, of forms', 'percent'],
      ['missing', 'Too many items missing', 'percent'],
    ],
    rows.map((it) => {
      const { cells, total } = gate.partition({
        scored: it.n_scored,
        missing: it.n_too_many_missing,
        other: it.n_forms - it.n_scored - it.n_too_many_missing,
      })
      return {
        label: gate.label(it.measure_name),
        team: gate.label(it.team ?? 'Team not recorded'),
        ...(gate.policy.is_internal ? { forms: total } : {}),
        scored: gate.percentage(cells.scored, total),
        missing: gate.percentage(cells.missing, total),
      }
    }),
    [say`The team is the one that the form names.`],
  )
}

/** Cells that cannot be, by file and column; null where there are none. */
export function impossibleValuesTable(gate: Gate, quality: ServiceQuality): ReleasedTable | null {
  return heldBackTable(gate, 'impossible-values', 'Impossible values, by column', {
    ...quality,
    held_back: quality.held_back.filter((it) => it.is_impossible_value),
  })
}

/**
 * Every fault of every file and column, exact: for the team that mends them. Null in what is released: beside the totals by file and
 * by fault it would give away the small counts among them.
 */
export function heldBackTable(
  gate: Gate,
  id: string,
  title: string,
  { held_back }: ServiceQuality,
): ReleasedTable | null {
  if (!gate.policy.is_internal || held_back.length === 0) return null
  return table(
    gate,
    id,
    title,
    [
      ['file', 'File', 'text'],
      ['column', 'Column', 'text'],
      ['words', 'What was found', 'text'],
      ['rows', 'Rows', 'count'],
    ],
    held_back.map((it) => ({
      file: gate.label(it.file_name),
      column: gate.label(it.column_name ?? 'the whole row'),
      words: gate.label(it.words),
      rows: gate.count(it.n_rows),
    })),
  )
}

const VERDICTS: Readonly<Record<TeamCoding['verdict'], ReleasedText>> = {
  like_the_others: say`like the others`,
  never_highest: say`never the highest answer: scores set aside until confirmed`,
  never_lowest: say`never the lowest answer: scores set aside until confirmed`,
  confirmed: say`unlike the others, confirmed by the project`,
}

/** How teams use the ends of each scale; null where no team can be compared with another and none is doubted. */
export function codingsTable(gate: Gate, measures: readonly MeasureQuality[]): ReleasedTable | null {
  const rows = measures.flatMap((measure) =>
    measure.codings
      .filter((it) => it.n_forms >= gate.policy.min_n_percentage)
      .filter((it) => it.n_other_forms > 0 || it.verdict !== 'like_the_others')
      .map((it) => codingRow(gate, measure, it)),
  )
  if (rows.length === 0) return null
  return table(
    gate,
    'codings',
    'Do teams use the same scale?',
    [
      ['label', 'Measure', 'text'],
      ['team', 'Team', 'text'],
      // Beside the forms of the whole service these would give away those of a team too small to be here.
      ...(gate.policy.is_internal ? ([['forms', 'Forms', 'count']] as const) : []),
      ['highest', 'Highest answer given', 'percent'],
      ['others_highest', 'By other teams', 'percent'],
      ['lowest', 'Lowest answer given', 'percent'],
      ['others_lowest', 'By other teams', 'percent'],
      ['verdict', 'What that says', 'text'],
    ],
    rows,
    [
      say`A team that never gives an answer which others often give may code its scale one step up or down. The shares are of forms on which any item has that answer; the other teams are those of the whole project.`,
    ],
  )
}

function codingRow(gate: Gate, measure: MeasureQuality, it: TeamCoding): ReleasedTable['rows'][number] {
  const forms = gate.count(it.n_forms)
  const others = gate.count(it.n_other_forms)
  const share = (n: number, whole: Released) =>
    (whole.value ?? 0) === 0 ? gate.absent(say`no other team`) : gate.percentage(gate.count(n), whole)
  return {
    label: gate.label(measure.measure_name),
    team: gate.label(it.team ?? 'Team not recorded'),
    ...(gate.policy.is_internal ? { forms } : {}),
    highest: share(it.n_highest, forms),
    others_highest: share(it.n_other_highest, others),
    lowest: share(it.n_lowest, forms),
    others_lowest: share(it.n_other_lowest, others),
    verdict: VERDICTS[it.verdict],
  }
}

/** Codes of service use that no profile lists; null where there are none. Few of a kind: by name only. */
export function unmappedTable(gate: Gate, { unmapped_codes }: ServiceQuality): ReleasedTable | null {
  if (unmapped_codes.length === 0) return null
  return table(
    gate,
    'unmapped-codes',
    'Service use under codes that no profile lists',
    [
      ['code', 'Code', 'text'],
      ['events', 'Events', 'count'],
    ],
    unmapped_codes.map(({ source_code, n_events }) => ({
      code: gate.label(source_code ?? 'blank'),
      events: gate.count(n_events),
    })),
    [say`They are loaded and in no count of service use. Add the code to the profile of its file.`],
  )
}

/** What was set aside from pairs, in a sentence each: said wherever changes are reported. */
export function setAsideNotes(gate: Gate, { set_aside }: ServiceQuality): readonly ReleasedText[] {
  return set_aside.map(
    ({ measure_name, words, n_rows }) =>
      say`${gate.label(measure_name)}: scores of ${gate.count(n_rows)} rows are in no pair (${gate.label(inSentence(words))}). Pairs by the national rule are made as published.`,
  )
}
