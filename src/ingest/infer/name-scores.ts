import type { MeasureId } from '../../measures/measure.ts'
import { targetOfName } from '../instruments.ts'
import type { ColumnFacts } from './column-facts.ts'
import { measuresNamed, namesAnother } from './measure-names.ts'
import type { Notebook } from './notebook.ts'
import type { Table } from './read-table.ts'
import { theMeasure } from './reconcile.ts'
import { wordsOf } from './words.ts'

/** Our name for each of the file's; null where one has to be asked. */
export function nameScores(
  table: Table,
  subject: ColumnFacts,
  value: ColumnFacts,
  item: ColumnFacts | null,
  notebook: Notebook,
): Readonly<Record<string, string>> | null {
  const codes: Record<string, string> = {}
  let isOpen = false
  for (const text of subject.texts.keys()) {
    const words = wordsOf(text)
    const named = measuresNamed(words)
    if (namesAnother(words) || (named.length === 0 && targetOfName(text) === undefined)) continue
    const values = table.rows
      .filter((row) => row[subject.index] === text)
      .map((row) => Number((row[value.index] ?? '').replace(',', '.')))
    const target = item === null ? oneScore(text, named, values, notebook) : oneMeasure(text, named, notebook)
    if (target === null) isOpen = true
    else if (target !== 'leave_out' && target !== text) codes[text] = target
  }
  const others = [...subject.texts.keys()].filter(
    (text) =>
      namesAnother(wordsOf(text)) || (measuresNamed(wordsOf(text)).length === 0 && targetOfName(text) === undefined),
  )
  if (others.length > 0)
    notebook.note(
      `"${subject.heading}" also names ${others.length === 1 ? 'something' : `${others.length} things`} that cannot be scored: those rows will be held back.`,
    )
  return isOpen ? null : codes
}

function oneMeasure(text: string, named: readonly MeasureId[], notebook: Notebook): string | null {
  const known = targetOfName(text)
  if (named.length === 1) return named[0] as string
  if (named.length === 0 && known !== undefined) return text
  return askName(text, named, [], notebook)
}

/** Which scale a bare score of a questionnaire is: its total where it has one and the values fit; else it is asked. */
function oneScore(
  text: string,
  named: readonly MeasureId[],
  values: readonly number[],
  notebook: Notebook,
): string | null {
  const max = Math.max(...values.filter(Number.isFinite))
  const lengths = named.length > 1 && max > 40 ? named.filter((id) => id === 'reqol-20') : named
  const [id, ...others] = lengths
  if (id === undefined || others.length > 0) return named.length === 0 ? text : askName(text, named, [], notebook)
  const measure = theMeasure(id)
  const words = wordsOf(text)
  const scales = measure.scales.filter(({ rule }) => rule !== 'item')
  const goal = id === 'gbo' ? /\b([123])\b/.exec(words)?.[1] : undefined
  if (goal !== undefined) return `gbo:goal_${goal}`
  const said = scales.filter(
    ({ scale_id }) => scale_id !== 'total' && new RegExp(`\\b${scale_id.split('_')[0]}\\b`).test(words),
  )
  const scale = said.length === 1 ? said[0] : scales.find(({ scale_id }) => scale_id === 'total')
  if (scale !== undefined && max <= scale.max && id !== 'dialog')
    return scale.scale_id === 'total' ? id : `${id}:${scale.scale_id}`
  if (scale !== undefined && max <= scale.max && said.length === 1) return `${id}:${scale.scale_id}`
  return askName(
    text,
    [],
    scales.filter((it) => max <= it.max).map(({ scale_id }) => `${id}:${scale_id}`),
    notebook,
  )
}

function askName(
  text: string,
  named: readonly MeasureId[],
  scales: readonly string[],
  notebook: Notebook,
): string | null {
  return notebook.ask({
    id: `score:${text}`,
    question: `Which score does "${text}" stand for?`,
    options: [
      ...named.map((id) => ({ option: id as string, means: theMeasure(id).name })),
      ...scales.map((option) => ({ option, means: scaleLabel(option) })),
      { option: 'leave_out', means: 'none of these: those rows will be held back' },
    ],
    evidence: ['the name fits more than one score'],
  })
}

function scaleLabel(option: string): string {
  const [id = '', scale_id] = option.split(':')
  return theMeasure(id).scales.find((scale) => scale.scale_id === scale_id)?.label ?? option
}
