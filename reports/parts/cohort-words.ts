import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReportDocument } from '../../src/report/document.ts'
import { type EventType, eventLabel } from '../../src/usage/event-types.ts'
import type { FileAccount, RunFacts } from '../analysis.ts'
import { accountWords } from './account-words.ts'
import { savedCohortWords } from './saved-cohorts.ts'
import { dateInWords, inSentence, join } from './text.ts'

/** From when to when the data run. */
export function dataPeriod(gate: Gate, facts: RunFacts): ReleasedText {
  const end = dateInWords(gate, facts.data_end)
  return facts.data_start === null ? say`to ${end}` : say`${dateInWords(gate, facts.data_start)} to ${end}`
}

/** What a report says of its making. */
export function generatedFrom(
  gate: Gate,
  facts: RunFacts,
  files: readonly FileAccount[],
): ReportDocument['generated_from'] {
  const software = gate.label(facts.software)
  return {
    data_period: dataPeriod(gate, facts),
    software,
    account: accountWords(gate, files),
    opt_outs: optOutWords(gate, facts),
  }
}

function optOutWords(gate: Gate, { opt_out_list_date: date }: RunFacts): ReleasedText {
  return date === null
    ? say`No National Data Opt-Out list was supplied, so nobody was left out for one.`
    : say`People on the National Data Opt-Out list of ${dateInWords(gate, date)} are left out of every number.`
}

/** Who is counted as an outcome, in words. */
export function outcomeCohort(gate: Gate, facts: RunFacts): readonly ReleasedText[] {
  const days = (n: number) => gate.fact(n)
  return [
    say`Patients with an accepted referral, in data from ${dataPeriod(gate, facts)}. Carers and rejected referrals are left out.`,
    say`A new referral within ${days(facts.reentry_days)} days of leaving continues the same episode.`,
    say`A measure counts from the day the service first used it. The first valid score of the episode is compared with the last one at least ${days(facts.min_pair_days)} days later.`,
    say`A form belongs to the episode its referral names; otherwise to the one open when it was filled in, or within ${days(facts.assessment_days_before_start)} days before or ${days(facts.assessment_days_after_end)} days after.`,
    facts.min_contacts === 0
      ? say`Nobody is left out for attending too few times.`
      : say`Episodes with fewer than ${days(facts.min_contacts)} attended contacts are left out of outcomes, where contacts were supplied.`,
    ...savedCohortWords(gate, facts),
  ]
}

/** Who is counted in the comparison of service use, in words. */
export function usageCohort(gate: Gate, facts: RunFacts): readonly ReleasedText[] {
  const index = indexWords(gate, facts)
  return [
    say`Everyone whose ${index} falls in the data from ${dataPeriod(gate, facts)}: their first episode in the service.`,
    say`Service use is compared ${gate.fact(facts.window_months)} calendar months before and after the ${index}. The joining day belongs to after.`,
    say`Time is counted only while it could be observed: from the start of recording, and until death, a move away or the end of the data. Rates are per person-year of such time.`,
    overlapWords(gate, facts),
    say`Kinds of service use whose extracts were not supplied are not known, and are left out rather than counted as none.`,
  ]
}

/** The event that parts before from after, in a sentence. */
export function indexWords(gate: Gate, { index_event, start_contact }: RunFacts, event = index_event): ReleasedText {
  switch (event) {
    case 'referral':
      return say`referral or self-referral`
    case 'self_referral':
      return say`self-referral`
    case 'first_contact':
      return say`first attendance`
    case 'first_attendance':
      return say`first attended contact in the list of contacts`
    case 'start':
      return say`start of therapy, taken as attended contact number ${gate.fact(start_contact)}`
  }
}

function overlapWords(gate: Gate, { overlap }: RunFacts): ReleasedText {
  if (overlap.length === 0) return say`Every event counts, also where several tell of the same crisis.`
  const names = (types: readonly EventType[]) =>
    join(
      types.map((it) => gate.label(inSentence(eventLabel(it)))),
      ', ',
    )
  const rules = overlap.map(({ keep, merge, days_later }) => {
    const when = days_later === 0 ? say`on the same day` : say`on that day or up to ${gate.fact(days_later)} later`
    return say`${names(merge)} in ${names(keep)} ${when}`
  })
  return say`Events that tell of one crisis count once, where both kinds were supplied: ${join(rules, '; ')}. Events are known by day, not by hour.`
}
