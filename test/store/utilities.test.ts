import { expect, it } from 'vitest'
import { onlyDrawn, table } from '../table.ts'
import { drawWorld, modelOf } from './world.ts'

it('utilities count from 28 days before joining to the day before the window ends, the last read of a day, each questionnaire apart', async () => {
  const world = drawWorld({
    referral_record: `
      nhs | referral_date | discharge_date
      ----+---------------+---------------
      ann | 2023-02-01    | 2023-09-01`,
    assessment_score: `
      assessment_id | nhs | measure_id | scale_id | assessed_date | score
      --------------+-----+------------+----------+---------------+------
      10            | ann | eq-5d-5l   | index    | 2023-01-03    | 0.1
      11            | ann | eq-5d-5l   | index    | 2023-01-04    | 0.2
      12            | ann | eq-5d-5l   | index    | 2023-02-01    | 0.4
      13            | ann | eq-5d-5l   | index    | 2023-02-01    | 0.4
      14            | ann | eq-5d-5l   | vas      | 2023-02-01    | 60
      15            | ann | reqol-10   | utility  | 2023-02-01    | 0.5
      16            | ann | reqol-10   | total    | 2023-02-01    | 20
      17            | ann | eq-5d-5l   | index    | 2024-01-31    | 0.6
      18            | ann | eq-5d-5l   | index    | 2024-02-01    | 0.7`,
  })
  const expected = `
    assessment_id | measure_id | utility | days_from_index
    --------------+------------+---------+----------------
    11            | eq-5d-5l   | 0.2     | -28
    13            | eq-5d-5l   | 0.4     | 0
    15            | reqol-10   | 0.5     | 0
    17            | eq-5d-5l   | 0.6     | 364`
  const rows = (await modelOf(world, 'utility_scores')).toSorted(
    (a, b) => Number(a.assessment_id) - Number(b.assessment_id),
  )
  expect(onlyDrawn(rows, expected)).toEqual(table(expected))
})
