import { expect, it } from 'vitest'
import { bundledProfiles } from '../../src/ingest/find-profile.ts'
import { profilePage } from '../../src/ingest/profile-page.ts'
import { cautions, yieldWords } from '../../src/ingest/profile-words.ts'
import { bundled } from './reading-room.ts'

it('the page of profiles in docs is what the profiles say', async () => {
  const profiles = [...bundledProfiles().values()].map(({ profile }) => profile)
  await expect(profilePage(profiles)).toMatchFileSnapshot('../../docs/profiles.md')
})

it('where an export numbers its answers otherwise, the range as written is said, and what is done about it', () => {
  expect(cautions(bundled('qualtrics-pcl5').profile)[0]).toBe(
    'pcl-5: answers are written 1-5 for 0-4; 1 is taken from every one.',
  )
  expect(cautions(bundled('dialog-plus-app-0-6').profile)[0]).toBe(
    'dialog: answers are written 0-6 for 1-7; 1 is added to every one.',
  )
  expect(cautions(bundled('qualtrics-pcl5-0-4').profile).join()).not.toContain('written')
})

it('says what is read, each thing once', () => {
  expect(yieldWords(bundled('rio-wide-forms').profile)).toEqual([
    'reqol-10 (10 answers, total)',
    'dialog (11 answers)',
    'gbo (3 answers)',
  ])
  expect(yieldWords(bundled('somerset-case-audit').profile)).toEqual(['people', 'referrals', 'reqol-10 (total)'])
})
