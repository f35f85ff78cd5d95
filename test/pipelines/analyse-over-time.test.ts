import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CliRoom } from './cli-room.ts'

const room = new CliRoom()
const months = (values: readonly (number | null)[]) =>
  `date,value\n${values.map((value, at) => `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')},${value ?? ''}`).join('\n')}\n`
const CALM = [50, 52, 49, 51, 50, 48, 51, 49, 52, 50, 49, 51, 50]

beforeAll(() => {
  room.put('calm.csv', months([...CALM, 70]))
  room.put('gap.csv', 'date,value\n2025-04,9\n2025-01,10\n2025-02,11\n')
  room.put('units.csv', 'unit,numerator,denominator\nZeal,30,60\nAlder,41,80\nMoor,2,45\n')
})
afterAll(() => room.leave())

describe('outcomes analyse spc', () => {
  it('flags the month that is outside and says why, in JSON and in the table', async () => {
    const found = await room.json('analyse', 'spc', 'calm.csv', '--better', 'higher', '--target', '45')
    expect(found).toMatchObject({ n: 14, n_missing: 0, variation: 'improvement', assurance: 'inconsistent' })
    const told = await room.type(['analyse', 'spc', 'calm.csv', '--better', 'higher'])
    expect(told.out).toMatch(/2024-02-01 .*improvement: above the upper limit/)
  })

  it('a month that is not in the file stays a gap, whatever the order of its rows', async () => {
    const found = await room.json('analyse', 'spc', 'gap.csv')
    expect(found).toMatchObject({ n: 3, n_missing: 1, every: { n: 1, unit: 'months' }, limits: 'trial' })
    expect((found.points as { date: string; value: number | null }[])[2]).toMatchObject({
      date: '2025-03-01',
      value: null,
    })
  })

  it('starts a new mean only where told', async () => {
    const one = await room.json('analyse', 'spc', 'calm.csv')
    const two = await room.json('analyse', 'spc', 'calm.csv', '--rebase', '2024-01-15')
    expect((one.segments as unknown[]).length).toBe(1)
    expect((two.segments as { from_date: string }[]).map((it) => it.from_date)).toEqual(['2023-01-01', '2024-02-01'])
  })

  it.each([
    { title: 'a target without a direction', args: ['--target', '5'], says: '--target needs --better' },
    { title: 'a rebase before the file begins', args: ['--rebase', '2020-01'], says: '--rebase takes a date after' },
    { title: 'a rebase that is no date', args: ['--rebase', '1/4/25'], says: '--rebase takes a day' },
  ])('refuses $title', async ({ args, says }) => {
    const told = await room.type(['analyse', 'spc', 'calm.csv', ...args])
    expect(told.code).toBe(2)
    expect(told.err).toContain(says)
  })

  it.each([
    { title: 'a date that is none', text: 'date,value\n31/01/2025,4\n', says: 'row 2, column date' },
    { title: 'a date twice', text: 'date,value\n2025-01,4\n2025-01,5\n', says: 'repeats row 2; one row per date' },
    { title: 'one month written two ways', text: 'date,value\n2025-01,4\n2025-01-01,5\n', says: 'row 3, column date' },
    { title: 'no date column', text: 'month,value\n2025-01,4\n', says: 'there is no column date' },
  ])('refuses a file with $title', async ({ text, says }) => {
    const told = await room.type(['analyse', 'spc', room.put('bad.csv', text)])
    expect(told.code).toBe(3)
    expect(told.err).toContain(says)
  })
})

describe('outcomes analyse funnel', () => {
  it('gives units in alphabetical order, phi and tau squared, and never a rank', async () => {
    const found = await room.json('analyse', 'funnel', 'units.csv')
    expect((found.units as { unit: string }[]).map((it) => it.unit)).toEqual(['Alder', 'Moor', 'Zeal'])
    expect(found.overdispersion).toMatchObject({ phi: expect.any(Number), tau2: expect.any(Number), is_applied: true })
    expect(JSON.stringify(found)).not.toMatch(/"(rank|position_in_table|league)/)
  })

  it('refuses more people with than there are', async () => {
    const told = await room.type(['analyse', 'funnel', room.put('bad.csv', 'unit,numerator,denominator\nA,5,4\n')])
    expect(told.code).toBe(3)
    expect(told.err).toContain('row 2, column numerator: is more than the denominator')
  })

  it('refuses a target that cannot be one', async () => {
    const told = await room.type(['analyse', 'funnel', 'units.csv', '--target', '1.5'])
    expect(told.code).toBe(2)
  })
})
