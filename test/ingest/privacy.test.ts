import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkDigit } from '../../src/domain/nhs-number.ts'
import { openStore } from '../../src/store/open.ts'
import { file, load, profile, pseudonymiser } from './reading-room.ts'

const FULL = profile(`
profile: full
title: Everything an export may hold
reads: csv
date_order: dmy
identity: { nhs_number: NHS Number, local_id: Client ID, provider: RTQ }
left_out: { Notes: free text }
yields:
  - { kind: person, birth_date: DOB, gender: Gender }
  - { kind: referral, referral_ref: Referral ID, team: Team, referral_date: Referred, birth_date: DOB }
  - { kind: contact, contact_ref: Contact ID, contact_date: Seen, attendance: { column: Outcome, codes: { '5': attended }, otherwise: flag } }
  - { kind: event, event_ref: Event ID, event_type: { constant: gp }, start_date: Seen }
  - { kind: score, measure: { constant: phq-9 }, score: PHQ, assessed_date: Seen }
`)

const PEOPLE = Array.from({ length: 60 }, (_, i) => {
  const firstNine = String(401_000_000 + i * 7919)
  const check = checkDigit(firstNine)
  const nhs = `${firstNine}${check ?? 0}`
  return {
    'NHS Number': i % 2 === 0 ? nhs : `${nhs.slice(0, 3)} ${nhs.slice(3, 6)} ${nhs.slice(6)}`,
    'Client ID': `RIO${770_000 + i}`,
    Name: `Zebedee${i} Quarkington${i}`,
    Postcode: `GL${(i % 9) + 1} 4ZQ`,
    DOB: `${String((i % 27) + 1).padStart(2, '0')}/06/19${40 + (i % 50)}`,
    Gender: 'F',
    'Referral ID': `REFNO${990_000 + i}`,
    Team: i % 10 === 9 ? `Team of ${nhs}` : 'OATS',
    Referred: '01/02/2025',
    'Contact ID': `CONNO${880_000 + i}`,
    Seen: '03/02/2025',
    Outcome: i % 7 === 0 ? 'Zebedee cried' : '5',
    'Event ID': `EVNO${660_000 + i}`,
    PHQ: i % 5 === 0 ? `dob ${nhs}` : '12',
    Notes: `Lives with Ermintrude, phone 07700 900${100 + i}`,
  }
})

function planted(): string[] {
  return PEOPLE.flatMap((person) => {
    const digits = person['NHS Number'].replaceAll(' ', '')
    const [day, month, year] = person.DOB.split('/')
    return [
      digits,
      `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`,
      [...digits].reverse().join(''),
      Buffer.from(digits).toString('base64'),
      Buffer.from(digits).toString('hex'),
      person['Client ID'],
      person.Postcode,
      person.DOB,
      `${year}-${month}-${day}`,
      person['Referral ID'],
      person['Contact ID'],
      person['Event ID'],
      ...person.Name.split(' '),
    ]
  }).concat('Ermintrude', 'cried', '07700')
}

describe('nothing that names a person reaches the store', () => {
  it('no planted identifier, name, postcode, date of birth or free text is in any byte of it, rows held back included', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'privacy-'))
    const store = openStore(join(dir, 'store.sqlite'))
    const columns = Object.keys(PEOPLE[0] as object)
    const text = [columns, ...PEOPLE.map((person) => Object.values(person))].map((cells) => cells.join(',')).join('\n')
    const quoted = text.replaceAll(/Lives with [^\n]*/g, (note) => `"${note}"`)
    const { report } = await load(file(`${quoted}\n`, 'clients 943 476 5919.csv'), FULL, { store })
    expect(report.records).toBe(60)
    expect(report.loaded).toBeGreaterThan(20)
    expect(report.quarantined).toBeGreaterThan(10)
    expect(report.columns_left_out).toEqual(['Name', 'Postcode', 'Notes'])
    store.close()

    const bytes = readdirSync(dir).map((name) => readFileSync(join(dir, name)))
    const found = planted().filter((text) =>
      bytes.some((each) => each.includes(text) || each.includes(Buffer.from(text, 'utf16le'))),
    )
    expect(found).toEqual([])
    expect(bytes.some((each) => each.includes('943 476 5919'))).toBe(false)
  })

  it('the same search finds the pseudonym, so it could have found the number', async () => {
    const { store } = await load(
      file(
        'NHS Number,Client ID,DOB,Gender,Referral ID,Team,Referred,Contact ID,Seen,Outcome,Event ID,PHQ\n9434765919,R1,01/01/1990,F,X,OATS,01/02/2025,,,,,\n',
      ),
      FULL,
    )
    const bytes = Buffer.from(store.sqlite.serialize())
    expect(bytes.includes(pseudonymiser.pseudonym('nhs_number', '9434765919'))).toBe(true)
    expect(bytes.includes(pseudonymiser.pseudonym('local_id', 'RTQ:R1'))).toBe(true)
    expect(bytes.includes('9434765919')).toBe(false)
  })

  it('local numbers of two organisations never meet; NHS numbers always do, however they are written', async () => {
    const of = (provider: string) =>
      profile(`
profile: p-${provider.toLowerCase()}
title: P
reads: csv
date_order: dmy
identity: { nhs_number: nhs, local_id: id, provider: ${provider} }
yields: [{ kind: person, gender: gender }]
`)
    const { store } = await load(file('nhs,id,gender\n943 476 5919,1,F\n'), of('RTQ'))
    const { rows } = await load(file('nhs,id,gender\n9434765919,1,F\n'), of('RVN'), { store })
    expect(rows('person_record').map((row) => [row.nhs_identity_key, row.local_identity_key])).toEqual([
      [1, 2],
      [1, 3],
    ])
  })

  it('a carer stays a carer', async () => {
    const carers = profile(`
profile: carers
title: Carers
reads: csv
date_order: dmy
identity: { local_id: id, provider: RTQ }
yields: [{ kind: person, person_type: { constant: carer } }]
`)
    expect((await load(file('id\nC1\n'), carers)).rows('person_record')).toMatchObject([
      { person_type: 'carer', birth_month: null },
    ])
  })
})
