import { expect, it } from 'vitest'
import { welch } from '../../src/stats/welch.ts'
import { expectClose } from './oracle.ts'

/** Student's sleep data, as R holds them: extra hours by drug. */
const FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
const SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

it("agrees with what R's t.test gives for Student's sleep data: difference -1.58, 17.776 degrees of freedom, p 0.07939", () => {
  const found = welch(FIRST, SECOND)
  expectClose(found.difference, -1.58, 1e-12)
  expectClose([found.df, found.p], [17.7764735161785, 0.079394140187358], 1e-10)
})

it('has no p for nobody, one person, or people who are all alike', () => {
  expect(welch([], [1, 2])).toEqual({ difference: null, df: null, p: null })
  expect(welch([3], [1, 2])).toEqual({ difference: 1.5, df: null, p: null })
  expect(welch([2, 2], [1, 1])).toEqual({ difference: 1, df: null, p: null })
})
