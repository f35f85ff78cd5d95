import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { timepointWords } from './release-course.ts'
import { intervalCell, table } from './text.ts'

/** Every score in one model beside the plain means of those who have one. None where nobody has a later score. */
export function timeCourseTable(gate: Gate, course: CourseAnalysis): ReleasedTable[] {
  const { time_course: it, measure_name } = course
  if (it.reason !== null || it.timepoints.length === 0) return []
  return [
    table(
      gate,
      'time-course',
      `Improvement since the first ${measure_name} score, at every time point`,
      [
        ['label', 'Time point', 'text'],
        ['n', 'Scores', 'count'],
        ['plain', 'Of those with a score then, points', 'number'],
        ['model', 'Mixed model of every score, points', 'number'],
        ['range', '95% interval', 'text'],
      ],
      it.timepoints.map((point) => {
        const value = (number: number | null) => gate.statistic(number, { n: point.n_scores, decimals: 1 })
        const [low, high] = [value(point.improvement_ci95?.[0] ?? null), value(point.improvement_ci95?.[1] ?? null)]
        return {
          label: timepointWords(gate, point),
          n: gate.count(point.n_scores),
          plain: value(point.completers_improvement),
          model: value(point.improvement),
          range: intervalCell(low, high),
        }
      }),
      [
        it.random === 'slope'
          ? say`Mixed model: a level and a slope of each person’s own, by restricted maximum likelihood, with Satterthwaite’s degrees of freedom. It uses people with one score too, and is right if those who are missing fare like others with the same scores so far.`
          : say`Mixed model: a level of each person’s own, by restricted maximum likelihood, with Satterthwaite’s degrees of freedom. It uses people with one score too, and is right if those who are missing fare like others with the same scores so far.`,
        say`In simulations of 15 to 100 people its 95% intervals held the truth 92% to 95% of the time: 92% to 94% where scores were very skewed. Positive is better.`,
      ],
    ),
  ]
}
