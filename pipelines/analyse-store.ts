import type { Analysis, RunFacts } from '../reports/analysis.ts'
import { dateOfDay, dayNumber, type IsoDate } from '../src/domain/iso-date.ts'
import { storedList } from '../src/store/fill-people-lists.ts'
import type { Store } from '../src/store/open.ts'
import { analyseAttendance, analyseCourses } from './analyse-course.ts'
import { analyseFlows, analyseIcbs } from './analyse-flows.ts'
import { analyseService, fileAccount } from './analyse-service.ts'
import { analyseTimelines } from './analyse-timelines.ts'
import { analyseUsage } from './analyse-usage.ts'
import { withMinimumContacts } from './minimum-contacts.ts'
import type { Project } from './project.ts'
import { readMarts } from './read-marts.ts'
import { SOFTWARE } from './software.ts'

/** Everything a modelled store has to say, before disclosure control. */
export async function analyseStore(store: Store, project: Project): Promise<Analysis> {
  const marts = await readMarts(store)
  const facts = runFacts(store, project)
  const kept = withMinimumContacts(marts, project.rules.min_contacts)
  const services = await Promise.all(
    marts.services.map(async (service) => {
      const own = analyseService(service, marts, project)
      return {
        ...own,
        came: marts.service_months.filter((it) => it.service_code === service.code),
        courses: analyseCourses(service, own.outcomes, kept, project),
        flows: analyseFlows(service, marts, project, dayNumber(facts.data_end)),
        attendance: analyseAttendance(service, own.outcomes, kept, project, dayNumber(facts.data_end)),
        timelines: await analyseTimelines(store, service, own.outcomes, marts),
      }
    }),
  )
  const outcomes = new Map(services.map((it) => [it.service.code, it.outcomes]))
  return {
    facts,
    services,
    usage: await analyseUsage(store, project, marts, outcomes),
    icbs: analyseIcbs(marts, project),
    linkage: marts.linkage,
    shared_files:
      marts.services.length === 1
        ? []
        : marts.files.filter((it) => it.service_code === null).map((it) => fileAccount(it, marts)),
  }
}

function runFacts(store: Store, project: Project): RunFacts {
  const settings = store.sqlite
    .prepare<[], { data_start_day: number | null; data_end_day: number }>('select * from settings')
    .get() as { data_start_day: number | null; data_end_day: number }
  return {
    project: project.project,
    software: SOFTWARE,
    data_start: settings.data_start_day === null ? null : dateOfDay(settings.data_start_day),
    data_end: dateOfDay(settings.data_end_day),
    reentry_days: project.rules.reentry_days,
    min_pair_days: project.rules.min_pair_days,
    assessment_days_before_start: project.rules.assessment_days_before_start,
    assessment_days_after_end: project.rules.assessment_days_after_end,
    end_score_days: project.rules.end_score_days,
    follow_ups: project.follow_ups,
    index_event: project.rules.index_event,
    start_contact: project.rules.start_contact,
    window_months: project.rules.window_months,
    min_exposure_days: project.rules.min_exposure_days,
    overlap: project.rules.overlap,
    is_national_parity: project.rules.national_parity,
    min_contacts: project.rules.min_contacts,
    mainly_seen_by: project.rules.mainly_seen_by,
    two_arms: project.rules.two_arms,
    side_by_side_days: project.rules.side_by_side_days,
    group_minimum_n: project.groups.minimum_n,
    services_adjusted_for: project.services_comparison.adjust_for,
    cohorts: project.cohorts,
    price_year: project.prices.year,
    opt_out_list_date: (storedList(store.sqlite, 'opt_out')?.list_date ?? null) as IsoDate | null,
  }
}
