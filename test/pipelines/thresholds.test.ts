import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyseStore } from '../../pipelines/analyse-store.ts'
import { derive } from '../../pipelines/derive-store.ts'
import { parseProject } from '../../pipelines/project.ts'
import { openProjectStore } from '../../pipelines/project-store.ts'
import { CliRoom, ONLOOKER } from './cli-room.ts'

const room = new CliRoom()
const PEOPLE = Array.from({ length: 20 }, (_, at) => `P${at}`)

/** Everybody goes from 12 to 20 on ReQoL-10, and from 8 to 3 on the PTSD part of ITQ. */
beforeAll(async () => {
  const rows = PEOPLE.flatMap((person) => [
    `${person},ReQoL-10,2025-01-02,12,2025-01-01,2025-07-01,1990-05-05`,
    `${person},ReQoL-10,2025-06-02,20,2025-01-01,2025-07-01,1990-05-05`,
  ])
  const headings = 'person_id,measure,score_date,score,referral_date,discharge_date,date_of_birth'
  room.put('p/exports/scores.csv', `${headings}\n${rows.join('\n')}\n`)
  room.put(
    'contacts.yaml',
    `profile: contacts\ntitle: C\nreads: csv\ndate_order: ymd\nidentity: { local_id: id }
yields: [{ kind: contact, contact_date: on, attendance: { constant: attended }, mode: { constant: face_to_face } }]\n`,
  )
  const contacts = PEOPLE.flatMap((person) => [`${person},2025-01-09`, `${person},2025-02-09`])
  room.put('contacts.csv', `id,on\n${contacts.join('\n')}\n`)
  room.put(
    'itq.yaml',
    `profile: itq\ntitle: ITQ\nreads: csv\ndate_order: ymd\nidentity: { local_id: id, provider: X }
yields: [{ kind: assessment, measure: { constant: itq }, assessed_date: on, total: ptsd, total_scale: ptsd }]\n`,
  )
  const itq = PEOPLE.flatMap((person) => [`${person},2025-01-02,8`, `${person},2025-06-02,3`])
  room.put('itq.csv', `id,on,ptsd\n${itq.join('\n')}\n`)
  expect((await room.type(['ingest', 'p/exports/scores.csv', '--project', 'p', '--service', 's'])).err).toContain(
    'Made a key',
  )
  for (const kind of ['itq', 'contacts']) {
    const args = ['ingest', `${kind}.csv`, '--profile', `./${kind}.yaml`, '--project', 'p', '--service', 's']
    expect((await room.type(args)).out).toContain('40 records = 40 loaded')
  }
})
afterAll(() => room.leave())

async function outcomes(settings: string) {
  const project = { ...parseProject(settings), dir: `${room.dir}/p` }
  const store = openProjectStore(ONLOOKER, project.dir)
  try {
    await derive(store, project)
    const [service] = (await analyseStore(store, project)).services
    const of = (measure: string) => {
      const found = service?.outcomes.find((it) => it.measure_id === measure)
      if (found === undefined) throw new Error(`${measure} is not among the outcomes`)
      return found
    }
    return { reqol: of('reqol-10'), itq: of('itq') }
  } finally {
    store.close()
  }
}

describe('thresholds of the project’s own', () => {
  it('decide who changed where the codebook has none', async () => {
    const { itq } = await outcomes('')
    expect(itq.summary.categories).toBeNull()
    const own = (points: number) => `measures: { itq: { ptsd: { reliable_change: ${points}, source: 'Lead, 2025' } } }`
    const five = (await outcomes(own(5))).itq.summary.categories
    expect(five?.reliable_change).toEqual({ points: 5, source: 'Lead, 2025', status: 'CONFIGURED' })
    expect(five?.improved.count).toBe(20)
    expect((await outcomes(own(6))).itq.summary.categories?.improved.count).toBe(0)
  })

  it('stand in place of the codebook’s, and leave the national rule’s number alone', async () => {
    const published = (await outcomes('')).reqol
    expect(published.summary.categories?.reliable_change).toMatchObject({ points: 5, status: 'CONFIRMED' })
    expect(published.national?.not_counted).toEqual([])
    expect(published.national?.improved.count).toBe(20)
    expect(published.national?.recovery).toMatchObject({ n_case_at_start: 20, reliably_recovered: { count: 0 } })
    const set = { reliable_change: 9, cutoff: 15, source: 'Lead, 2025' }
    const own = (await outcomes(`measures: { reqol-10: { total: ${JSON.stringify(set)} } }`)).reqol
    expect(own.summary.categories?.improved.count).toBe(0)
    expect(own.summary.recovery?.cutoff).toMatchObject({ value: 15, case_when: 'below', status: 'CONFIGURED' })
    expect(own.national).toEqual(published.national)
  })

  it('are printed in the report as set by the project, with their source', async () => {
    room.put('p/outcomes.yaml', `measures: { itq: { ptsd: { reliable_change: 5, source: 'Service lead, 2025' } } }`)
    const told = await room.type(['report', '--project', 'p', '--audience', 'service', '--out', 'out'])
    expect(told.err).toBe('')
    const [page] = Object.entries(room.contents()).filter(([path]) => path.startsWith('out/'))
    expect(page?.[1]).toContain('Reliable change from 5 points (set by the project)')
    expect(page?.[1]).toContain('Service lead, 2025')
  })

  it('are worked out from norms: 1.96 × √2 × 4 × √(1 − 0.84) = 4.43 points, and c = (4 × 6 + 4 × 14) / 8 = 10', async () => {
    const norms = '{ reliability: 0.84, sd: 4, clinical: [14, 4], functional: [6, 4], cutoff: c }'
    const { itq } = await outcomes(`measures: { itq: { ptsd: { norms: ${norms}, source: 'Norms, 2025' } } }`)
    const { categories, recovery } = itq.summary
    expect(categories?.reliable_change.points).toBeCloseTo(1.96 * Math.SQRT2 * 4 * Math.sqrt(1 - 0.84), 10)
    expect(categories?.improved.count).toBe(20)
    expect(recovery?.cutoff).toMatchObject({ value: 10, case_when: 'at_or_above', status: 'CONFIGURED' })
    expect(recovery?.cutoff.source).toBe(
      'Norms, 2025 (1.96 × √2 × SD × √(1 − reliability), SD 4, reliability 0.84; cut-off c; clinical mean 14, SD 4; functional mean 6, SD 4)',
    )
  })

  it.each([
    ['{ reliability: 0.8 }', 'needs reliability and sd together'],
    ['{ cutoff: c, clinical: [14, 4] }', 'cut-off c needs functional'],
    ['{ clinical: [14, 4] }', 'needs reliability and sd, or cutoff'],
    ['{ cutoff: a, clinical: [2, 4] }', "norms: give a cut-off outside the score's range of 0 to 24"],
    ['{ reliability: 0, sd: 40 }', 'norms: give a reliable change of more than the score can change, which is 24'],
  ])('norms %s: %s', async (norms, words) => {
    await expect(outcomes(`measures: { itq: { ptsd: { norms: ${norms}, source: x } } }`)).rejects.toThrow(words)
  })

  it('are shown by "outcomes measures --project"', async () => {
    room.put('p/outcomes.yaml', `measures: { itq: { ptsd: { reliable_change: 5, source: 'Service lead, 2025' } } }`)
    const page = (await room.type(['measures', 'itq', '--project', 'p'])).out
    expect(page).toContain(
      '`ptsd` reliable change 5 (points or more, either way) [set in this project; Service lead, 2025]',
    )
    expect((await room.type(['measures', 'itq'])).out).not.toContain('set in this project')
    expect((await room.type(['measures', '--project', 'p'])).out).toContain('Set in this project: itq ptsd.')
    expect((await room.type(['measures', '--project', 'nowhere'])).code).toBe(2)
  })
})
