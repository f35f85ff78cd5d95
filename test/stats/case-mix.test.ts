import { describe, expect, it } from 'vitest'
import { adjustedChange } from '../../src/stats/analysis-of-covariance.ts'
import { type CaseMixPerson, caseMixChange } from '../../src/stats/case-mix.ts'
import { expectClose } from './oracle.ts'
import { oracleFile } from './oracle-file.ts'

interface Ancova {
  readonly ancova: { readonly unit: string[]; readonly pre: number[]; readonly change: number[] }
}
interface CaseMix {
  readonly band: string[]
  readonly gender: (string | null)[]
  readonly adjusted: readonly {
    readonly unit: string
    readonly n: number
    readonly estimate: number
    readonly se: number
  }[]
}

const { unit, pre, change } = oracleFile<Ancova>('funnel').ancova
const oracle = oracleFile<CaseMix>('case-mix')
const people: CaseMixPerson[] = unit.map((name, i) => ({
  unit: name,
  improvement: change[i] as number,
  pre_score: pre[i] as number,
  facts: { band: oracle.band[i] as string, gender: oracle.gender[i] as string | null },
}))
const withFact = (of: (it: CaseMixPerson, at: number) => string | null) =>
  people.map((it, at) => ({ ...it, facts: { ...it.facts, fact: of(it, at) } }))

describe('change adjusted for case mix', () => {
  it("agrees with R's lm and sandwich's HC2: first score, three age bands, gender, over the 92 of 97 people with a gender recorded", () => {
    const found = caseMixChange(people, ['band', 'gender'])
    expect(found).toMatchObject({ n: 97, n_complete: 92 })
    expect(found.covariates.map((it) => it.reason)).toEqual([null, null])
    found.adjusted.forEach((it, i) => {
      const expected = oracle.adjusted[i]
      expect(it).toMatchObject({ unit: expected?.unit, n: expected?.n, reason: null })
      expectClose([it.adjusted, it.se], [expected?.estimate as number, expected?.se as number], 1e-9)
    })
  })

  it('with nothing to adjust for it is the change adjusted for first scores alone, of everyone', () => {
    const alone = adjustedChange(
      people.map((it) => ({ unit: it.unit, improvement: it.improvement, covariates: [it.pre_score] })),
    )
    expect(caseMixChange(people, [])).toMatchObject({ adjusted: alone, n_complete: 97 })
  })

  it.each<{ title: string; reason: string; fact: (it: CaseMixPerson, at: number) => string | null }>([
    {
      title: 'recorded for everyone but a quarter of the service C',
      reason: 'not_recorded',
      fact: (it, at) => (it.unit === 'C' && at % 4 === 0 ? null : at % 2 === 0 ? 'yes' : 'no'),
    },
    { title: 'the same of everyone', reason: 'all_alike', fact: () => 'yes' },
    { title: 'of nine people another', reason: 'all_alike', fact: (_, at) => (at < 9 ? 'yes' : 'no') },
    { title: 'told by the service', reason: 'not_estimable', fact: (it) => `pathway ${it.unit}` },
    {
      title: 'told by the service of all but one person',
      reason: 'not_estimable',
      fact: (it, at) => (it.unit === 'C' && at !== 80 ? 'theirs' : 'others'),
    },
    { title: 'of nine levels', reason: 'too_few_people', fact: (_, at) => `level ${at % 9}` },
  ])('a fact $title is not adjusted for ($reason), and the rest of the adjustment stays', ({ reason, fact }) => {
    const found = caseMixChange(withFact(fact), ['fact', 'band'])
    expect(found.covariates.map((it) => it.reason)).toEqual([reason, null])
    expect(found.adjusted).toEqual(caseMixChange(people, ['band']).adjusted)
  })

  it('levels of fewer than ten people are taken together: six and seven make one column', () => {
    const level = (at: number) => (at % 16 === 0 ? 'six' : at % 14 === 1 ? 'seven' : 'most')
    const apart = caseMixChange(
      withFact((_, at) => level(at)),
      ['fact'],
    )
    const together = caseMixChange(
      withFact((_, at) => (level(at) === 'most' ? 'most' : 'rare')),
      ['fact'],
    )
    expect(apart.covariates[0]?.reason).toBeNull()
    expect(apart.adjusted).toEqual(together.adjusted)
  })
})
