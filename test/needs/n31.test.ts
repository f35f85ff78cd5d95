import { expect, it } from 'vitest'
import { alike } from './care-project.ts'
import { analysisOfUse } from './mapped-use-project.ts'
import { reportsOf, tableOf } from './project-room.ts'

it('N31: a code that no profile lists is counted and shown as it was written, and the calls under known codes count', async () => {
  const people = alike(24, 'p')
  const analysis = await analysisOfUse(
    people,
    people.map(({ id }, nth) => ({ id, code: nth < 12 ? 'HELPLINE 2' : 'CRISIS', day: 30 })),
  )
  const shown = (policy: 'internal' | 'hes-7/5') => {
    const service = reportsOf(analysis, policy).find((it) => it.audience === 'service')
    return tableOf(service, 'unmapped-codes')
  }
  expect(shown('internal')).toEqual([['HELPLINE 2', '12']])
  expect(shown('hes-7/5')).toEqual([['HELPLINE 2', '10']])
  const calls = analysis.usage[0]?.summaries.find((it) => it.usage_id === 'crisis_line')
  expect(calls?.events.events_after).toBe(12)
})
