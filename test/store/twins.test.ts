import fc from 'fast-check'
import { expect, it } from 'vitest'
import { armsSlowly } from './twins/arms.ts'
import { datedSlowly } from './twins/dated-assessments.ts'
import { teamsOf, tellCareStory } from './twins/episodes.ts'
import { flowsSlowly } from './twins/flows.ts'
import { helpWantedSlowly } from './twins/help-wanted.ts'
import { monthsSlowly } from './twins/months.ts'
import { pairsNationalSlowly, pairsOwnSlowly } from './twins/pairs.ts'
import { pairsComparedSlowly } from './twins/pairs-compared.ts'
import { linkIdentities } from './twins/people.ts'
import { profilesSlowly, sideBySideSlowly, talkingTherapiesSlowly } from './twins/profiles.ts'
import { qualitySlowly } from './twins/quality.ts'
import { riskSlowly } from './twins/risk.ts'
import { isFileSuperseded, standingWorld, submittedSlowly } from './twins/submissions.ts'
import { timepointsSlowly } from './twins/timepoints.ts'
import { eventsOf, usageSlowly } from './twins/usage.ts'
import { utilitiesSlowly } from './twins/utilities.ts'
import { modelsOf, sorted, type World } from './world.ts'
import { worlds } from './worlds.ts'

/** Rows that have to be compared of each model, over all worlds: an agreement of next to nothing would show nothing. */
const LEAST_ROWS = 60

const RUNS = { seed: 20_260_331, numRuns: 120 }

it('people, episodes, pairs by either rule, use of services and cross-checks agree with their slow, obvious versions on any small world', async () => {
  const nRows: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(worlds(), async (world) => {
      const expected = slowly(world)
      const found = await modelsOf(world, Object.keys(expected))
      for (const [name, rows] of Object.entries(expected)) {
        nRows[name] = (nRows[name] ?? 0) + rows.length
        expect({ [name]: found[name] }).toEqual({ [name]: sorted(rows) })
      }
    }),
    RUNS,
  )
  expect(Object.entries(nRows).filter(([, n]) => n < LEAST_ROWS)).toEqual([])
})

function slowly(loaded: World): Record<string, object[]> {
  const world = standingWorld(loaded)
  const submitted = submittedSlowly(loaded)
  return {
    stg_rows_submitted: [
      ...loaded.submission_row.map((row) => ({
        file_id: row.file_id,
        row_number: row.row_number,
        submission_order: submitted(row)?.submission_order,
        is_superseded: submitted(row)?.is_superseded === true ? 1 : 0,
      })),
      ...loaded.import_row
        .filter((row) => row.outcome === 'loaded' && isFileSuperseded(loaded, row) && submitted(row) === null)
        .map(({ file_id, row_number }) => ({ file_id, row_number, submission_order: null, is_superseded: 1 })),
    ],
    stg_assessments_dated: datedSlowly(world),
    int_assessments_undated: datedSlowly(world)
      .filter((it) => it.undated_reason !== null)
      .map(
        ({ assessment_id, file_id, row_number, service_code, team, measure_id, supplied_scale, undated_reason }) => ({
          ...{ assessment_id, file_id, row_number, service_code, team, measure_id, supplied_scale, undated_reason },
        }),
      ),
    int_identities_linked: [...linkIdentities(world)].map(([identity_key, person_key]) => ({
      identity_key,
      person_key,
    })),
    stg_referral_teams: [...new Set(world.referral_team.map((it) => `${it.service_code} ${it.referral_ref}`))].map(
      (key) => {
        const [service_code = '', referral_ref = ''] = key.split(' ')
        return { service_code, referral_ref, ...teamsOf({ service_code, referral_ref }, world) }
      },
    ),
    int_events_resolved: eventsOf(world, tellCareStory(world)).map((it) => ({
      event_id: it.event_id,
      person_key: it.person_key,
      event_type: it.event_type,
      start_day: it.start_day,
      end_day: it.end_day,
    })),
    episodes: tellCareStory(world).episodes,
    pairs_own: pairsOwnSlowly(world),
    pairs_national: pairsNationalSlowly(world),
    pairs_compared: pairsComparedSlowly(world),
    pairs_help_wanted: helpWantedSlowly(world),
    episode_profiles: profilesSlowly(world),
    person_arms: armsSlowly(world),
    scores_side_by_side: sideBySideSlowly(world),
    utility_scores: utilitiesSlowly(world),
    pairs_talking_therapies: talkingTherapiesSlowly(world),
    risk_transitions: riskSlowly(world),
    ...usageSlowly(world),
    ...monthsSlowly(world),
    ...qualitySlowly(world),
    ...timepointsSlowly(world),
    ...flowsSlowly(world),
  }
}
