import type {
  GroupAnalysis,
  GroupDimensionId,
  GroupScale,
  OutcomeAnalysis,
  ServiceAnalysis,
} from '../reports/analysis.ts'
import { AGE_BANDS } from '../src/change/age-bands.ts'
import { type Cohort, isInCohort } from '../src/change/cohorts.ts'
import { ETHNIC_GROUPS, ethnicGroup } from '../src/domain/ethnic-group.ts'
import type { EpisodeProfileRow } from '../src/store/mart-types.ts'
import type { Marts } from './read-marts.ts'

/** What a service's people are told apart by, each by one recorded fact. Null: not recorded. */
const DIMENSIONS: readonly {
  readonly id: GroupDimensionId
  /** In this order; left out: by name. */
  readonly order?: readonly string[]
  readonly of: (profile: EpisodeProfileRow) => string | null
}[] = [
  { id: 'neurodiversity', order: ['yes', 'queried', 'no', 'unknown'], of: (it) => it.neurodiversity },
  { id: 'age_band', order: AGE_BANDS, of: (it) => it.age_band },
  { id: 'gender', of: (it) => it.gender },
  { id: 'ethnic_group', order: ETHNIC_GROUPS, of: (it) => ethnicGroup(it.ethnic_category) },
  {
    id: 'deprivation_quintile',
    order: ['1', '2', '3', '4', '5'],
    of: (it) => (it.deprivation_quintile === null ? null : String(it.deprivation_quintile)),
  },
  { id: 'pathway', of: (it) => it.pathway },
  { id: 'intervention', of: (it) => it.intervention },
  { id: 'main_staff_role', of: (it) => it.main_staff_role },
]

/** The outcome of a service's main scale among some of its episodes. */
export type OutcomeAmong = (episodes: ReadonlySet<number>) => OutcomeAnalysis | null

/** Every group of every fact that tells a service's people apart. A fact that nobody has recorded, or all alike, makes no groups. */
export function analyseGroups(
  profiles: readonly EpisodeProfileRow[],
  outcomeAmong: OutcomeAmong,
  scalesAmong: (episodes: ReadonlySet<number>) => GroupScale[],
): ServiceAnalysis['groups'] {
  return DIMENSIONS.flatMap(({ id, order, of }) => {
    const values = new Set(profiles.map(of))
    const recorded = [...values].filter((it) => it !== null && it !== 'unknown')
    if (recorded.length === 0 || values.size < 2) return []
    const named = order === undefined ? recorded.toSorted() : order.filter((it) => values.has(it))
    const groups = [...named, ...(values.has(null) ? [null] : [])]
    return [
      {
        dimension: id,
        groups: groups.map((value) => {
          const isIn = (it: EpisodeProfileRow) => of(it) === value
          const episodes = new Set(profiles.filter(isIn).map((it) => it.episode_id))
          return { ...group(value, profiles, isIn, outcomeAmong), scales: scalesAmong(episodes) }
        }),
      },
    ]
  })
}

/** The subgroups of one fact within another: neurodiversity by intervention, or by pathway where nobody recorded an intervention. */
export function analyseCrossed(
  profiles: readonly EpisodeProfileRow[],
  outcomeAmong: OutcomeAmong,
): ServiceAnalysis['crossed'] {
  const by = (['intervention', 'pathway', 'main_staff_role'] as const).find(
    (fact) => new Set(profiles.flatMap((it) => it[fact] ?? [])).size > 1,
  )
  if (by === undefined || profiles.every((it) => it.neurodiversity === 'unknown')) return null
  const arms = [...new Set(profiles.flatMap((it) => it[by] ?? []))].toSorted()
  return {
    by,
    cells: (['yes', 'queried', 'no', 'unknown'] as const).flatMap((neurodiversity) =>
      arms.map((arm) => ({
        neurodiversity,
        ...group(arm, profiles, (it) => it.neurodiversity === neurodiversity && it[by] === arm, outcomeAmong),
      })),
    ),
  }
}

/** Each saved cohort that is of this service, or of every one. */
export function analyseCohorts(
  profiles: readonly EpisodeProfileRow[],
  cohorts: readonly Cohort[],
  marts: Pick<Marts, 'own' | 'category'>,
  outcomeAmong: OutcomeAmong,
): ServiceAnalysis['cohorts'] {
  if (cohorts.length === 0) return []
  const first = firstAnswers(marts)
  const factsOf = (it: EpisodeProfileRow) => ({ ...it, first_answers: first.get(it.episode_id) ?? new Map() })
  return cohorts.map((cohort) => ({
    cohort,
    ...group(cohort.id, profiles, (it) => isInCohort(cohort, factsOf(it)), outcomeAmong),
  }))
}

function group(
  value: string | null,
  profiles: readonly EpisodeProfileRow[],
  isIn: (profile: EpisodeProfileRow) => boolean,
  outcomeAmong: OutcomeAmong,
): GroupAnalysis {
  const episodes = new Set(profiles.filter(isIn).map((it) => it.episode_id))
  return { value, n_episodes: episodes.size, outcome: outcomeAmong(episodes) }
}

function firstAnswers({ own, category }: Pick<Marts, 'own' | 'category'>) {
  const first = new Map<number, Map<string, number | string>>()
  const put = (episode_id: number, key: string, answer: number | string) => {
    const answers = first.get(episode_id) ?? new Map<string, number | string>()
    first.set(episode_id, answers.set(key, answer))
  }
  for (const rows of own.values())
    for (const it of rows) put(it.episode_id, `${it.measure_id} ${it.scale_id}`, it.pre_score)
  for (const it of category) put(it.episode_id, `${it.measure_id} ${it.scale_id}`, it.pre_category)
  return first
}
