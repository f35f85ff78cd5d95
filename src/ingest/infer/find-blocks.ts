import type { MeasureId } from '../../measures/measure.ts'
import { measureById } from '../../measures/registry.ts'
import type { ColumnFacts } from './column-facts.ts'
import { ITEM_THEMES } from './item-themes.ts'
import { measuresNamed, namesAnother } from './measure-names.ts'
import { occasionOf } from './occasions.ts'

/** Columns that look like the items of one questionnaire, in its order. */
export interface Block {
  readonly columns: readonly ColumnFacts[]
  /** Instruments that the headings name. */
  readonly named: readonly MeasureId[]
  /** How the items were told: by number, or by the themes of one instrument. */
  readonly by: 'number' | 'theme'
  readonly occasion: string | null
}

/** Whole numbers of two digits at most in nearly every cell. */
export function holdsAnswers({ n_filled, n_whole, min, max }: ColumnFacts): boolean {
  return n_filled > 0 && n_whole >= n_filled * 0.9 && min > -100 && max < 1000
}

/** Finds the blocks of items among columns of answers: first those told by themes, then series of numbered headings. */
export function findBlocks(columns: readonly ColumnFacts[]): readonly Block[] {
  const answers = columns.filter((it) => holdsAnswers(it) && (!IS_TOTAL.test(it.words) || /\bgoal \d\b/.test(it.words)))
  const blocks: Block[] = []
  const taken = new Set<number>()
  const take = (block: Block) => {
    blocks.push(block)
    for (const { index } of block.columns) taken.add(index)
  }
  const free = () => answers.filter(({ index }) => !taken.has(index))
  for (const block of lettered(free())) take(block)
  for (const block of numbered(free())) take(block)
  for (const block of byTheme(free())) take(block)
  return blocks.map(inThemeOrder)
}

const IS_TOTAL = /\b(total|tot|sum|score|mean|average|severity|change|difference)$/

interface Place {
  readonly facts: ColumnFacts
  readonly stem: string
  readonly number: number
  readonly rest: string
  readonly occasion: string | null
}

/** Every number in a heading is a place it may have in a series of headings that begin the same. */
function placesOf(facts: ColumnFacts): Place[] {
  const { occasion, rest: words } = occasionOf(facts.words)
  const tokens = words.split(' ')
  return tokens.flatMap((token, at) =>
    /^\d{1,2}$/.test(token)
      ? [
          {
            facts,
            stem: tokens.slice(0, at).join(' '),
            number: Number(token),
            rest: tokens.slice(at + 1).join(' '),
            occasion,
          },
        ]
      : [],
  )
}

function numbered(columns: readonly ColumnFacts[]): Block[] {
  const places = columns.flatMap(placesOf)
  const loose = groupBy(places, ({ stem, occasion }) => JSON.stringify([stem, occasion]))
  const series = loose.flatMap((group) =>
    isSeries(group) ? [group] : groupBy(group, ({ rest }) => rest).filter(isSeries),
  )
  const taken = new Set<number>()
  return series
    .toSorted((a, b) => b.length - a.length)
    .flatMap((group) => {
      if (group.some(({ facts }) => taken.has(facts.index))) return []
      const ordered = group.toSorted((a, b) => a.number - b.number)
      const block = blockOf(
        ordered.map(({ facts }) => facts),
        ordered[0] as Place,
      )
      if ((group.length < 5 && !block.named.includes('gbo')) || namesAnother(ordered[0]?.stem ?? '')) return []
      for (const { facts } of group) taken.add(facts.index)
      return [block]
    })
}

/** 1, 2, 3 … each once. */
function isSeries(group: readonly Place[]): boolean {
  const numbers = new Set(group.map(({ number }) => number))
  return numbers.size === group.length && Math.min(...numbers) === 1 && Math.max(...numbers) === numbers.size
}

function blockOf(
  columns: readonly ColumnFacts[],
  { stem, rest, occasion }: Pick<Place, 'stem' | 'rest' | 'occasion'>,
): Block {
  const named = measuresNamed(/\breqol$/.test(stem) ? 'reqol' : stem)
  return { columns, named: named.length > 0 ? named : measuresNamed(rest), by: 'number', occasion }
}

/** Items numbered within sections of their own: ITQ P1-P9 and C1-C9, PCL-5 B1-B5, C1-C2, D1-D7, E1-E6. */
const SECTIONS: readonly { measure: MeasureId; sections: readonly (readonly [string, number])[] }[] = [
  {
    measure: 'itq',
    sections: [
      ['p', 9],
      ['c', 9],
    ],
  },
  {
    measure: 'pcl-5',
    sections: [
      ['b', 5],
      ['c', 2],
      ['d', 7],
      ['e', 6],
    ],
  },
  {
    measure: 'itq',
    sections: [
      ['re', 2],
      ['av', 2],
      ['th', 2],
      ['imp ptsd', 3],
      ['ad', 2],
      ['nsc', 2],
      ['dr', 2],
      ['imp dso', 3],
    ],
  },
]

function lettered(columns: readonly ColumnFacts[]): Block[] {
  const places = columns.map((facts) => ({ facts, ...occasionOf(facts.words) }))
  const occasions = [...new Set(places.map(({ occasion }) => occasion))]
  return occasions.flatMap((occasion) => {
    const at = (place: string) =>
      places.filter((it) => it.occasion === occasion && (it.rest === place || it.rest.endsWith(` ${place}`)))
    return SECTIONS.flatMap(({ measure, sections }) => {
      const wanted = sections.flatMap(([letter, n]) => Array.from({ length: n }, (_, i) => `${letter} ${i + 1}`))
      const found = wanted.map(at)
      if (found.some((them) => them.length !== 1)) return []
      return [
        { columns: found.map(([it]) => it?.facts as ColumnFacts), named: [measure], by: 'theme' as const, occasion },
      ]
    })
  })
}

/** Columns that one instrument's themes tell apart, each theme once; where each area has several columns, those that end alike. */
function byTheme(columns: readonly ColumnFacts[]): Block[] {
  const ends = groupBy(columns, ({ words }) => words.split(' ').at(-1) ?? '')
  return groupBy(columns, ({ words }) => String(occasionOf(words).occasion)).flatMap((group) =>
    (Object.entries(ITEM_THEMES) as [MeasureId, readonly RegExp[]][]).flatMap(([measure, themes]) => {
      const possible = group.filter((it) => fitsRange(it, measure))
      const named = possible.filter(({ words }) => measuresNamed(words).includes(measure))
      const alike = ends.map((end) => end.filter((it) => possible.includes(it)))
      const tries = [named, possible, ...alike].flatMap((set) => [match(set, themes), match(set, themes, true)])
      const [found] = tries.flatMap((matched) => {
        return matched !== null && reachesUp(matched, measure) ? [matched] : []
      })
      if (found === undefined) return []
      return [
        {
          columns: found,
          named: [measure],
          by: 'theme' as const,
          occasion: occasionOf(found[0]?.words ?? '').occasion,
        },
      ]
    }),
  )
}

/** Ticks of 0 and 1 beside the ratings have the same headings, and fit any range. */
function reachesUp(columns: readonly ColumnFacts[], measure: MeasureId): boolean {
  return Math.max(...columns.map(({ max }) => max)) * 2 > (measureById(measure)?.items[0]?.max ?? 0)
}

function fitsRange({ max }: ColumnFacts, measure: MeasureId): boolean {
  const [item] = measureById(measure)?.items ?? []
  return item !== undefined && max <= item.max + 2
}

/** One column for each theme; `areShortest`: of several, the one whose heading says nothing more. Null where that is not plain. */
function match(columns: readonly ColumnFacts[], themes: readonly RegExp[], areShortest = false): ColumnFacts[] | null {
  const found: ColumnFacts[] = []
  for (const theme of themes) {
    const fitting = columns.filter((it) => !found.includes(it) && theme.test(it.words))
    const length = ({ words }: ColumnFacts) => words.split(' ').length
    const least = Math.min(...fitting.map(length))
    const [only, another] = areShortest ? fitting.filter((it) => length(it) === least) : fitting
    if (only === undefined || another !== undefined) return null
    found.push(only)
  }
  return found
}

/** Two sources number DIALOG's items 6 and 7 the other way round: where the headings also name them, the names count. */
function inThemeOrder(block: Block): Block {
  const [measure] = block.named
  const themes = block.by === 'number' && measure === 'dialog' ? ITEM_THEMES.dialog : undefined
  const ordered = themes === undefined ? null : match(block.columns, themes)
  return ordered === null || ordered.length !== block.columns.length
    ? block
    : { ...block, columns: ordered, by: 'theme' }
}

function groupBy<T>(list: readonly T[], key: (it: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const it of list) groups.set(key(it), [...(groups.get(key(it)) ?? []), it])
  return [...groups.values()]
}
