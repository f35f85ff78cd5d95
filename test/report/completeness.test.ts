import { describe, expect, it } from 'vitest'
import type { CompletenessCount, MeasureQuality } from '../../reports/analysis.ts'
import { fixFirstTable } from '../../reports/parts/fix-first.ts'
import { releasePeriods, releaseTeams } from '../../reports/parts/release-completeness.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import type { PolicyId } from '../../src/disclosure/policy.ts'
import type { Released, ReleasedText } from '../../src/disclosure/released.ts'
import { table } from '../table.ts'
import { syntheticAnalysis } from './synthetic-analysis.ts'

const [SERVICE] = syntheticAnalysis().services
const [REQOL] = SERVICE?.quality.measures ?? []
if (SERVICE === undefined || REQOL === undefined) throw new Error('there is one')

function measure(drawing: string): MeasureQuality {
  const completeness = table(drawing).map((row) => ({ n_first: row.n_eligible, n_two: 0, ...row }))
  return { ...(REQOL as MeasureQuality), completeness: completeness as unknown as CompletenessCount[] }
}

function teams(policy: PolicyId, drawing: string): string[] {
  return releaseTeams(createGate(policy), measure(drawing)).map((row) => `${row.team.text} ${row.eligible.text}`)
}

const month = (name: string, n: number) => `${name} | 2024-01-01 | ${n}`
const draw = (...rows: string[]) => `team | month | n_eligible\n---\n${rows.join('\n')}`

describe('completeness by team in what is released', () => {
  it.each([
    ['large teams stand alone', draw(month('east', 40), month('north', 30)), ['east 40', 'north 30']],
    [
      'small teams are one row',
      draw(month('east', 40), month('n1', 11), month('n2', 12)),
      ['east 40', 'Other teams 25'],
    ],
    [
      'too few together take the smallest large team with them, so that they cannot be had by subtraction',
      draw(month('east', 40), month('north', 30), month('tiny', 3)),
      ['east 40', 'Other teams 35'],
    ],
    ['one large and one tiny team are one row, which is none', draw(month('east', 40), month('tiny', 3)), []],
    ['small teams alone are one row, which is none', draw(month('n1', 11), month('n2', 12)), []],
    ['one team is nothing to compare', draw(month('east', 40), 'east | 2024-02-01 | 30'), []],
  ])('%s', (_, drawing, expected) => {
    expect(teams('hes-7/5', drawing)).toEqual(expected)
  })

  it('the team itself sees every team, those without a name last', () => {
    expect(teams('internal', draw(month('', 2), month('tiny', 3), month('east', 41)))).toEqual([
      'east 41',
      'tiny 3',
      'Team not recorded 2',
    ])
  })
})

describe('completeness over time', () => {
  const monthly = (n: number, months: number) =>
    measure(
      draw(
        ...Array.from({ length: months }, (_, nth) => {
          const date = `${2022 + Math.floor(nth / 12)}-${String((nth % 12) + 1).padStart(2, '0')}-01`
          return `east | ${date} | ${n}`
        }),
      ),
    )
  const stepOf = (policy: PolicyId, it: MeasureQuality) => {
    const rows = releasePeriods(createGate(policy), it)
    return [rows.length, rows[0]?.period.months ?? null]
  }

  it.each([
    ['by month where months hold enough', 25, 12, [12, 1]],
    ['by quarter where only quarters do', 8, 12, [4, 3]],
    ['by year where only years do', 3, 24, [2, 12]],
    ['not at all where years do not', 1, 24, [0, null]],
    ['by quarter where there are more months than a phone can show', 25, 30, [10, 3]],
  ])('%s', (_, n, months, expected) => {
    expect(stepOf('hes-7/5', monthly(n, months))).toEqual(expected)
  })

  it('by quarter where most single months would have no share', () => {
    const months = ['01', '02', '03', '04', '05', '06'].map(
      (it, nth) => `east | 2024-${it}-01 | ${nth % 3 === 0 ? 25 : 4}`,
    )
    expect(stepOf('hes-7/5', measure(draw(...months)))).toEqual([2, 3])
  })

  it('a month in which nobody started stands in the row, without a share', () => {
    const rows = releasePeriods(
      createGate('internal'),
      measure(draw(...['01', '02', '03', '05', '06', '07'].map((it) => `east | 2024-${it}-01 | 12`))),
    )
    expect(rows.map((row) => row.first_percent.value)).toEqual([100, 100, 100, null, 100, 100, 100])
  })
})

describe('what to fix first', () => {
  it('puts what adds most at the top, and gives the order of withheld counts by name', () => {
    const rows = fixFirstTable(createGate('hes-7/5'), SERVICE)?.rows ?? []
    expect(rows.map((row) => [(row.what as ReleasedText).text, (row.n as Released).text])).toEqual([
      ['Episodes with a first ReQoL-10 score and no second', '120'],
      ['Episodes without any ReQoL-10 score', '50'],
      ['Fault common', '35'],
      ['Fault apple', '*'],
      ['Fault doubtful', '*'],
      ['Fault zebra', '*'],
      ['ReQoL-10 forms with too many answers missing', '*'],
    ])
  })

  it('has nothing to say where nothing is wrong', () => {
    const complete = measure(draw(month('east', 40))).completeness.map((it) => ({ ...it, n_two: it.n_eligible }))
    const service = {
      ...SERVICE,
      faults: [],
      flags: [],
      measures: [],
      quality: { ...SERVICE.quality, measures: [{ ...REQOL, completeness: complete }] },
    }
    expect(fixFirstTable(createGate('internal'), service)).toBeNull()
  })
})
