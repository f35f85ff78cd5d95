import type { PersonArmRow } from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { tellCareStory } from './episodes.ts'

export function armsSlowly(world: World): PersonArmRow[] {
  const story = tellCareStory(world)
  const { two_arms } = world.settings[0] as World['settings'][number]
  const people = new Map(story.episodes.map((it) => [`${it.person_key} ${it.service_code}`, it]))
  return [...people.values()].map(({ person_key, service_code }) => {
    const arms = story.referrals
      .filter((it) => it.person_key === person_key && it.service_code === service_code)
      .filter((it) => story.episodeOfReferral.has(it.referral_record_id))
      .sort((a, b) => a.referral_day - b.referral_day || a.referral_record_id - b.referral_record_id)
      .flatMap((it) => armOf(it, world) ?? [])
    const first_arm = arms[0] ?? null
    const last_arm = arms.at(-1) ?? null
    const standing = first_arm === null ? 'no_arm' : arms.every((it) => it === first_arm) ? 'one_arm' : 'two_arms'
    const counted = { both: null, first: first_arm, last: last_arm }[two_arms]
    return {
      ...{ person_key, service_code, standing, first_arm, last_arm },
      arm: standing === 'two_arms' ? counted : first_arm,
    }
  })
}

function armOf(referral: World['referral_record'][number], world: World): string | null {
  const rules = world.arm_rule.filter((it) => it.service_code === referral.service_code)
  if (rules.length === 0) return referral.intervention
  return rules.find((it) => referral[it.recorded_in] === it.recorded_as)?.arm ?? null
}
