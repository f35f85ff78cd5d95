import { describe, expect, it } from 'vitest'
import { QUALITY_RULES } from '../../src/store/quality-rules.ts'
import { onlyDrawn, table } from '../table.ts'
import { drawWorld, modelOf, modelsOf, type World } from './world.ts'

const FROM_2024 = `
  nhs | referral_date | discharge_date
  ----+---------------+---------------
  ann | 2024-01-01    | 2024-12-31`

async function findings(world: World, expected: string): Promise<void> {
  expect(onlyDrawn(await modelOf(world, 'dq_findings'), expected)).toEqual(table(expected))
}

describe('cross-checks between rows and files', () => {
  it('two different scores of one day are both flagged and in no pair; two equal ones are one score, and count', async () => {
    const world = drawWorld({
      referral_record: `
        nhs  | referral_date
        -----+--------------
        ann  | 2024-01-01
        ben  | 2024-01-01
        cath | 2024-01-01`,
      assessment_score: `
        assessment_id | nhs  | service_code | scale_id | assessed_date | score
        --------------+------+--------------+----------+---------------+------
        1             | ann  | oats         | total    | 2024-02-01    | 10
        2             | ann  | oats         | total    | 2024-02-01    | 12
        3             | ann  | oats         | total    | 2024-04-01    | 14
        4             | ann  | oats         | total    | 2024-06-01    | 20
        5             | ben  | oats         | total    | 2024-02-01    | 10
        6             | ben  | oats         | total    | 2024-02-01    | 10
        7             | ben  | oats         | total    | 2024-06-01    | 30
        8             | cath | oats         | total    | 2024-02-01    | 10
        9             | cath | oats         | total    | 2024-06-01    | 15
        10            | cath | oats         | total    | 2024-06-01    | 25`,
    })
    await findings(
      world,
      `
      rule_code           | file_id | row_number | service_code | measure_id | month
      --------------------+---------+------------+--------------+------------+--------
      two_scores_same_day | 3       | 2          | oats         | reqol-10   | 2024-02
      two_scores_same_day | 3       | 3          | oats         | reqol-10   | 2024-02
      two_scores_same_day | 3       | 10         | oats         | reqol-10   | 2024-06
      two_scores_same_day | 3       | 11         | oats         | reqol-10   | 2024-06`,
    )
    const pairs = `
      episode_id | pre_score | pre_date   | post_score
      -----------+-----------+------------+-----------
      1          | 14        | 2024-04-01 | 20
      2          | 10        | 2024-02-01 | 30
      3          | 10        | 2024-02-01 |`
    expect(onlyDrawn(await modelOf(world, 'pairs_own'), pairs)).toEqual(table(pairs))
  })

  it('the national rule is followed as published, whatever is flagged', async () => {
    const world = drawWorld({
      measure_scale: 'measure_id | scale_id | national_change_points\n---\nreqol-10 | total | 5',
      referral_record: FROM_2024,
      assessment_score: `
        nhs | assessed_date | score
        ----+---------------+------
        ann | 2024-02-01    | 10
        ann | 2024-02-01    | 12
        ann | 2024-06-01    | 20`,
    })
    const { pairs_own, pairs_national } = await modelsOf(world, ['pairs_own', 'pairs_national'])
    expect(pairs_own?.map((row) => [row.pre_score, row.post_score])).toEqual([[20, null]])
    expect(pairs_national?.map((row) => [row.pre_score, row.post_score])).toEqual([[10, 20]])
  })

  it('a score after death or before birth is flagged and in no pair; one of the day of death is neither', async () => {
    const world = drawWorld({
      person_record: `
        nhs | birth_month | death_date
        ----+-------------+-----------
        ann | 1980-06     | 2024-06-01
        bob | 2024-03     |`,
      referral_record: `
        nhs | referral_date
        ----+--------------
        ann | 2024-01-01
        bob | 2024-01-01`,
      assessment_score: `
        nhs | assessed_date | score
        ----+---------------+------
        ann | 2024-02-01    | 10
        ann | 2024-06-01    | 20
        ann | 2024-06-02    | 30
        bob | 2024-02-29    | 10
        bob | 2024-03-01    | 20`,
    })
    await findings(
      world,
      `
      rule_code          | row_number
      -------------------+-----------
      score_after_death  | 4
      score_before_birth | 5`,
    )
    const pairs = (await modelOf(world, 'pairs_own')).map((row) => [row.pre_score, row.post_score])
    expect(pairs).toEqual([
      [10, 20],
      [20, null],
    ])
  })

  it('a score from outside every episode, and one whose referral is in no file, are flagged', async () => {
    const world = drawWorld({
      referral_record: FROM_2024,
      assessment_score: `
        nhs | referral_ref | assessed_date | score
        ----+--------------+---------------+------
        ann |              | 2024-02-01    | 10
        ann |              | 2025-06-01    | 20
            | r9           | 2024-02-01    | 10`,
    })
    await findings(
      world,
      `
      rule_code             | row_number
      ----------------------+-----------
      score_outside_episode | 3
      score_without_person  | 4`,
    )
  })

  it('attended contacts before referral, after leaving and after death are flagged; missed ones are not', async () => {
    const world = drawWorld({
      person_record: 'nhs | death_date\n---\nbob | 2024-05-01',
      referral_record: `
        nhs | referral_ref | referral_date | discharge_date
        ----+--------------+---------------+---------------
        ann | r1           | 2024-02-01    | 2024-04-30
        ann | r2           | 2024-06-01    |
        bob | r3           | 2024-02-01    |`,
      contact_record: `
        nhs | referral_ref | contact_date | attendance
        ----+--------------+--------------+---------------
        ann | r1           | 2024-02-01   | attended
        ann | r1           | 2024-01-31   | attended
        ann | r1           | 2024-04-30   | attended
        ann | r1           | 2024-05-01   | attended
        ann | r1           | 2024-05-02   | did_not_attend
        ann |              | 2024-05-15   | attended
        ann |              | 2024-01-15   | attended
        bob |              | 2024-05-02   | attended`,
    })
    await findings(
      world,
      `
      rule_code               | row_number | month
      ------------------------+------------+--------
      contact_after_death     | 9          | 2024-05
      contact_after_discharge | 5          | 2024-05
      contact_before_referral | 3          | 2024-01
      contact_before_referral | 8          | 2024-01`,
    )
  })

  it('a stay that begins before an earlier one has ended is flagged, and its days count once', async () => {
    const world = drawWorld({
      referral_record: 'nhs | referral_date\n---\nann | 2024-01-01',
      service_event: `
        nhs | event_type                | start_date | end_date
        ----+---------------------------+------------+-----------
        ann | admission_mental_health   | 2024-02-01 | 2024-02-11
        ann | admission_mental_health   | 2024-02-06 | 2024-02-16
        ann | admission_mental_health   | 2024-02-16 | 2024-02-20
        ann | admission_out_of_area     | 2024-02-19 | 2024-02-21
        ann | admission_physical_health | 2024-02-05 | 2024-02-07`,
    })
    await findings(
      world,
      `
      rule_code         | row_number
      ------------------+-----------
      overlapping_stays | 3
      overlapping_stays | 5`,
    )
    const days = (await modelOf(world, 'int_stays_merged'))
      .filter((row) => row.event_type === 'admission_mental_health')
      .map((row) => (row.end_day as number) - (row.start_day as number))
    expect(days).toEqual([19]) // 1 to 20 February, not 10 + 10 + 4
  })

  it('one person with two months of birth, and one local identifier with two NHS numbers, are flagged in every row', async () => {
    const world = drawWorld({
      person_record: `
        nhs | local | birth_month | file_id
        ----+-------+-------------+--------
        ann |       | 1980-06     | 1
        ann |       | 1980-07     | 2
        bob |       | 1990-01     | 1
        bob |       | 1990-01     | 2
        cat | x1    | 1970-01     | 1
        dan | x1    | 1971-01     | 1
            | x1    |             | 1`,
    })
    await findings(
      world,
      `
      rule_code                     | file_id | row_number
      ------------------------------+---------+-----------
      birth_dates_differ            | 1       | 2
      birth_dates_differ            | 2       | 3
      local_id_with_two_nhs_numbers | 1       | 6
      local_id_with_two_nhs_numbers | 1       | 7`,
    )
  })

  it.each([
    [65_535, []],
    [65_536, ['sheet_full']],
    [65_537, []],
    [1_048_575, []],
    [1_048_576, ['sheet_full']],
  ])('a sheet of %i rows: %j', async (rows, expected) => {
    const world = drawWorld({ import_file: `file_id | n_physical_lines\n---\n1 | ${rows}` })
    expect((await modelOf(world, 'dq_findings')).map((row) => row.rule_code)).toEqual(expected)
  })

  it('a doubt from the door keeps its row, with the team and measure of the form it is about', async () => {
    const world = drawWorld({
      referral_record: FROM_2024,
      assessment_score: 'nhs | team | assessed_date | score\n---\nann | north | 2024-02-01 | 10',
      flagged_row: `
        file_id | row_number | fault_number | code            | expected
        --------+------------+--------------+-----------------+---------
        3       | 2          | 1            | total_disagrees | x
        3       | 2          | 2            | total_disagrees | x
        2       | 9          | 1            | age_unlikely    | x`,
    })
    await findings(
      world,
      `
      rule_code       | file_id | row_number | team  | measure_id
      ----------------+---------+------------+-------+-----------
      age_unlikely    | 2       | 9          |       |
      total_disagrees | 3       | 2          | north | reqol-10`,
    )
  })
})

describe('a team that codes its answers unlike the others', () => {
  const form = (team: string, items: string, nth: number) => `ann | dialog | ${team} | ${items} | 2024-02-${10 + nth}`
  /** Teams of as many DIALOG forms; those of `north` as given, and so many of the others’ with a 1 and a 7. */
  function teams(north: readonly string[], sevens = 12, more: Parameters<typeof drawWorld>[0] = {}): World {
    const rows = north.flatMap((items, nth) => [
      form('north', items, nth % 10),
      form('south', nth < sevens ? '1,7' : '3,4', nth % 10),
    ])
    return drawWorld({
      answer_range: 'measure_id | lowest | highest\n---\ndialog | 1 | 7',
      assessment_record: `nhs | measure_id | team | items | assessed_date\n---\n${rows.join('\n')}`,
      ...more,
    })
  }
  const repeat = (times: number, items: string) => Array.from({ length: times }, () => items)
  const suspected = async (world: World) =>
    (await modelOf(world, 'dq_team_codings')).filter((row) => row.is_suspected === 1).map((row) => row.team)

  it.each([
    ['24 forms without a 7, where half of the others’ have one', repeat(24, '1,6'), 12, ['north']],
    ['the same, but one form has a 7', [...repeat(23, '1,6'), '1,7'], 12, []],
    ['the others lead to expect seven', repeat(24, '1,6'), 7, ['north']],
    ['the others lead to expect six', repeat(24, '1,6'), 6, []],
    ['20 forms without a 7', repeat(20, '1,6'), 12, ['north']],
    ['19 forms without a 7: too few to say', repeat(19, '1,6'), 12, []],
    ['never the lowest answer: coded one too high', repeat(24, '2,7'), 12, ['north']],
    ['17 and 71 are no 7', repeat(24, '1,17,71'), 12, ['north']],
  ])('%s', async (_, north, sevens, expected) => {
    expect(await suspected(teams(north, sevens))).toEqual(expected)
  })

  it('where there are no others, a tenth of its rows held back for answers out of range is enough', async () => {
    const alone = (held: number) =>
      drawWorld({
        answer_range: 'measure_id | lowest | highest\n---\ndialog | 1 | 7',
        assessment_record: `nhs | measure_id | team | items | assessed_date\n---\n${repeat(24, 'ann | dialog | north | 1,6 | 2024-02-01').join('\n')}`,
        quarantine_row: `file_id | row_number | fault_number | code | expected\n---\n${Array.from({ length: 10 }, (_, nth) => `1 | ${100 + nth} | 1 | ${nth < held ? 'answer_out_of_range' : 'not_a_date'} | x`).join('\n')}`,
      })
    expect(await suspected(alone(0))).toEqual([])
    expect(await suspected(alone(1))).toEqual(['north'])
  })

  it('its scores are flagged and in no pair, until the project confirms the coding', async () => {
    const scored = (confirmed: string) =>
      teams(repeat(24, '1,6'), 12, {
        referral_record: 'nhs | referral_date\n---\nbea | 2024-01-01',
        assessment_score: `
          assessment_id | nhs | team  | measure_id | scale_id | items | assessed_date | score
          --------------+-----+-------+------------+----------+-------+---------------+------
          101           | bea | north | dialog     | sqol     | 2,6   | 2024-02-01    | 3
          102           | bea | south | dialog     | sqol     | 1,7   | 2024-03-01    | 4
          103           | bea | south | dialog     | sqol     | 1,7   | 2024-04-01    | 5`,
        confirmed_coding: `service_code | measure_id | team\n---\n${confirmed}`,
      })
    const pairsOf = async (world: World) =>
      (await modelOf(world, 'pairs_own')).map((row) => [row.pre_score, row.post_score])
    expect(await pairsOf(scored('oats | dialog | west'))).toEqual([[4, 5]])
    expect((await modelOf(scored('oats | dialog | west'), 'dq_findings')).map((row) => row.rule_code)).toEqual([
      'team_coding_differs',
    ])
    expect(await pairsOf(scored('oats | dialog | north'))).toEqual([[3, 5]])
  })
})

describe('the list of rules', () => {
  it('says of each rule once what it is, what it does and what to do', () => {
    expect(new Set(QUALITY_RULES.map((it) => it.code)).size).toBe(QUALITY_RULES.length)
    for (const { found, consequence, remedy } of QUALITY_RULES) {
      expect(found).toMatch(/^[A-Z].*[^.]$/)
      expect(consequence).toMatch(/^[A-Z].*\.$/)
      expect(remedy).toMatch(/^[A-Z].*\.$/)
    }
  })
})
