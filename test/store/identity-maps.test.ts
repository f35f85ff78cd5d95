import { expect, it } from 'vitest'
import { table } from '../table.ts'
import { drawWorld, modelOf } from './world.ts'

/** Keys in the order of meeting: a1, b1, a2, b2, a3, b3, c3, ann, a4, b4. */
const PEOPLE = `
  nhs | local
  ----+------
      | a1
      | b1
      | a2
      | b2
      | a3
      | b3
      | c3
  ann | a4
      | b4`

it.each([
  [
    'a map joins two local identifiers; the first met stands for the person',
    'local:b1 | local:a1',
    { 1: 1, 2: 1, 4: 4 },
  ],
  [
    'where one identifier has two partners, it is joined to neither',
    `local:a2 | local:b2
     local:a2 | local:b3`,
    { 3: 3, 4: 4, 6: 6 },
  ],
  [
    'where two have one partner, neither is joined to it',
    `local:a2 | local:b2
     local:a3 | local:b2`,
    { 3: 3, 4: 4, 5: 5 },
  ],
  [
    'maps join step by step, by way of an identifier that no record has',
    `local:a3 | local:nowhere
     local:nowhere | local:c3`,
    { 5: 5, 7: 5 },
  ],
  ['a partner takes the NHS number of the other', 'local:b4 | local:a4', { 9: 8, 10: 8 }],
])('%s', async (_title, pairs, expected) => {
  const world = drawWorld({
    person_record: PEOPLE,
    identity_map: `
      local_pseudonym | other_pseudonym
      ----------------+----------------
      ${pairs}`,
  })
  const linked = await modelOf(world, 'int_identities_linked')
  const people = Object.fromEntries(linked.map((row) => [row.identity_key, row.person_key]))
  expect(people).toMatchObject(expected)
})

it('two local identifiers that a map gives one unseen NHS number are one person', async () => {
  const world = drawWorld({
    person_record: PEOPLE,
    identity_map: `
      local_pseudonym | other_pseudonym | other_kind
      ----------------+-----------------+-----------
      local:a1        | nhs:unseen      | nhs_number
      local:b2        | nhs:unseen      | nhs_number
      local:a4        | nhs:unseen      | nhs_number`,
  })
  const linked = await modelOf(world, 'int_identities_linked')
  const expected = table(`
    identity_key | person_key
    -------------+-----------
    1            | 1
    4            | 1
    9            | 9`)
  expect(linked.filter((row) => [1, 4, 9].includes(row.identity_key as number))).toEqual(expected)
})
