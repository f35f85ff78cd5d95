import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { CASE_MIX_WORDS, type CaseMixFact } from '../reports/parts/case-mix-words.ts'
import { RELEASE_POLICY_IDS } from '../src/disclosure/policy.ts'
import { type IsoDate, isIsoDate } from '../src/domain/iso-date.ts'
import { nearestWord } from '../src/domain/nearest-word.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { readPeriod } from '../src/domain/period.ts'
import { PERSISTENCE } from '../src/economics/qaly.ts'
import { maskDigits } from '../src/ingest/mask.ts'
import { readYaml } from '../src/ingest/read-yaml.ts'
import { VALUE_SET_IDS } from '../src/measures/eq-5d-5l.ts'
import type { MeasureId } from '../src/measures/measure.ts'
import { MEASURES } from '../src/measures/registry.ts'
import { EVENT_TYPES, type EventType } from '../src/usage/event-types.ts'
import { INDEX_EVENTS } from '../src/usage/index-events.ts'
import { cohortSchema } from './project-cohorts.ts'
import { FREQUENT_RULES, frequentSchema, levelSchema, populationSchema } from './project-flows.ts'
import { changeSchema, targetSchema } from './project-over-time.ts'
import { programmeSchema } from './project-programmes.ts'
import { thresholdsSchema } from './project-thresholds.ts'

export const PROJECT_FILE = 'outcomes.yaml'

const CASE_MIX_FACTS = Object.keys(CASE_MIX_WORDS) as [CaseMixFact, ...CaseMixFact[]]

const date = z.string().refine((text): text is IsoDate => isIsoDate(text), 'is not a YYYY-MM-DD date')
const financialYear = z.string().regex(/^\d{4}\/\d{2}$/, 'is not a financial year such as 2024/25')
const code = z.string().regex(/^[a-z0-9-]+$/, 'may hold small letters, digits and hyphens only')
const eventType = z.enum(EVENT_TYPES.map((type) => type.id) as [EventType, ...EventType[]])
const days = z.number().int().min(0)
const questionnaire = z.enum(
  MEASURES.filter(({ kind }) => kind === 'questionnaire').map(({ measure_id }) => measure_id) as [
    MeasureId,
    ...MeasureId[],
  ],
)

const move = z.strictObject({
  to: z
    .string()
    .min(1)
    .describe('The organisation or directorate that the service became part of, as reports print it.'),
  from: date.optional().describe('The first day of that. Left out: from the beginning.'),
})

const service = z.strictObject({
  code: code.describe('Short and lasting: other sections and exports name the service by it.'),
  name: z.string().describe('As reports print it.'),
  area: z.string().default('').describe('As reports print it.'),
  icb: z.string().optional().describe('Code of the integrated care board.'),
  provider: z.string().optional().describe('Code of the organisation that issues the local ids of people.'),
  part_of: z
    .array(move)
    .default([])
    .describe('What the service was part of, and since when. A move changes no number: its history stays its own.'),
  planned_sessions: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Sessions planned for each person, where there is a plan.'),
  dropped_out: z
    .array(z.string())
    .optional()
    .describe('Discharge reasons, as recorded, that mean dropping out. Left out: those that say so themselves.'),
  completed: z
    .array(z.string())
    .optional()
    .describe('Discharge reasons, as recorded, that mean completing. Left out: those that say so themselves.'),
  drop_out_since: date
    .optional()
    .describe(
      'Drop-out from this day on is compared with as long a time before it. Left out: the last 12 months with the 12 before.',
    ),
})

const source = z.strictObject({
  files: z.string().describe('A path below exports/, in which * stands for any text and ** for any folders.'),
  profile: z
    .string()
    .optional()
    .describe('A bundled profile, or a profile file by its path from this folder. Left out: found by the headings.'),
  service: code.optional().describe('The service that the rows are about, where they do not say.'),
  period: z
    .string()
    .refine(
      (text) => readPeriod(text) !== null,
      'is no period such as 2025-09, 2025-09..2025-11 or 2025-09-01..2025-09-28',
    )
    .optional()
    .describe(
      'The days that the file is the submission for: a later one for the same days takes its place. Left out: as the file itself says.',
    ),
})

const overlap = z.strictObject({
  keep: z.array(eventType).min(1).describe('The event that counts: any of these.'),
  merge: z.array(eventType).min(1).describe('The event that then does not: any of these.'),
  days_later: days.describe('How many days after the merged event the one that counts may begin. 0: on the same day.'),
})

const AE: readonly EventType[] = ['ae_mental_health', 'ae_physical_health', 'ae_unspecified']

/** Events are known by day, not by hour: within 24 hours is the same day or the next. */
const OVERLAPS: z.infer<typeof overlap>[] = [
  {
    keep: ['admission_mental_health', 'admission_out_of_area', 'admission_physical_health'],
    merge: [...AE],
    days_later: 1,
  },
  { keep: [...AE], merge: ['liaison'], days_later: 0 },
  { keep: ['s136'], merge: ['ambulance', 'police'], days_later: 0 },
]

const rules = z.strictObject({
  reentry_days: days.default(90).describe('A new referral within so many days of leaving continues the episode.'),
  min_pair_days: days.default(14).describe('Least days between the first and the last score of a pair.'),
  assessment_days_before_start: days
    .default(28)
    .describe('A form so many days before the referral still belongs to the episode.'),
  assessment_days_after_end: days
    .default(28)
    .describe('A form so many days after leaving still belongs to the episode.'),
  end_score_days: days
    .default(90)
    .describe('A score so many days before leaving, or later, is the score at the end; an earlier one is a review.'),
  index_event: z
    .enum(INDEX_EVENTS)
    .default('first_contact')
    .describe(
      'The day that parts before from after: it belongs to after. first_contact: as the referral records it; first_attendance: the first attended contact; start: see start_contact.',
    ),
  self_referral_sources: z
    .array(z.string().min(1))
    .default(['Self', 'Self-referral', 'Self referral', 'B1'])
    .describe(
      'Sources of referral, as recorded, by which people came themselves. B1 is the code of the national data sets.',
    ),
  start_contact: z
    .number()
    .int()
    .min(1)
    .default(2)
    .describe(
      'Which attended contact of an episode is the start of therapy, where that is the index event: the first is mostly an assessment.',
    ),
  window_months: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(12)
    .describe('Months of service use compared on each side of that day.'),
  min_exposure_days: days
    .default(90)
    .describe(
      'People seen for fewer days on either side are counted, and left out in a comparison beside the one of everybody. Nobody is scaled up to a year.',
    ),
  overlap: z
    .array(overlap)
    .default(OVERLAPS)
    .describe(
      'Events that tell of one another and count once. Left out: A&E before an admission of that day or the next; liaison in an A&E visit, and ambulance and police with a section 136, of the same day. []: every event counts.',
    ),
  national_parity: z
    .boolean()
    .default(false)
    .describe('Count by the national rule exactly as its published code does, its slips included.'),
  min_contacts: days
    .default(0)
    .describe('Attended contacts below which an episode is left out of outcomes. 0: nobody is, however few they had.'),
  mainly_seen_by: z
    .enum(['most_contacts', 'over_half'])
    .default('most_contacts')
    .describe(
      'The staff role that mainly saw a person: that of most attended contacts (none where two have as many), or of over half of them.',
    ),
  two_arms: z
    .enum(['both', 'first', 'last'])
    .default('both')
    .describe(
      'Where a person in two intervention arms counts: in a row of their own (both), or in the first or last arm.',
    ),
  side_by_side_days: days
    .default(7)
    .describe('An ITQ and a PCL-5 filled in at most so many days apart are looked at side by side.'),
  transfer_days: days
    .default(28)
    .describe('Leaving one team and starting with another at most so many days before or after is a transfer.'),
  secondary_care_days: days
    .default(90)
    .describe(
      'A referral to secondary care at most so many days after leaving still counts as going on from the service.',
    ),
})

const mapEnd = z.strictObject({
  column: z.string().describe('The heading of the column.'),
  provider: z
    .string()
    .optional()
    .describe(
      'The organisation that issues the local ids, as under services or in the profile. Left out: NHS numbers.',
    ),
})

const identityMap = z
  .strictObject({
    file: z.string().describe('A CSV file by its path from this folder, one pair of identifiers a line.'),
    from: mapEnd,
    to: mapEnd,
  })
  .refine(
    (it) => it.from.provider !== undefined || it.to.provider !== undefined,
    'needs a provider for one end at least',
  )

const optOut = z.strictObject({
  file: z.string().describe('A file by its path from this folder: NHS numbers, one a line.'),
  column: z
    .string()
    .optional()
    .describe('The heading of their column. Left out: the first one, with or without a heading.'),
  list_date: date
    .optional()
    .describe('The day of the list, as reports name it. Left out: the day the file was last changed.'),
})

const usage = z.strictObject({
  service: code.describe('The service whose people the extracts cover.'),
  event_types: z.array(eventType).min(1).describe('What was supplied. What is not listed is unknown, never zero.'),
})

const comparator = z.strictObject({
  service: code.describe('The service. Its extracts are listed under usage.'),
  with: code.describe(
    'The comparison service: its people joined it as those of the service did, and its extracts are listed under usage too.',
  ),
})

const measureStart = z.strictObject({
  service: code.describe('The service that uses the measure.'),
  measure: questionnaire.describe('The measure.'),
  date: date.describe('Its first day of use there. Episodes that started before it are not asked for a score.'),
})

const confirmedCoding = z.strictObject({
  service: code.describe('The service.'),
  measure: questionnaire.describe('The measure.'),
  team: z.string().min(1).optional().describe('The team, as its forms name it. Left out: every team of the service.'),
  confirmed_by: z.string().min(1).describe('Who looked at the forms and found that the coding is the usual one.'),
})

const arm = z.strictObject({
  service: code.describe('The service.'),
  arm: z.string().min(1).describe('The intervention arm, as reports print it.'),
  from: z
    .enum(['intervention', 'pathway', 'team'])
    .default('intervention')
    .describe('What of the referral tells it. The same for every arm of a service.'),
  is: z.array(z.string().min(1)).min(1).describe('Any of these, as recorded once the profile has read it.'),
})

const followUp = z.strictObject({
  months: z.number().int().min(1).max(24).describe('Calendar months after the end of an episode.'),
  tolerance_days: days.describe(
    'A score may be so many days earlier or later. The nearest counts; of two as near, the earlier.',
  ),
})

const FOLLOW_UPS = [
  { months: 3, tolerance_days: 30 },
  { months: 6, tolerance_days: 45 },
  { months: 12, tolerance_days: 60 },
  { months: 24, tolerance_days: 90 },
]

const projectSchema = z.strictObject({
  project: z.string().default('Outcomes').describe('The title on the index page.'),
  data_start: date
    .optional()
    .describe('Service use was recorded from this day on. Left out: windows are not cut at the start.'),
  data_end: date
    .optional()
    .describe('The last day on which anything could have been recorded. Left out: the last day found in the exports.'),
  services: z
    .array(service)
    .default([])
    .describe('Left out: every row belongs to the service it names, or to one service called as the project is.'),
  sources: z
    .array(source)
    .default([])
    .describe('Which file is read how, in this order. Left out: every file in exports/, in the plain layout.'),
  opt_out: optOut
    .optional()
    .describe('The National Data Opt-Out list: whose records are held back. Left out: nobody’s, and reports say so.'),
  identity_maps: z
    .array(identityMap)
    .default([])
    .describe('Whose local ids are the same person’s. Left out: people are joined by NHS number alone.'),
  rules: rules.prefault({}).describe('Rules of counting.'),
  follow_ups: z
    .array(followUp)
    .default(FOLLOW_UPS)
    .describe(
      'When scores are asked for after the end. Left out: 3, 6, 12 and 24 months, within 30, 45, 60 and 90 days.',
    ),
  measures: thresholdsSchema
    .prefault({})
    .describe('Thresholds of the project’s own, by measure and scale, in place of those of the codebook.'),
  measure_starts: z
    .array(measureStart)
    .default([])
    .describe('When a service began to use a measure. Left out: the day of its first form there.'),
  confirmed_codings: z
    .array(confirmedCoding)
    .default([])
    .describe(
      'Teams whose answers look coded unlike the others’ and are right all the same: their scores are used again.',
    ),
  arms: z
    .array(arm)
    .default([])
    .describe(
      'What stands for which intervention arm; what is not listed is in no arm. Left out for a service: its interventions are its arms.',
    ),
  usage: z.array(usage).default([]).describe('Which service-use extracts were supplied for whom.'),
  comparators: z
    .array(comparator)
    .default([])
    .describe(
      'Which service stands beside which as its comparison group. Left out: before and after alone, and reports say what that cannot show.',
    ),
  cohorts: z
    .array(cohortSchema)
    .default([])
    .describe('Groups of people with a name, counted the same way in every run and printed in words in every report.'),
  changes: z
    .array(changeSchema)
    .default([])
    .describe('What changed and when: looked for in the charts over time, which never find a change by themselves.'),
  targets: z.array(targetSchema).default([]).describe('What the charts over time are to reach.'),
  levels: z
    .array(levelSchema)
    .default([])
    .describe(
      'Which services and teams stand higher or lower. Left out: transfers are counted, not told as steps up or down.',
    ),
  frequent_attenders: z
    .array(frequentSchema)
    .default(FREQUENT_RULES)
    .describe('Who is a frequent attender. Left out: 5 A&E attendances or 2 detentions under section 136 in a year.'),
  populations: z
    .array(populationSchema)
    .default([])
    .describe('How many people there are to be reached. Left out: reach is not told.'),
  groups: z
    .strictObject({
      minimum_n: z
        .number()
        .int()
        .min(5)
        .default(10)
        .describe('Episodes with two scores below which a group is too few to say anything of.'),
    })
    .prefault({})
    .describe('Comparison of groups.'),
  services_comparison: z
    .strictObject({
      adjust_for: z
        .array(z.enum(CASE_MIX_FACTS))
        .default(['age_band', 'gender'])
        .describe(
          'What services side by side are adjusted for besides first scores, where it is recorded for at least 80% in each of them and they have the people for it; one after another in this order.',
        ),
    })
    .prefault({})
    .describe('Comparison of services.'),
  programmes: z
    .array(programmeSchema)
    .default([])
    .describe('What a service itself costs. Left out: costs are shown gross, the service’s own not supplied.'),
  prices: z
    .strictObject({
      year: financialYear.default('2024/25').describe('The one price year that every cost is brought to.'),
      index: z.enum(['nhscii', 'gdp_deflator']).default('nhscii').describe('The price index used for that.'),
      edition: z
        .string()
        .optional()
        .describe(
          'The edition of that index, since figures of the last years are revised. Left out: the newest bundled: 2025 of NHSCII, March 2026 of the GDP deflator.',
        ),
      unit_costs: z
        .string()
        .optional()
        .describe('A CSV of unit costs by its path from this folder. Left out: the bundled table.'),
    })
    .prefault({})
    .describe('Prices.'),
  disclosure: z
    .strictObject({
      preset: z
        .enum(RELEASE_POLICY_IDS)
        .default('hes-7/5')
        .describe('The rule under which small numbers are withheld and others rounded.'),
    })
    .prefault({})
    .describe('Disclosure control of everything in reports/release.'),
  qalys: z
    .strictObject({
      utility: z
        .enum(['eq-5d-5l', 'reqol-ui'])
        .default('eq-5d-5l')
        .describe('Whose utilities are counted: two questionnaires are never mixed.'),
      value_set: z
        .enum(VALUE_SET_IDS)
        .default('uk-2026')
        .describe('The value set by which EQ-5D-5L levels are valued.'),
      reqol_ui: z
        .strictObject({
          table: z
            .string()
            .describe(
              'A CSV by its path from this folder: item, level (1 the best to 5), takes_off. Not shipped: it is licensed.',
            ),
          country: z.string().min(1).describe('The country whose values these are. Printed beside every QALY.'),
        })
        .optional()
        .describe('Weights of the ReQoL-UI, from Oxford University Innovation. Left out: ReQoL gives no utility.'),
      persistence: z
        .enum(PERSISTENCE)
        .default('none')
        .describe(
          'What becomes of a change in quality of life after it was last measured: it ends there (none), fades to nothing by the end of the window, or stays (full).',
        ),
      thresholds: z
        .array(z.number().positive())
        .min(1)
        .default([20_000, 25_000, 30_000, 35_000])
        .describe('Pounds for a QALY at which net benefit is shown. The first leads.'),
      baseline_within_days: days
        .default(42)
        .describe('The utility at joining is the one measured nearest to that day, at most so many days away.'),
    })
    .prefault({})
    .describe('Quality-adjusted life years, where EQ-5D-5L is collected.'),
  bootstrap: z
    .strictObject({
      replicates: z.number().int().min(200).default(2000).describe('Resamples behind an interval of costs.'),
      seed: z.string().default('outcomes').describe('The same seed gives the same intervals.'),
    })
    .prefault({})
    .describe('Resampling.'),
})

type ProjectFile = z.infer<typeof projectSchema>

/** The project, total and frozen: after this line nobody checks a setting again. */
export type Project = Readonly<ProjectFile> & { readonly dir: string }

/** Reads `outcomes.yaml`; a folder without one is a project with every setting at its default. */
export function readProject(dir: string): Project {
  return Object.freeze({ ...parseProject(projectText(dir)), dir: resolve(dir) })
}

/** The same, where the folder has to be there. @throws OperatorError (wrong usage) where it is not. */
export function readExistingProject(dir: string): Project {
  if (!existsSync(dir)) {
    throw new OperatorError(`There is no folder ${maskDigits(dir)}. Make one with "outcomes init".`, EXIT.wrong_usage)
  }
  return readProject(dir)
}

/** Validates the text of a project file. Every fault is named by line and key. */
export function parseProject(text: string): ProjectFile {
  const read = readYaml(text, projectSchema)
  if ('faults' in read) throw refusal(read.faults)
  const faults = [
    ...repeated(read.data),
    ...unlistedServices(read.data),
    ...armsCrossed(read.data),
    ...comparatorsCrossed(read.data),
    ...datesCrossed(read.data),
    ...overlapsCrossed(read.data),
  ]
  if (faults.length > 0) throw refusal(faults)
  return read.data
}

/** JSON Schema of the project file, for editors. */
export function projectJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(projectSchema, { io: 'input', unrepresentable: 'any' })
}

function projectText(dir: string): string {
  if (existsSync(dir) && !statSync(dir).isDirectory()) {
    throw new OperatorError(`${maskDigits(dir)} is a file; the project is the folder around it.`, EXIT.wrong_usage)
  }
  const path = join(dir, PROJECT_FILE)
  if (!existsSync(path)) return ''
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw refusal([
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not text in UTF-8' : `it cannot be read (${code})`,
    ])
  }
}

function unlistedServices(project: ProjectFile): string[] {
  const { services, sources, usage, programmes, measure_starts, confirmed_codings, arms } = project
  const { cohorts, changes, targets, levels, populations, comparators } = project
  const codes = services.map((it) => it.code)
  if (codes.length === 0) return []
  return Object.entries({
    sources,
    usage,
    programmes,
    measure_starts,
    confirmed_codings,
    arms,
    cohorts,
    changes,
    targets,
    levels,
    populations,
    comparators: comparators.flatMap((it) => [{ service: it.service }, { service: it.with }]),
  }).flatMap(([section, entries]) =>
    entries.flatMap(({ service }) => {
      if (service === undefined || codes.includes(service)) return []
      const near = nearestWord(service, codes)
      return [
        `${section}: service ${service} is not listed under services${near === null ? '' : `; did you mean ${near}?`}`,
      ]
    }),
  )
}

/** Of two entries for one service only one could be used. */
function repeated({
  services,
  usage,
  programmes,
  comparators,
  follow_ups,
  cohorts,
  targets,
  levels,
}: ProjectFile): string[] {
  const named = {
    services: services.map((it) => it.code),
    usage: usage.map((it) => it.service),
    programmes: programmes.map((it) => it.service),
    comparators: comparators.map((it) => it.service),
    follow_ups: follow_ups.map((it) => `${it.months} months`),
    cohorts: cohorts.map((it) => it.id),
    targets: targets.map((it) => `${it.series} of ${it.service ?? 'every service'}`),
    levels: levels.map((it) => `${it.team?.toLowerCase() ?? 'every other team'} of ${it.service}`),
  }
  return Object.entries(named).flatMap(([section, codes]) =>
    [...new Set(codes.filter((it, at) => codes.indexOf(it) !== at))].map(
      (it) => `${section}: ${it} is there more than once`,
    ),
  )
}

function datesCrossed({ data_start, data_end }: ProjectFile): string[] {
  return data_start !== undefined && data_end !== undefined && data_end < data_start
    ? ['data_end: is before data_start']
    : []
}

/** A comparison needs use of both, and two services. A service that is not listed at all is another fault. */
function comparatorsCrossed({ comparators, usage, services }: ProjectFile): string[] {
  const isListed = (code: string) => services.length === 0 || services.some((it) => it.code === code)
  const has = (code: string) => !isListed(code) || usage.some((it) => it.service === code)
  return comparators.flatMap(({ service, with: other }) => [
    ...(service === other ? [`comparators: ${service} is compared with itself`] : []),
    ...[service, other].flatMap((it) => (has(it) ? [] : [`comparators: no extracts of ${it} are listed under usage`])),
  ])
}

/** A referral has to be in one arm: one fact tells the arms of a service, and a word stands for one of them. */
function armsCrossed({ arms }: ProjectFile): string[] {
  return [...new Set(arms.map((it) => it.service))].flatMap((service) => {
    const own = arms.filter((it) => it.service === service)
    const words = own.flatMap((it) => it.is)
    return [
      ...(new Set(own.map((it) => it.from)).size > 1 ? [`arms: ${service} has arms told from different facts`] : []),
      ...(new Set(words).size < words.length ? [`arms: ${service} lists one word for two arms, or twice`] : []),
    ]
  })
}

/** A pair of types has one rule, and no type takes in itself. */
function overlapsCrossed({ rules }: ProjectFile): string[] {
  const pairs = rules.overlap.flatMap(({ keep, merge }) =>
    keep.flatMap((kept) => merge.map((it) => [kept, it] as const)),
  )
  const written = pairs.map((pair) => pair.join(' '))
  return [
    ...(new Set(written).size < written.length ? ['rules.overlap: two rules keep and merge the same types'] : []),
    ...pairs.filter(([kept, it]) => kept === it).map(([kept]) => `rules.overlap: ${kept} cannot be merged into itself`),
  ]
}

function refusal(faults: readonly string[]): OperatorError {
  return new OperatorError(
    `${PROJECT_FILE} cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nPut this right and run the command again.`,
    EXIT.wrong_usage,
  )
}
