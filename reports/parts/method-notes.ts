import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { GlossaryEntry, MethodNote } from '../../src/report/document.ts'
import type { OutcomeAnalysis } from '../analysis.ts'
import { evidenceWords } from './evidence-words.ts'
import { scaleWords } from './measure-words.ts'

/** Thresholds of the measures reported, each with its source and how far it may be relied on. */
export function thresholdNotes(gate: Gate, outcomes: readonly OutcomeAnalysis[]): readonly MethodNote[] {
  return outcomes.flatMap((it) => {
    const { categories, recovery } = it.summary
    const title = gate.label(scaleWords(it.measure_name, it.scale_id, it.scale_label))
    if (categories === null)
      return [
        {
          title,
          text: say`No reliable change threshold is published that could be confirmed: change is described, not classified.`,
        },
      ]
    const { points, status, source } = categories.reliable_change
    const change = say`Reliable change from ${gate.fact(points)} points (${gate.label(evidenceWords(status))}).`
    return [
      {
        title,
        text:
          recovery === null
            ? change
            : say`${change} A case is ${recovery.cutoff.case_when === 'below' ? 'below' : 'at or above'} ${gate.fact(recovery.cutoff.value)} (${gate.label(evidenceWords(recovery.cutoff.status))}).`,
        source: gate.label([...new Set([source, recovery?.cutoff.source ?? source])].join('; cut-off: ')),
      },
    ]
  })
}

export const CHANGE_METHODS: readonly MethodNote[] = [
  {
    title: say`Mean improvement`,
    text: say`Paired t, 95% interval; d is the mean improvement divided by the standard deviation of first scores, dz by that of the differences, with noncentral-t intervals. Wilcoxon’s signed rank test stands beside them.`,
    source: say`Lakens 2013; Algina and Keselman 2003; Wilcoxon 1945`,
  },
  {
    title: say`Reliable change`,
    text: say`A change of at least the threshold of the measure, in either direction; a change equal to it counts. Intervals of percentages are Wilson’s.`,
    source: say`Jacobson and Truax 1991; Wilson 1927`,
  },
  {
    title: say`Who is missing`,
    text: say`People without a second score may have done better or worse. The shares “if all missing did not improve” and “if all missing did” are the ends between which the truth lies.`,
  },
]

export const USAGE_METHODS: readonly MethodNote[] = [
  {
    title: say`Rate ratio`,
    text: say`Events after divided by person-years after, over the same before. The interval treats the person as the unit: one person is left out at a time (jackknife), with t on n − 1 degrees of freedom; the exact conditional interval beside it holds only for independent events. Five other methods stand in the appendix.`,
    source: say`Tukey 1958; Efron 1982 (jackknife); Zeger and Liang 1986 (clustered variance); Clopper and Pearson 1934 (exact)`,
  },
  {
    title: say`Bed days`,
    text: say`Stays are split by day at the edges of the window. The day of discharge is not counted, a stay still open counts to the end of the data, overlapping stays count once.`,
    source: say`NHS England, MHSDS monthly statistics: bed days in the period`,
  },
  {
    title: say`Regression to the mean`,
    text: say`The before year is compared as it is and with its last one, three and six months left out, and its last three months are tested against the nine before them. Where the data reach back so far, the year before that year takes its place, and each person’s own use in it tells what to expect (empirical Bayes). Placebo dates and the method of Mee and Chua stand beside it.`,
    source: say`Barnett, van der Pols and Dobson 2005; Linden 2013; Mee and Chua 1991; Robbins 1956 (empirical Bayes)`,
  },
]

export const COST_METHODS: readonly MethodNote[] = [
  {
    title: say`Cost`,
    text: say`Events or bed days times a unit cost brought to one price year. What has no unit cost is named and left out. The interval resamples people, each with their own costs before and after; above 5,000 people it is the normal interval, which agrees there.`,
    source: say`Drummond and others, Methods for the Economic Evaluation of Health Care Programmes; Barber and Thompson 2000`,
  },
  {
    title: say`Break-even share`,
    text: say`The service’s own cost divided by the fall in cost: the part of the fall that would have to be the service’s doing for it to cover its own cost.`,
  },
]

export const GLOSSARY: readonly GlossaryEntry[] = [
  { term: say`Episode`, meaning: say`One person’s time in one service.` },
  { term: say`Paired`, meaning: say`Having a first and a later score of the same measure in the same episode.` },
  { term: say`95% interval`, meaning: say`The range of values that fit the data; a wide one means little is known.` },
  { term: say`Person-year`, meaning: say`One person observed for a year, or two for six months each.` },
  {
    term: say`Rate ratio`,
    meaning: say`The rate after joining divided by the rate before: 1 is no difference, 0.5 is half.`,
  },
  {
    term: say`Regression to the mean`,
    meaning: say`People join at their worst, so things look better afterwards whatever is done.`,
  },
  {
    term: say`Exact interval, dispersion`,
    meaning: say`An interval that takes every event to be independent; dispersion says how far that is from true (1: true; larger: a few people have most of the events).`,
  },
  { term: say`*`, meaning: say`A small number withheld so that nobody can be recognised. It is not zero.` },
]

export const OVER_TIME_METHODS: readonly MethodNote[] = [
  {
    title: say`Over time (XmR)`,
    text: say`Mean ± 2.66 × mean moving range. A point is flagged outside a limit, among 7 in a row on one side of the mean, among 7 in a row rising or falling, or as one of 2 in 3 near a limit. Nothing is screened out and no new mean starts by itself; below 13 points the limits are on trial.`,
    source: say`NHS England, Making Data Count, with the two-of-three rule of November 2023`,
  },
  {
    title: say`Before and after a declared change`,
    text: say`Segmented regression: a straight line before, a jump at the first whole period from the change on, and another slope after it. Newey–West standard errors from 12 points, with the lag that is printed; least squares below; nothing with fewer than 3 points on either side.`,
    source: say`Newey and West 1987; Turner and others 2021`,
  },
  {
    title: say`Rare events`,
    text: say`g chart: mean ± 3 √(mean (mean + 1)), centre 0.693 × mean. t chart: XmR limits of the times to the power 1/3.6, turned back. Chosen where more than half the months have no event.`,
    source: say`Benneyan 2001; Provost and Murray 2011; Nelson 1994`,
  },
]

export const SERVICES_METHODS: readonly MethodNote[] = [
  {
    title: say`Adjusted change`,
    text: say`Analysis of covariance: improvement on service and first score; each service’s mean at the mean first score of all. Its standard error lets people’s change spread differently in different services. Not done with fewer than 10 people for each service and each thing adjusted for.`,
    source: say`MacKinnon and White 1985; Bell and McCaffrey 2002`,
  },
  {
    title: say`Services together, and a new one`,
    text: say`Random effects: the spread between services by restricted maximum likelihood, the interval of the mean by Hartung and Knapp, the prediction interval with t on k − 2. Shrunken estimates are empirical Bayes, and their intervals allow for the spread being estimated. In simulations the prediction interval held a new service 86% to 90% of the time, not 95%, where 5 to 20 services differ little; the intervals of the mean and of the shrunken estimates 91% and more.`,
    source: say`Hartung and Knapp 2001; Higgins, Thompson and Spiegelhalter 2009; Partlett and Riley 2017; Datta and Lahiri 2000`,
  },
  {
    title: say`Funnel`,
    text: say`Limits of 95% and 99.8% around all services together: exact binomial where services differ no more than by chance; otherwise widened by the spread between them, on the arcsine scale and turned back. A service stands out only if the exact chance of its count agrees with the curve.`,
    source: say`Spiegelhalter 2005`,
  },
]
