import { afterAll, describe, expect, it } from 'vitest'
import { rememberedProfile, rememberProfile } from '../../pipelines/confirmed-profiles.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { CliRoom } from './cli-room.ts'

const room = new CliRoom()
afterAll(() => room.leave())

const GAD = `profile: our-gad
title: Our GAD-7
reads: csv
date_order: dmy
identity: { local_id: Client, provider: RXX }
yields: [{ kind: assessment, measure: { constant: gad-7 }, assessed_date: Done, total: Score }]
`
const file = (name: string, text: string) => examineFile(`${room.dir}/${room.put(name, text)}`)

describe('a profile confirmed once', () => {
  it('is used for every later file with the same headings, in any order and case, and for no other', async () => {
    await rememberProfile(await file('may.csv', 'Client,Done,Score\nA,01/05/2025,9\n'), room.dir, 'our-gad', GAD)
    const june = await rememberedProfile(await file('june.csv', 'done,SCORE,client\n02/06/2025,8,A\n'), room.dir)
    expect(june?.profile.profile).toBe('our-gad')
    expect(await rememberedProfile(await file('more.csv', 'Client,Done,Score,New\nA,,,\n'), room.dir)).toBe(null)
    await room.type(['ingest', 'june.csv'])
    expect((await room.json('ingest', 'june.csv')).files).toMatchObject([{ profile: 'our-gad', loaded: 1 }])
  })

  it('is what a run of the project reads with, where the project names no profile', async () => {
    room.put('exports/july.csv', 'Client,Done,Score\nB,05/07/2025,12\nB,05/11/2025,4\n')
    room.contents()
    const told = await room.type(['ingest', 'exports/july.csv'])
    expect(told.err).toMatch(
      /july\.csv: read with the profile our-gad, confirmed in this project for the same headings/,
    )
  })

  it('is never replaced by another of the same name, and its files hold headings’ fingerprints only', async () => {
    const may = await file('may.csv', 'Client,Done,Score\nA,01/05/2025,9\n')
    await expect(rememberProfile(may, room.dir, 'our-gad', GAD.replace('dmy', 'mdy'))).rejects.toThrow(
      /already has a profile called our-gad/,
    )
    const kept = room.contents()
    expect(kept['profiles/our-gad.yaml']).toBe(GAD)
    expect(kept['profiles/fingerprints.json']).toMatch(/^\{\s+"[0-9a-f]{64}": "our-gad"\s+\}\n$/)
  })

  it('an index that names a profile which is gone is refused, with what to do', async () => {
    room.put('lost/profiles/fingerprints.json', `{ "${'a'.repeat(64)}": "gone" }`)
    const may = await file('may.csv', 'Client,Done,Score\nA,01/05/2025,9\n')
    await expect(rememberedProfile(may, `${room.dir}/lost`)).rejects.toThrow(/names profiles\/gone\.yaml, which is not/)
  })
})
