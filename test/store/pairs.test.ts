import { describe, expect, it } from 'vitest'
import { onlyDrawn, table } from '../table.ts'
import { drawWorld, modelOf } from './world.ts'

const ONE_REFERRAL = `
  nhs | referral_date | discharge_date
  ----+---------------+---------------
  ann | 2024-01-01    | 2024-12-31`

describe('pairs by our own rule', () => {
  it('takes the first and last scored score of the episode, and never pairs one with itself', async () => {
    const world = drawWorld({
      referral_record: `
        nhs      | referral_date
        ---------+--------------
        two      | 2024-01-01
        lone     | 2024-01-01
        tied     | 2024-01-01
        unscored | 2024-01-01
        sentinel | 2024-01-01`,
      assessment_score: `
        assessment_id | nhs      | assessed_date | score | score_status
        --------------+----------+---------------+-------+-----------------
        11            | two      | 2024-03-02    | 8     | scored
        12            | two      | 2024-01-05    | 15    | scored
        13            | two      | 2024-02-01    | 3     | scored
        14            | lone     | 2024-01-09    | 12    | scored
        15            | tied     | 2024-02-01    | 10    | scored
        16            | tied     | 2024-02-01    | 10    | scored
        17            | tied     | 2024-04-01    | 5     | scored
        18            | tied     | 2024-04-01    | 5     | scored
        19            | unscored | 2024-02-01    |       | too_many_missing
        20            | sentinel | 2024-02-01    | 8     | sentinel`,
    })
    const expected = `
      episode_id | n_scores | pre_assessment_id | pre_score | post_assessment_id | post_score | post_date
      -----------+----------+-------------------+-----------+--------------------+------------+-----------
      1          | 3        | 12                | 15        | 11                 | 8          | 2024-03-02
      2          | 1        | 14                | 12        |                    |            |
      3          | 4        | 15                | 10        | 18                 | 5          | 2024-04-01`
    expect(onlyDrawn(await modelOf(world, 'pairs_own'), expected)).toEqual(table(expected))
  })

  it('needs min_pair_days between the two: 13 days make no pair, 14 do', async () => {
    const world = drawWorld({
      referral_record: `
        nhs  | referral_date
        -----+--------------
        near | 2024-01-01
        far  | 2024-01-01`,
      assessment_score: `
        nhs  | assessed_date | score
        -----+---------------+------
        near | 2024-02-01    | 10
        near | 2024-02-14    | 20
        far  | 2024-02-01    | 10
        far  | 2024-02-15    | 20`,
    })
    const expected = `
      episode_id | n_scores | pre_score | post_score
      -----------+----------+-----------+-----------
      1          | 2        | 10        |
      2          | 2        | 10        | 20`
    expect(onlyDrawn(await modelOf(world, 'pairs_own'), expected)).toEqual(table(expected))
  })

  it('compares like with like: the last mean of the goals that the first was of, others counted and left out', async () => {
    const world = drawWorld({
      referral_record: `
        nhs      | referral_date
        ---------+--------------
        returns  | 2024-01-01
        changes  | 2024-01-01
        too_near | 2024-01-01
        unworked | 2024-01-01`,
      assessment_score: `
        nhs      | assessed_date | measure_id | scale_id   | score | basis
        ---------+---------------+------------+------------+-------+--------------------------
        returns  | 2024-02-01    | gbo        | goals_mean | 2     | goal1+goal2
        returns  | 2024-03-01    | gbo        | goals_mean | 3     | whole_scale
        returns  | 2024-04-01    | gbo        | goals_mean | 4     | goal1+goal2
        returns  | 2024-05-01    | gbo        | goals_mean | 5     | whole_scale
        changes  | 2024-02-01    | gbo        | goals_mean | 2     | goal1
        changes  | 2024-05-01    | gbo        | goals_mean | 6     | goal1+goal3
        too_near | 2024-02-01    | gbo        | goals_mean | 2     | goal1
        too_near | 2024-02-10    | gbo        | goals_mean | 7     | goal1
        too_near | 2024-05-01    | gbo        | goals_mean | 8     | goal2
        unworked | 2024-02-01    | wsas       | total      | 30    | whole_scale
        unworked | 2024-03-01    | wsas       | total      | 25    | whole_scale
        unworked | 2024-05-01    | wsas       | total      | 12    | item2+item3+item4+item5`,
    })
    const expected = `
      episode_id | n_scores | n_other_basis | pre_score | post_score
      -----------+----------+---------------+-----------+-----------
      1          | 4        | 2             | 2         | 4
      2          | 2        | 1             | 2         |
      3          | 3        | 1             | 2         |
      4          | 3        | 1             | 30        | 25`
    expect(onlyDrawn(await modelOf(world, 'pairs_own'), expected)).toEqual(table(expected))
  })

  it('two equal scores of one day pair only where no days are asked for between them', async () => {
    const drawing = (days: number) =>
      drawWorld({
        settings: `min_pair_days\n---\n${days}`,
        referral_record: ONE_REFERRAL,
        assessment_score: `
          nhs | assessed_date | score
          ----+---------------+------
          ann | 2024-02-01    | 10
          ann | 2024-02-01    | 10`,
      })
    expect((await modelOf(drawing(1), 'pairs_own')).map((row) => row.post_score)).toEqual([null])
    expect((await modelOf(drawing(0), 'pairs_own')).map((row) => row.post_score)).toEqual([10])
  })

  it('an episode takes scores from 28 days before it starts to 28 days after it ends, and not a day further', async () => {
    const world = drawWorld({
      referral_record: ONE_REFERRAL,
      assessment_score: `
        assessment_id | nhs | assessed_date | score
        --------------+-----+---------------+------
        1             | ann | 2023-12-03    | 1
        2             | ann | 2023-12-04    | 2
        3             | ann | 2025-01-28    | 3
        4             | ann | 2025-01-29    | 4
        5             | bob | 2024-02-01    | 5`,
    })
    // bob has no referral: his score starts an episode of its own
    expect((await modelOf(world, 'int_scores_placed')).map((row) => row.episode_id)).toEqual([null, 1, 1, null, -5])
  })

  it('a score between two episodes goes to the one that started last', async () => {
    const world = drawWorld({
      settings: 'reentry_days\n---\n10',
      referral_record: `
        nhs | referral_date | discharge_date
        ----+---------------+---------------
        ann | 2024-01-01    | 2024-02-01
        ann | 2024-02-20    | 2024-06-01`,
      assessment_score: `
        nhs | assessed_date | score
        ----+---------------+------
        ann | 2024-01-20    | 1
        ann | 2024-02-10    | 2`,
    })
    expect((await modelOf(world, 'int_scores_placed')).map((row) => row.episode_id)).toEqual([1, 2])
  })

  it("a score that names its referral goes there whatever its day, but never to a stranger's referral", async () => {
    const world = drawWorld({
      referral_record: `
        nhs | referral_ref | referral_date | discharge_date
        ----+--------------+---------------+---------------
        ann | r1           | 2024-01-01    | 2024-02-01
        bob | r2           | 2024-01-01    | 2024-02-01`,
      assessment_score: `
        assessment_id | nhs | referral_ref | assessed_date | score
        --------------+-----+--------------+---------------+------
        1             |     | r1           | 2025-06-01    | 1
        2             | bob | r2           | 2024-01-20    | 2
        3             | ann | r2           | 2024-01-20    | 3
        4             | ann | unknown      | 2024-01-20    | 4`,
    })
    const expected = `
      assessment_id | person_key | episode_id
      --------------+------------+-----------
      1             | 1          | 1
      2             | 2          | 2
      3             | 1          |
      4             | 1          | 1`
    expect(onlyDrawn(await modelOf(world, 'int_scores_placed'), expected)).toEqual(table(expected))
  })

  it("a carer's score joins no patient's", async () => {
    const world = drawWorld({
      person_record: `
        nhs   | person_type
        ------+------------
        carer | carer
        ann   | patient`,
      referral_record: `
        nhs   | referral_ref | referral_date
        ------+--------------+--------------
        ann   | r1           | 2024-01-01
        carer | r2           | 2024-01-01`,
      assessment_score: `
        nhs   | referral_ref | assessed_date | score
        ------+--------------+---------------+------
        ann   | r1           | 2024-01-20    | 1
        carer | r1           | 2024-02-20    | 2
        carer | r2           | 2024-03-20    | 3`,
    })
    const expected = `
      episode_id | person_key | n_scores | pre_score | post_score
      -----------+------------+----------+-----------+-----------
      1          | 2          | 1        | 1         |`
    expect(onlyDrawn(await modelOf(world, 'pairs_own'), expected)).toEqual(table(expected))
  })

  it('pairs diagnoses as categories; an undecided one is no answer', async () => {
    const world = drawWorld({
      referral_record: ONE_REFERRAL,
      assessment_score: `
        nhs | assessed_date | measure_id | scale_id  | score | category | score_status
        ----+---------------+------------+-----------+-------+----------+-------------
        ann | 2024-01-02    | itq        | diagnosis |       |          | undecided
        ann | 2024-01-10    | itq        | diagnosis |       | CPTSD    | scored
        ann | 2024-06-10    | itq        | diagnosis |       | NONE     | scored`,
    })
    const expected = `
      episode_id | measure_id | pre_category | pre_day | post_category
      -----------+------------+--------------+---------+--------------
      1          | itq        | CPTSD        | 19732   | NONE`
    expect(onlyDrawn(await modelOf(world, 'pairs_category'), expected)).toEqual(table(expected))
    expect(await modelOf(world, 'pairs_own')).toEqual([])
  })

  it('the funnel holds every episode since the measure was first used, and any with a baseline', async () => {
    const world = drawWorld({
      settings: 'data_end_date\n---\n2024-12-31',
      referral_record: `
        nhs    | referral_date | discharge_date
        -------+---------------+---------------
        long   | 2023-01-01    |
        before | 2024-01-03    | 2024-01-10
        edge   | 2024-01-04    | 2024-01-14
        missed | 2024-06-01    | 2024-06-30`,
      assessment_score: `
        nhs  | assessed_date | score
        -----+---------------+------
        long | 2024-02-01    | 10
        long | 2024-03-01    | 12`,
    })
    const expected = `
      episode_id | is_eligible | has_baseline | has_pair | days_open
      -----------+-------------+--------------+----------+----------
      1          | 1           | 1            | 1        | 730
      3          | 1           | 0            | 0        | 10
      4          | 1           | 0            | 0        | 29`
    expect(onlyDrawn(await modelOf(world, 'outcome_funnel'), expected)).toEqual(table(expected))
  })
})
