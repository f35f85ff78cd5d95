import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReportSection } from '../../src/report/document.ts'
import type { RunFacts, ServiceAnalysis } from '../analysis.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { boundsTable, outcomeOf } from './missing-bounds.ts'
import { differencesTable } from './missing-differences.ts'
import { teamTable } from './missing-teams.ts'
import { tippingWords } from './missing-tipping.ts'
import { endStages, flowFigure } from './outcome-flow.ts'
import { courseName } from './release-course.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { timeCourseTable } from './time-course-table.ts'

/** Who has no score at each stage, how they differ, and whether they could overturn the result. None where nothing was measured. */
export function missingSection(
  gate: Gate,
  facts: RunFacts,
  { courses }: Pick<ServiceAnalysis, 'courses'>,
  outcomes: readonly ReleasedOutcome[],
): ReportSection[] {
  const [course] = courses
  const main = course === undefined ? undefined : outcomeOf(course, outcomes)
  if (course === undefined || main === undefined) return []
  return [
    {
      id: 'missing',
      title: say`Who is missing`,
      lead: say`${missingLead(gate, course, main)} ${tippingWords(gate, course, main)}`,
      figures: [flowFigure(gate, course, main)],
      tables: [
        boundsTable(gate, courses, outcomes),
        ...differencesTable(gate, course),
        ...(course.flow.length > 1 ? [teamTable(gate, course)] : []),
        ...timeCourseTable(gate, course),
      ],
      notes: [
        say`Score at the end: the last one no more than ${gate.fact(facts.end_score_days)} days before the episode ended, or up to ${gate.fact(facts.assessment_days_after_end)} days after it.`,
      ],
    },
  ]
}

function missingLead(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): ReleasedText {
  const { ended, end } = endStages(gate, course)
  const start = say`Of ${main.eligible} episodes eligible for ${courseName(gate, course)}, ${main.baseline} have a first score and ${main.paired} a second one.`
  if (ended.value === 0)
    return say`${start} No episode with a first score has ended, so nobody has a score at the end yet.`
  return say`${start} Of ${ended} with a first score whose episode ended, ${end} have a score near the end.`
}
