import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { type IsoDate, isIsoDate } from '../src/domain/iso-date.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { EVENT_TYPES, type EventType } from '../src/usage/event-types.ts'

export const PROJECT_FILE = 'outcomes.yaml'

const date = z.string().refine((text): text is IsoDate => isIsoDate(text), 'is not a YYYY-MM-DD date')
const financialYear = z.string().regex(/^\d{4}\/\d{2}$/, 'is not a financial year such as 2024/25')
const code = z.string().regex(/^[a-z0-9-]+$/, 'may hold small letters, digits and hyphens only')
const eventType = z.enum(EVENT_TYPES.map((type) => type.id) as [EventType, ...EventType[]])

const service = z.strictObject({
  code,
  name: z.string(),
  area: z.string().default(''),
  icb: z.string().optional(),
  provider: z.string().optional(),
})

const source = z.strictObject({
  files: z.string(),
  /** A bundled profile's name, or the path of a profile file from the project folder; left out: the plain layout. */
  profile: z.string().optional(),
  service: code.optional(),
})

const rules = z.strictObject({
  reentry_days: z.number().int().min(0).default(90),
  min_pair_days: z.number().int().min(0).default(14),
  assessment_days_before_start: z.number().int().min(0).default(28),
  assessment_days_after_end: z.number().int().min(0).default(28),
  index_event: z.enum(['referral', 'first_contact']).default('first_contact'),
  window_months: z.number().int().min(1).max(24).default(12),
  national_parity: z.boolean().default(false),
})

const programme = z
  .strictObject({
    service: code,
    cost_per_person_gbp: z.number().positive().optional(),
    cost_per_year_gbp: z.number().positive().optional(),
    people_per_year: z.number().positive().optional(),
    price_year: financialYear,
    source: z.string(),
  })
  .refine(
    (it) =>
      it.cost_per_person_gbp !== undefined || (it.cost_per_year_gbp !== undefined && it.people_per_year !== undefined),
    'needs cost_per_person_gbp, or cost_per_year_gbp with people_per_year',
  )

const projectSchema = z.strictObject({
  project: z.string().default('Outcomes'),
  data_start: date.optional(),
  data_end: date.optional(),
  services: z.array(service).default([]),
  sources: z.array(source).default([]),
  rules: rules.prefault({}),
  usage: z.array(z.strictObject({ service: code, event_types: z.array(eventType).min(1) })).default([]),
  programmes: z.array(programme).default([]),
  prices: z
    .strictObject({
      year: financialYear.default('2024/25'),
      index: z.enum(['nhscii', 'gdp_deflator']).default('nhscii'),
      unit_costs: z.string().optional(),
    })
    .prefault({}),
  disclosure: z
    .strictObject({ preset: z.enum(['mhsds-5/5', 'hes-7/5', 'opensafely-7/5', 'ten']).default('hes-7/5') })
    .prefault({}),
  bootstrap: z
    .strictObject({ replicates: z.number().int().min(200).default(2000), seed: z.string().default('outcomes') })
    .prefault({}),
})

type ProjectFile = z.infer<typeof projectSchema>

/** The project, total and frozen: after this line nobody checks a setting again. */
export type Project = Readonly<ProjectFile> & { readonly dir: string }

/** Reads `outcomes.yaml`; a folder without one is a project with every setting at its default. */
export function readProject(dir: string): Project {
  const path = join(dir, PROJECT_FILE)
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return Object.freeze({ ...parseProject(text), dir: resolve(dir) })
}

/** Validates the text of a project file. Every fault is named by line and key. */
export function parseProject(text: string): ProjectFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken !== undefined) {
    throw refusal([`line ${lines.linePos(broken.pos[0]).line}: this is not valid YAML (${broken.code})`])
  }
  const parsed = projectSchema.safeParse(document.toJS() ?? {})
  if (!parsed.success) {
    throw refusal(
      parsed.error.issues.map((issue) => {
        const node = document.getIn(nearest(document, issue.path), true) as
          | { range?: [number, number, number] }
          | undefined
        const line = node?.range === undefined ? 1 : lines.linePos(node.range[0]).line
        return `line ${line}: ${issue.path.join('.') || 'the file'}: ${issue.message}`
      }),
    )
  }
  checkServices(parsed.data)
  return parsed.data
}

/** JSON Schema of the project file, for editors. */
export function projectJsonSchema(): unknown {
  return z.toJSONSchema(projectSchema, { io: 'input', unrepresentable: 'any' })
}

function nearest(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): PropertyKey[] {
  const known = [...path]
  while (known.length > 0 && !document.hasIn(known)) known.pop()
  return known
}

function checkServices(project: ProjectFile): void {
  const codes = new Set(project.services.map((it) => it.code))
  if (codes.size === 0) return
  const named = [...project.sources, ...project.usage, ...project.programmes]
  const faults = named.flatMap((it) =>
    it.service === undefined || codes.has(it.service)
      ? []
      : [`service ${it.service} is used but not listed under services`],
  )
  if (faults.length > 0) throw refusal(faults)
}

function refusal(faults: readonly string[]): OperatorError {
  return new OperatorError(
    `${PROJECT_FILE} cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nPut this right and run the command again.`,
    EXIT.wrong_usage,
  )
}
