import { describe, expect, it } from 'vitest'
import { onlyDrawn, table } from '../table.ts'
import { drawWorld, modelOf, modelsOf } from './world.ts'

describe('referrals become episodes', () => {
  it('a referral 89 or 90 days after discharge continues the episode; 91 days after, it begins a new one', async () => {
    const world = drawWorld({
      referral_record: `
        nhs     | referral_date | discharge_date | discharge_reason
        --------+---------------+----------------+-----------------
        after89 | 2024-01-01    | 2024-03-01     | first
        after89 | 2024-05-29    | 2024-08-01     | last
        after90 | 2024-01-01    | 2024-03-01     | first
        after90 | 2024-05-30    | 2024-08-01     | last
        after91 | 2024-01-01    | 2024-03-01     | first
        after91 | 2024-05-31    | 2024-08-01     | last`,
    })
    const expected = `
      episode_id | person_key | start_date | end_date   | discharge_reason | n_referrals
      -----------+------------+------------+------------+------------------+------------
      1          | 1          | 2024-01-01 | 2024-08-01 | last             | 2
      3          | 2          | 2024-01-01 | 2024-08-01 | last             | 2
      5          | 3          | 2024-01-01 | 2024-03-01 | first            | 1
      6          | 3          | 2024-05-31 | 2024-08-01 | last             | 1`
    expect(onlyDrawn(await modelOf(world, 'episodes'), expected)).toEqual(table(expected))
  })

  it('counts re-entry from the last discharge of all, and from none while a referral is open', async () => {
    const world = drawWorld({
      referral_record: `
        nhs    | referral_date | discharge_date
        -------+---------------+---------------
        nested | 2024-01-01    | 2024-12-01
        nested | 2024-02-01    | 2024-03-01
        nested | 2025-02-01    | 2025-03-01
        open   | 2024-01-01    |
        open   | 2025-12-01    | 2025-12-31`,
    })
    const expected = `
      episode_id | person_key | end_date   | n_referrals
      -----------+------------+------------+------------
      1          | 1          | 2025-03-01 | 3
      4          | 2          |            | 2`
    expect(onlyDrawn(await modelOf(world, 'episodes'), expected)).toEqual(table(expected))
  })

  it('keeps services apart, and leaves out rejected referrals and carers', async () => {
    const world = drawWorld({
      person_record: `
        nhs   | person_type
        ------+------------
        carer | carer`,
      referral_record: `
        nhs    | service_code | referral_date | rejected_date | discharge_date
        -------+--------------+---------------+---------------+---------------
        ann    | oats         | 2024-01-01    |               | 2024-02-01
        ann    | crisis       | 2024-01-15    |               | 2024-02-15
        ann    | oats         | 2024-02-10    | 2024-02-12    | 2024-02-12
        carer  | oats         | 2024-01-01    |               |`,
    })
    const expected = `
      episode_id | person_key | service_code | n_referrals
      -----------+------------+--------------+------------
      1          | 2          | oats         | 1
      2          | 2          | crisis       | 1`
    expect(onlyDrawn(await modelOf(world, 'episodes'), expected)).toEqual(table(expected))
  })

  it('takes monthly copies of one referral as one, the last read being true', async () => {
    const world = drawWorld({
      referral_record: `
        nhs | file_id | referral_ref | service_code | referral_date | discharge_date
        ----+---------+--------------+--------------+---------------+---------------
        ann | 2       | r1           | oats         | 2024-01-01    | 2024-06-01
        ann | 1       | r1           | oats         | 2024-01-01    |
        ann | 1       |              | oats         | 2024-07-01    |
        bob | 1       | r1           | crisis       | 2024-01-01    |`,
    })
    const expected = `
      referral_record_id | person_key | discharge_date
      -------------------+------------+---------------
      1                  | 1          | 2024-06-01
      3                  | 1          |
      4                  | 2          |`
    const rows = await modelOf(world, 'int_referrals_resolved')
    expect(onlyDrawn(rows, expected)).toEqual(table(expected))
  })

  it('counts contacts in the episode that was open, and takes the first one attended where no referral records it', async () => {
    const world = drawWorld({
      referral_record: `
        nhs | referral_ref | referral_date | first_contact_date | discharge_date
        ----+--------------+---------------+--------------------+---------------
        ann |              | 2024-01-01    |                    | 2024-06-01
        bob | r2           | 2024-01-01    | 2024-01-09         | 2024-06-01`,
      contact_record: `
        nhs | referral_ref | contact_ref | contact_date | attendance
        ----+--------------+-------------+--------------+---------------
        ann |              |             | 2024-01-05   | did_not_attend
        ann |              |             | 2024-01-12   | attended
        ann |              |             | 2024-06-01   | attended
        ann |              |             | 2024-06-02   | attended
            | r2           | c1          | 2024-01-20   | attended
            | r2           | c1          | 2024-01-21   | cancelled_by_patient
            | r2           |             | 2024-09-01   | attended`,
    })
    const expected = `
      episode_id | first_contact_day | n_contacts | n_attended_contacts
      -----------+-------------------+------------+--------------------
      1          | 19734             | 3          | 2
      2          | 19731             | 2          | 1`
    expect(onlyDrawn(await modelOf(world, 'episodes'), expected)).toEqual(table(expected))
  })

  it('a service that supplied scores and no referrals has one open episode a person, from the first score', async () => {
    const world = drawWorld({
      assessment_score: `
        nhs | assessed_date | score
        ----+---------------+------
        ann | 2024-05-01    | 20
        ann | 2024-01-01    | 10
        bob | 2024-01-01    | 7`,
    })
    const { episodes, pairs_own } = await modelsOf(world, ['episodes', 'pairs_own'])
    const expectedEpisodes = `
      episode_id | person_key | start_date | referral_day | end_day | n_referrals | age_at_start
      -----------+------------+------------+--------------+---------+-------------+-------------
      -3         | 2          | 2024-01-01 |              |         | 0           |
      -2         | 1          | 2024-01-01 |              |         | 0           |`
    expect(onlyDrawn(episodes as object[], expectedEpisodes)).toEqual(table(expectedEpisodes))
    const expectedPairs = `
      person_key | pre_score | post_score
      -----------+-----------+-----------
      2          | 7         |
      1          | 10        | 20`
    expect(onlyDrawn(pairs_own as object[], expectedPairs)).toEqual(table(expectedPairs))
  })

  it('takes the age from the month of birth where the referral has none', async () => {
    const world = drawWorld({
      person_record: `
        nhs   | birth_month
        ------+------------
        april | 2000-04
        may   | 2000-05
        june  | 2000-06`,
      referral_record: `
        nhs   | referral_date | age_at_referral
        ------+---------------+----------------
        april | 2018-05-31    |
        may   | 2018-05-01    |
        june  | 2018-05-31    |
        none  | 2018-05-31    |`,
    })
    expect((await modelOf(world, 'episodes')).map((row) => row.age_at_start)).toEqual([18, 18, 17, null])
  })
})

describe('identifiers become people', () => {
  it('a local identifier takes the NHS number that any record gives it, whichever came first', async () => {
    const world = drawWorld({
      person_record: `
        nhs | local | birth_month
        ----+-------+------------
            | a1    | 1990-01
        ann | a1    |
            | a2    | 1970-01`,
      service_event: `
        nhs | local | start_date
        ----+-------+-----------
        ann | a3    | 2024-01-01
            | a3    | 2024-01-02`,
    })
    const { int_identities_linked, persons, int_events_resolved } = await modelsOf(world, [
      'int_identities_linked',
      'persons',
      'int_events_resolved',
    ])
    // identity keys in the order of meeting: a1, ann, a2, a3
    const expected = `
      identity_key | person_key
      -------------+-----------
      1            | 2
      2            | 2
      3            | 3
      4            | 2`
    expect(int_identities_linked).toEqual(table(expected))
    const expectedPersons = `
      person_key | person_type | birth_month | neurodiversity
      -----------+-------------+-------------+---------------
      2          | patient     | 1990-01     | unknown
      3          | patient     | 1970-01     | unknown`
    expect(onlyDrawn(persons as object[], expectedPersons)).toEqual(table(expectedPersons))
    expect(int_events_resolved?.map((row) => row.person_key)).toEqual([2, 2])
  })

  it('a local identifier with two NHS numbers is joined to neither, and is listed', async () => {
    const world = drawWorld({
      person_record: `
        nhs | local
        ----+------
        ann | a1
        bob | a1
            | a1`,
    })
    const { int_identities_linked, int_identity_conflicts } = await modelsOf(world, [
      'int_identities_linked',
      'int_identity_conflicts',
    ])
    expect(int_identities_linked?.map((row) => row.person_key)).toEqual([1, 2, 3])
    expect(int_identity_conflicts).toEqual([{ local_identity_key: 2, n_nhs_identities: 2 }])
  })

  it('keeps the last stated fact: a later blank does not wipe out an earlier answer', async () => {
    const world = drawWorld({
      person_record: `
        nhs | gender | neurodiversity | moved_date
        ----+--------+----------------+-----------
        ann | female | queried        | 2024-01-01
        ann |        | yes            |
        ann | other  | unknown        |`,
    })
    const expected = `
      gender | neurodiversity | moved_day
      -------+----------------+----------
      other  | yes            | 19723`
    expect(onlyDrawn(await modelOf(world, 'persons'), expected)).toEqual(table(expected))
  })
})
