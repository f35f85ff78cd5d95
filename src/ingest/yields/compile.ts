import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import { compileAggregate } from './aggregate.ts'
import { compileAnonymousScore } from './anonymous-score.ts'
import { compileAssessment } from './assessment.ts'
import { compileCareActivity } from './care-activity.ts'
import { compileCluster } from './cluster.ts'
import { compileCodeList } from './code-list.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { compileContact } from './contact.ts'
import { compileEvent } from './event.ts'
import { compileItem } from './item.ts'
import { compilePerson } from './person.ts'
import { compileReferral } from './referral.ts'
import { compileReferralTeam } from './referral-team.ts'
import { compileRiskRating } from './risk-rating.ts'
import { compileScore } from './score.ts'
import { compileSubmission } from './submission.ts'

/** Every part a profile reads from a record; the referral first, because the other parts of the record may belong to it. */
export function compileYields(yields: readonly Yield[], columns: Columns): readonly CompiledYield[] {
  const referralFirst = [...yields].sort((a, b) => Number(b.kind === 'referral') - Number(a.kind === 'referral'))
  return referralFirst.map((parts) => compileYield(parts, columns))
}

function compileYield(parts: Yield, columns: Columns): CompiledYield {
  switch (parts.kind) {
    case 'person':
      return compilePerson(parts, columns)
    case 'referral':
      return compileReferral(parts, columns)
    case 'contact':
      return compileContact(parts, columns)
    case 'event':
      return compileEvent(parts, columns)
    case 'assessment':
      return compileAssessment(parts, columns)
    case 'score':
    case 'coded_score':
      return compileScore(parts, columns)
    case 'item':
      return compileItem(parts, columns)
    case 'aggregate':
      return compileAggregate(parts, columns)
    case 'code_list':
      return compileCodeList(parts, columns)
    case 'care_activity':
      return compileCareActivity(parts, columns)
    case 'cluster':
      return compileCluster(parts, columns)
    case 'risk_rating':
      return compileRiskRating(parts, columns)
    case 'referral_team':
      return compileReferralTeam(parts, columns)
    case 'anonymous_score':
      return compileAnonymousScore(parts, columns)
    case 'submission':
      return compileSubmission(parts, columns)
  }
}
