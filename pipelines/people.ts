import { resolve } from 'node:path'
import { Command } from 'commander'
import { createGate, type Gate } from '../src/disclosure/gate.ts'
import type { Released } from '../src/disclosure/released.ts'
import { readPeopleOfSources, readUnlinkedIdentities, type UnlinkedIdentity } from '../src/store/queries/linkage.ts'
import { readPersons } from '../src/store/queries/people.ts'
import { type LinkageCount, readLinkage } from '../src/store/queries/quality.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { buildFromLoaded } from './derive-store.ts'
import { drawTable } from './draw-table.ts'
import { type Anonymity, anonymityOf } from './people-anonymity.ts'
import { type SharedPeople, sharedPeople } from './people-shared.ts'
import { readProject } from './project.ts'
import { openProjectStore, requireStore } from './project-store.ts'
import type { World } from './world.ts'

interface Options extends AnswerOptions {
  project: string
  internal?: boolean
}

interface People {
  readonly gate: Gate
  readonly linkage: LinkageCount
  readonly shared: readonly SharedPeople[]
  /** Null without --internal. */
  readonly unmatched: readonly UnlinkedIdentity[] | null
  readonly anonymity: Anonymity | null
}

const SHOWN = 40

/** `outcomes people`: how far people could be linked across files, and for the team itself who was not, and who stands alone. */
export function peopleCommand(world: World): Command {
  return new Command('people')
    .description('who was linked across files; with --internal, who was not')
    .option('--project <dir>', 'the project folder', '.')
    .option('--internal', 'exact numbers, the unmatched by pseudonym, and people who stand alone: not for release')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes people --project my-service\n  outcomes people --internal --json')
    .action(async (options: Options) => {
      const people = await readPeople(world, options)
      answer(world, options, documentOf(people), () => textOf(people))
    })
}

async function readPeople(world: World, options: Options): Promise<People> {
  const project = readProject(resolve(world.cwd, options.project))
  requireStore(world, project.dir)
  const store = openProjectStore(world, project.dir)
  try {
    await buildFromLoaded(store, project)
    const isInternal = options.internal === true
    const gate = createGate(isInternal ? 'internal' : project.disclosure.preset)
    const sources = await readPeopleOfSources(store.kysely)
    return {
      gate,
      linkage: await readLinkage(store.kysely),
      shared: sharedPeople(sources, gate),
      unmatched: isInternal ? await readUnlinkedIdentities(store.kysely) : null,
      anonymity: isInternal ? anonymityOf(await readPersons(store.kysely), sources) : null,
    }
  } finally {
    store.close()
  }
}

/** People and identifiers, split so that no count can be had from two others. */
function totals({ gate, linkage }: People) {
  const people = gate.partition({
    with_nhs_number: linkage.n_people_with_nhs_number,
    without_nhs_number: linkage.n_people - linkage.n_people_with_nhs_number,
  })
  const local = gate.partition({
    linked: linkage.n_local_ids_linked,
    not_linked: linkage.n_local_ids - linkage.n_local_ids_linked,
  })
  return { people, local, in_conflict: gate.count(linkage.n_local_ids_in_conflict) }
}

function documentOf(people: People) {
  const { people: persons, local, in_conflict } = totals(people)
  return {
    disclosure: people.gate.policy.id,
    people: cell(persons.total),
    people_with_nhs_number: cell(persons.cells.with_nhs_number),
    local_ids: cell(local.total),
    local_ids_linked: cell(local.cells.linked),
    local_ids_in_conflict: cell(in_conflict),
    shared: people.shared.map(({ of, found_in, linked, not_linked, percent }) => ({
      of,
      found_in,
      linked: cell(linked),
      not_linked: cell(not_linked),
      percent_linked: cell(percent),
    })),
    unmatched: people.unmatched,
    k_anonymity: people.anonymity,
  }
}

/** A number that does not exist is null beside its reason. */
function cell(released: Released): unknown {
  if (released.value !== null) return released.value
  return { value: null, reason: released.is_suppressed ? 'suppressed' : released.text }
}

function textOf(people: People): string {
  const { people: persons, local, in_conflict } = totals(people)
  return [
    `${persons.total.text} people, of whom ${persons.cells.with_nhs_number.text} are known by NHS number.`,
    `${local.total.text} local identifiers, of which ${local.cells.linked.text} are linked to another identifier; ${in_conflict.text} came with two NHS numbers and are linked to neither.`,
    '',
    people.shared.length === 0
      ? 'There is one source of records, so nothing to link.'
      : drawTable(
          ['People of', 'found in', 'linked', 'not linked', '%'],
          people.shared.map((it) => [it.of, it.found_in, it.linked.text, it.not_linked.text, it.percent.text]),
          ['left', 'left', 'right', 'right', 'right'],
        ),
    ...(people.unmatched === null ? [] : ['', ...unmatchedLines(people.unmatched)]),
    ...(people.anonymity === null ? [] : ['', ...anonymityLines(people.anonymity)]),
  ].join('\n')
}

function unmatchedLines(unmatched: readonly UnlinkedIdentity[]): string[] {
  if (unmatched.length === 0) return ['Every local identifier is linked to another.']
  return [
    `Not linked, by pseudonym (${unmatched.length}):`,
    ...unmatched
      .slice(0, SHOWN)
      .map((it) => `  ${it.identity_key}  ${it.pseudonym}${it.is_in_conflict === 1 ? '  two NHS numbers' : ''}`),
    ...(unmatched.length > SHOWN ? [`  … and ${unmatched.length - SHOWN} more; --json lists them all`] : []),
  ]
}

function anonymityLines({ k, by }: Anonymity): string[] {
  return by.flatMap(({ quasi_identifiers, sizes, sets }) => [
    `People alike in ${quasi_identifiers.join(', ')}: sets of 1 to ${k}`,
    drawTable(
      ['in a set', 'sets', 'people'],
      sizes.map((it) => [String(it.size), String(it.n_sets), String(it.n_people)]),
      ['right', 'right', 'right'],
    ),
    ...sets
      .filter(({ n_people }) => n_people === 1)
      .slice(0, SHOWN)
      .map(
        ({ facts }) =>
          `  alone: ${Object.values(facts)
            .map((fact) => fact ?? 'not recorded')
            .join(' · ')}`,
      ),
    '',
  ])
}
