import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

const FFT = `Month,Question,Very good,Good,Neither,Poor,Very poor,Don't know
01/01/2025,fft,40,20,4,2,1,1
01/02/2025,fft,20,10,0,1,1,0
01/02/2025,felt_listened_to,30,9,1,0,0,2
`

it('N35: the friends and family test: 90 of 100 positive, 5 negative, those who do not know among the whole, joined to nobody', async () => {
  const settings = careSettings('  - { files: fft.csv, profile: feedback-counts, service: team }')
  const analysis = await analysisOf(settings, { ...careExports(alike(12, 'p')), 'exports/fft.csv': FFT })
  expect(serviceOf(analysis, 'team').n_people).toBe(12)
  const [report] = reportsOf(analysis)
  expect(tableOf(report, 'friends-and-family')).toEqual([
    ['Very good or good', '90', '90.0%'],
    ['Neither good nor poor', '4', '4.0%'],
    ['Poor or very poor', '5', '5.0%'],
    ['Don’t know', '1', '1.0%'],
    ['All', '100', '100.0%'],
  ])
})
