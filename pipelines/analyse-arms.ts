import type { OutcomeAnalysis, ServiceName } from '../reports/analysis.ts'
import type { ArmAnalysis, ArmKey, ArmMix, ArmsAnalysis } from '../reports/analysis-arms.ts'
import { headlineOutcomes } from '../reports/parts/headline-scales.ts'
import { AGE_BANDS } from '../src/change/age-bands.ts'
import { mean } from '../src/stats/describe.ts'
import type { EpisodeProfileRow, PersonArmRow } from '../src/store/mart-types.ts'
import { analyseOutcome } from './analyse-outcome.ts'
import { ofService } from './analyse-quality.ts'
import { amongEpisodes } from './minimum-contacts.ts'
import type { Project } from './project.ts'
import { type Marts, scaleKey } from './read-marts.ts'

/** Scales that are looked at by arm, of those that lead. */
const MOST_SCALES = 3

/** People of one row of the arms. */
export interface ArmPeople {
  readonly key: ArmKey
  readonly people: ReadonlySet<number>
}

/** The rows that a service's people part into; none where fewer than two arms are recorded. */
export function armPeople({ code }: ServiceName, { arms }: Pick<Marts, 'arms'>): readonly ArmPeople[] {
  const rows = arms.filter((it) => it.service_code === code)
  const keys = [...new Set(rows.map((it) => JSON.stringify(keyOf(it))))].map((it) => JSON.parse(it) as ArmKey)
  if (new Set(rows.flatMap((it) => [it.first_arm ?? [], it.last_arm ?? []].flat())).size < 2) return []
  return keys.toSorted(byKind).map((key) => ({
    key,
    people: new Set(rows.filter((it) => isOf(it, key)).map((it) => it.person_key)),
  }))
}

/** Who is in each arm and what changed for them, on the scales that lead; null where there are no two arms. */
export function analyseArms(
  service: ServiceName,
  marts: Marts,
  project: Project,
  outcomes: readonly OutcomeAnalysis[],
): ArmsAnalysis | null {
  const rows = armPeople(service, marts)
  if (rows.length === 0) return null
  const own = ofService(service, marts)
  const scales = headlineOutcomes(outcomes).slice(0, MOST_SCALES)
  return {
    told_by: project.arms.find((it) => it.service === service.code)?.from ?? 'intervention',
    n_in_two_arms: own(marts.arms).filter((it) => it.standing === 'two_arms').length,
    arms: rows.map((row) => armAnalysis(row, own(marts.profiles), { service, marts, project, scales })),
  }
}

interface Sources {
  readonly service: ServiceName
  readonly marts: Marts
  readonly project: Project
  readonly scales: readonly OutcomeAnalysis[]
}

function armAnalysis({ key, people }: ArmPeople, profiles: readonly EpisodeProfileRow[], from: Sources): ArmAnalysis {
  const own = profiles.filter((it) => people.has(it.person_key))
  const among = amongEpisodes(ofScales(from), new Set(own.map((it) => it.episode_id)))
  const of = ({ measure_id, scale_id }: OutcomeAnalysis) =>
    scaleKey({ service_code: from.service.code, measure_id, scale_id })
  return {
    key,
    n_people: people.size,
    n_episodes: own.length,
    mix: mixOf(firstEpisodes(own), profiles),
    entry: from.scales.map((scale) => {
      const scores = (among.own.get(of(scale)) ?? []).map((it) => it.pre_score)
      const { measure_id, measure_name, scale_label, scale_id } = scale
      return { measure_id, measure_name, scale_label, scale_id, n: scores.length, mean_pre: mean(scores) }
    }),
    outcomes: from.scales.flatMap((scale) =>
      among.funnel
        .filter((it) => scaleKey(it) === of(scale) && it.n_eligible > 0)
        .flatMap((it) => analyseOutcome(it, among, from.project.measures)),
    ),
  }
}

/** Nothing but what the scales that lead are worked out from. */
function ofScales({ service, marts, scales }: Sources): Marts {
  const keys = new Set(scales.map((it) => scaleKey({ service_code: service.code, ...it })))
  const only = <Rows>(groups: ReadonlyMap<string, Rows>) => new Map([...groups].filter(([key]) => keys.has(key)))
  return {
    ...marts,
    own: only(marts.own),
    national: new Map(),
    compared: new Map(),
    category: [],
    funnel: marts.funnel.filter((it) => keys.has(scaleKey(it))),
    funnel_episodes: only(marts.funnel_episodes),
    timepoints: new Map(),
    follow_ups: new Map(),
    flow: new Map(),
  }
}

function firstEpisodes(profiles: readonly EpisodeProfileRow[]): readonly EpisodeProfileRow[] {
  const first = new Map<number, EpisodeProfileRow>()
  for (const it of profiles) {
    const known = first.get(it.person_key)
    if (known === undefined || it.start_date < known.start_date) first.set(it.person_key, it)
  }
  return [...first.values()]
}

/** Every value that anybody of the service has, so that the rows of all arms are the same. */
function mixOf(first: readonly EpisodeProfileRow[], all: readonly EpisodeProfileRow[]): ArmMix[] {
  const count = (
    dimension: ArmMix['dimension'],
    of: (it: EpisodeProfileRow) => string | null,
    order?: readonly string[],
  ): ArmMix => {
    const found = new Set(all.map(of))
    const named = order ?? [...found].filter((it) => it !== null).toSorted()
    const values = [...named.filter((it) => found.has(it)), ...(found.has(null) ? [null] : [])]
    return { dimension, counts: values.map((value) => ({ value, n: first.filter((it) => of(it) === value).length })) }
  }
  return [
    count('age_band', (it) => it.age_band, AGE_BANDS),
    count('gender', (it) => it.gender),
    count('neurodiversity', (it) => it.neurodiversity, ['yes', 'queried', 'no', 'unknown']),
  ]
}

function keyOf({ standing, arm }: PersonArmRow): ArmKey {
  if (arm !== null) return { standing: 'arm', arm }
  return { standing: standing === 'two_arms' ? 'two_arms' : 'no_arm', arm: null }
}

function isOf(row: PersonArmRow, key: ArmKey): boolean {
  const own = keyOf(row)
  return own.standing === key.standing && own.arm === key.arm
}

const KINDS: readonly ArmKey['standing'][] = ['arm', 'two_arms', 'no_arm']

function byKind(a: ArmKey, b: ArmKey): number {
  return KINDS.indexOf(a.standing) - KINDS.indexOf(b.standing) || ((a.arm ?? '') < (b.arm ?? '') ? -1 : 1)
}
