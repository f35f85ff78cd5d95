import type { DropOutPeriod, GroupChange, Leaving } from '../../src/change/attendance-result.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { dateOfDay } from '../../src/domain/iso-date.ts'
import type { ReportSection } from '../../src/report/document.ts'
import { newcombeIndependent } from '../../src/stats/proportion-difference.ts'
import type { ServiceAnalysis } from '../analysis.ts'
import type { AttendanceAnalysis } from '../analysis-course.ts'
import { CLAIM_WORDS, FEWEST_FOR_A_TEST } from './claim-words.ts'
import { type ReleasedShare, releasedShare } from './release-outcome.ts'
import { dateInWords, interval, intervalCell, table } from './text.ts'

/** Sessions, endings and drop-out, with completers and those who dropped out side by side. None where no reason and no contact came. */
export function sessionsSection(gate: Gate, { attendance }: Pick<ServiceAnalysis, 'attendance'>): ReportSection[] {
  if (attendance === null) return []
  const { leaving, sessions } = attendance.summary
  const isTold = leaving.completed + leaving.dropped_out > 0
  if (!isTold && sessions === null) return []
  return [
    {
      id: 'sessions',
      title: say`Sessions and drop-out`,
      lead: isTold
        ? dropOutLead(gate, attendance)
        : say`No reason for leaving says who completed and who dropped out, so drop-out is not known.`,
      figures: [],
      tables: [
        ...(isTold ? [dropOutTable(gate, attendance), endingsTable(gate, attendance)] : []),
        ...sessionsTables(gate, attendance),
      ],
      notes: [...(isTold ? [reasonsWords(gate, attendance)] : []), DOSE_IS_NOT_CAUSE],
    },
  ]
}

const DOSE_IS_NOT_CAUSE = say`Sessions were not handed out by chance: people who improve early may stop, and people who do badly may stay away. More sessions with more change is not the effect of sessions.`

/** A period's drop-out after the gate. */
function releaseDropOut(gate: Gate, period: DropOutPeriod): ReleasedShare & { readonly n: Released } {
  const { cells, total } = gate.partition({
    dropped: period.n_dropped_out,
    other: period.n_reason_known - period.n_dropped_out,
  })
  return { ...releasedShare(gate, cells.dropped, total), n: total }
}

function dropOutLead(gate: Gate, { summary }: AttendanceAnalysis): ReleasedText {
  if (summary.drop_out === null) return say`No two periods were given to compare drop-out in.`
  const [recent, before] = [
    releaseDropOut(gate, summary.drop_out.recent),
    releaseDropOut(gate, summary.drop_out.before),
  ]
  if (!recent.percent.is_shown || !before.percent.is_shown) {
    return say`Of ${recent.n} episodes that ended in the recent period, ${recent.count} ended by dropping out: too few to compare as percentages with the period before.`
  }
  const now = say`Of ${recent.n} episodes that ended since ${dateInWords(gate, dateOfDay(summary.drop_out.recent.first_day))}, ${recent.percent} ended by dropping out (95% interval ${interval(recent.low, recent.high)}); in the same time before it was ${before.percent} of ${before.n}.`
  const { low, high } = difference(gate, recent, before)
  if (low.value === null || high.value === null) return now
  if (high.value < 0) return say`${now} Drop-out has fallen by more than chance alone would explain.`
  if (low.value > 0) return say`${now} Drop-out has risen by more than chance alone would explain.`
  return say`${now} A difference this size can be chance.`
}

type ReleasedDropOut = ReturnType<typeof releaseDropOut>

/** In percentage points, worked out from the released counts. */
function difference(gate: Gate, recent: ReleasedDropOut, before: ReleasedDropOut) {
  const part = (key: 'difference' | 'lower' | 'upper') =>
    recent.percent.is_shown && before.percent.is_shown
      ? gate.derive(
          [recent.count, recent.n, before.count, before.n],
          (x1, n1, x2, n2) =>
            100 * (newcombeIndependent(Math.min(x1, n1), n1, Math.min(x2, n2), n2)?.[key] ?? Number.NaN),
          { decimals: 0, reason: say`too few to compare` },
        )
      : gate.absent(say`too few to compare`)
  return { value: part('difference'), low: part('lower'), high: part('upper') }
}

function dropOutTable(gate: Gate, { summary }: AttendanceAnalysis): ReleasedTable {
  const periods = summary.drop_out === null ? [] : [summary.drop_out.before, summary.drop_out.recent]
  const [before, recent] = periods.map((it) => releaseDropOut(gate, it))
  const apart = before === undefined || recent === undefined ? null : difference(gate, recent, before)
  return table(
    gate,
    'drop-out',
    'Drop-out, of episodes that ended',
    [
      ['label', 'Ended', 'text'],
      ['n', 'Episodes with a known reason', 'count'],
      ['dropped', 'Dropped out', 'count'],
      ['percent', 'Share', 'percent'],
      ['range', '95% interval', 'text'],
    ],
    periods.map((period) => {
      const it = releaseDropOut(gate, period)
      return {
        label: say`${dateInWords(gate, dateOfDay(period.first_day))} to ${dateInWords(gate, dateOfDay(period.last_day))}`,
        n: it.n,
        dropped: it.count,
        percent: it.percent,
        range: intervalCell(it.low, it.high),
      }
    }),
    apart?.value.is_shown === true && apart.low.is_shown
      ? [
          say`Change between the two: ${apart.value} percentage points (95% interval ${interval(apart.low, apart.high)}, Newcombe).`,
        ]
      : [say`Too few episodes ended with a known reason to compare the two.`],
  )
}

function change(gate: Gate, it: GroupChange) {
  const reason = gate.label(CLAIM_WORDS[it.reason ?? 'no_pairs'])
  // In what is released, "nobody" would tell a withheld count.
  const points = (value: number | null) =>
    gate.policy.is_internal && it.n_paired === 0
      ? gate.absent(reason)
      : gate.statistic(value, { n: it.n_paired, decimals: 1, reason, fewest: FEWEST_FOR_A_TEST })
  const { episodes, paired } = gate.stages({ episodes: it.n_episodes, paired: it.n_paired })
  const [low, high] = [points(it.improvement_ci95?.[0] ?? null), points(it.improvement_ci95?.[1] ?? null)]
  return { episodes, paired, improvement: points(it.mean_improvement), range: intervalCell(low, high) }
}

const CHANGE_COLUMNS = [
  ['episodes', 'Episodes', 'count'],
  ['paired', 'Two scores', 'count'],
  ['improvement', 'Mean improvement, points', 'number'],
  ['range', '95% interval', 'text'],
] as const

function endingsTable(gate: Gate, attendance: AttendanceAnalysis): ReleasedTable {
  const { completed, dropped_out, everyone, leaving } = attendance.summary
  const { cells, total } = gate.partition(leaving)
  return table(
    gate,
    'endings',
    `Completers, those who dropped out, and everyone: ${attendance.measure_name}`,
    [['label', 'Ended by', 'text'], ...CHANGE_COLUMNS],
    [
      { label: say`Completing`, ...change(gate, completed), episodes: cells.completed },
      { label: say`Dropping out`, ...change(gate, dropped_out), episodes: cells.dropped_out },
      { label: say`Everyone, however it ended, open ones too`, ...change(gate, everyone), episodes: total },
    ],
    [
      say`Completers alone are not the result of the service: those who drop out are part of it, and most have no second score.`,
    ],
  )
}

function sessionsTables(gate: Gate, attendance: AttendanceAnalysis): ReleasedTable[] {
  const { sessions } = attendance.summary
  if (sessions === null) return []
  return [
    table(
      gate,
      'dose',
      `Sessions attended and change, ${attendance.measure_name}`,
      [['label', 'Sessions attended', 'text'], ...CHANGE_COLUMNS],
      sessions.bands.map((it) => ({ label: bandWords(gate, it.least, it.most), ...change(gate, it) })),
      plannedWords(gate, attendance),
    ),
    contactsTable(gate, attendance),
    ...missedTable(gate, attendance),
  ]
}

function bandWords(gate: Gate, least: number, most: number | null): ReleasedText {
  return most === null ? say`${gate.fact(least)} or more` : say`${gate.fact(least)} to ${gate.fact(most)}`
}

/** Planned against attended, medians of those who completed and those who did not. */
function plannedWords(gate: Gate, { summary }: AttendanceAnalysis): ReleasedText[] {
  const { sessions, leaving } = summary
  if (sessions === null) return []
  const middle = (value: number | null, n: number) => gate.statistic(value, { n, decimals: 0, reason: say`not known` })
  const medians = say`Median sessions attended, of episodes that ended: ${middle(sessions.median_attended, sessions.n_ended)}; completers ${middle(sessions.median_attended_by_completers, leaving.completed)}, those who dropped out ${middle(sessions.median_attended_by_droppers, leaving.dropped_out)}.`
  if (sessions.planned === null || sessions.n_reached_plan === null) {
    return [medians, say`How many sessions were planned is not stated in the project.`]
  }
  const { cells, total } = gate.partition({
    reached: sessions.n_reached_plan,
    not_reached: sessions.n_ended - sessions.n_reached_plan,
  })
  return [
    medians,
    say`Planned: ${gate.fact(sessions.planned)} sessions. Of ${total} episodes that ended, ${cells.reached} attended so many (${gate.percentage(cells.reached, total)}).`,
  ]
}

const ATTENDANCE_WORDS: Readonly<Record<string, string>> = {
  attended: 'Attended',
  did_not_attend: 'Did not attend',
  cancelled_by_patient: 'Cancelled by the person',
  cancelled_by_provider: 'Cancelled by the service',
  unknown: 'Not recorded',
}

function contactsTable(gate: Gate, { contacts }: AttendanceAnalysis): ReleasedTable {
  const rows = grouped(contacts)
  return table(
    gate,
    'contacts',
    'Contacts',
    [
      ['label', 'Contact', 'text'],
      ['mode', 'Held', 'text'],
      ['contacts', 'Contacts', 'count'],
      ['minutes', 'Mean length, minutes', 'number'],
    ],
    rows.map((it) => ({
      label: gate.label(ATTENDANCE_WORDS[it.attendance] ?? it.attendance),
      mode:
        it.attendance !== 'attended'
          ? say``
          : it.mode === null
            ? say`not recorded`
            : gate.label(it.mode.replaceAll('_', ' ')),
      contacts: gate.count(it.n_contacts),
      minutes: it.attendance !== 'attended' ? gate.absent(say``) : meanMinutes(gate, it),
    })),
    [say`Work done for a person without them there is not a contact.`],
  )
}

function meanMinutes(
  gate: Gate,
  { n_with_minutes, total_minutes }: Pick<Contacts, 'n_with_minutes' | 'total_minutes'>,
): Released {
  const mean = n_with_minutes === 0 ? null : total_minutes / n_with_minutes
  return gate.statistic(mean, { n: n_with_minutes, decimals: 0, reason: say`not recorded` })
}

type Contacts = AttendanceAnalysis['contacts'][number]

/** Staff taken together, and how a contact would have been held that was not. */
function grouped(contacts: readonly Contacts[]): Contacts[] {
  const groups = new Map<string, Contacts>()
  for (const it of contacts) {
    const mode = it.attendance === 'attended' ? it.mode : null
    const key = `${it.attendance} ${mode}`
    const known = groups.get(key)
    groups.set(key, {
      ...{ attendance: it.attendance, mode, staff_role: null },
      n_contacts: it.n_contacts + (known?.n_contacts ?? 0),
      n_with_minutes: it.n_with_minutes + (known?.n_with_minutes ?? 0),
      total_minutes: it.total_minutes + (known?.total_minutes ?? 0),
    })
  }
  return [...groups.values()]
}

/** What each reason as recorded was taken for. One that few have is not named: it might tell who. */
function reasonsWords(gate: Gate, { summary }: AttendanceAnalysis): ReleasedText {
  const named = (leaving: Leaving) => {
    const words = summary.reasons
      .filter((it) => it.leaving === leaving && gate.count(it.n).is_shown)
      .map((it) => it.reason)
    return words.length === 0 ? say`none` : gate.label(words.map((it) => `“${it}”`).join(', '))
  }
  return say`Reasons for leaving were read so. Dropping out: ${named('dropped_out')}. Completing: ${named('completed')}. Neither: ${named('other')}. The project file can say otherwise.`
}

/** Appointments missed without notice, by who would have held them. None where no staff role is recorded. */
function missedTable(gate: Gate, { contacts }: AttendanceAnalysis): ReleasedTable[] {
  const roles = [...new Set(contacts.map((it) => it.staff_role))].sort((a, b) => ((a ?? '~') < (b ?? '~') ? -1 : 1))
  if (roles.every((it) => it === null)) return []
  const ofRole = (role: string | null, attendance: string) =>
    contacts.filter((it) => it.staff_role === role && it.attendance === attendance)
  return [
    table(
      gate,
      'missed-by-role',
      'Appointments missed without notice, by staff role',
      [
        ['role', 'Role', 'text'],
        ['n', 'Attended or missed', 'count'],
        ['missed', 'Missed', 'count'],
        ['percent', 'Share', 'percent'],
        ['range', '95% interval', 'text'],
        ['minutes', 'Mean length attended, minutes', 'number'],
      ],
      roles.map((role) => {
        const [attended, missed] = [ofRole(role, 'attended'), ofRole(role, 'did_not_attend')]
        const { cells, total } = gate.partition({ missed: inAll(missed), attended: inAll(attended) })
        const share = releasedShare(gate, cells.missed, total)
        return {
          role: role === null ? say`Not recorded` : gate.label(role),
          n: total,
          missed: cells.missed,
          percent: share.percent,
          range: intervalCell(share.low, share.high),
          minutes: meanMinutes(gate, {
            n_with_minutes: attended.reduce((sum, it) => sum + it.n_with_minutes, 0),
            total_minutes: attended.reduce((sum, it) => sum + it.total_minutes, 0),
          }),
        }
      }),
      [
        say`Cancelled appointments are in neither number. The interval takes each appointment for a person of its own, so it is somewhat too narrow.`,
      ],
    ),
  ]
}

function inAll(contacts: readonly Contacts[]): number {
  return contacts.reduce((sum, it) => sum + it.n_contacts, 0)
}
