import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Figure, ReportSection } from '../../src/report/document.ts'
import { BOUNCE_BACK_DAYS, backWithin, type WithinDays } from '../../src/usage/flows-summary.ts'
import type { RunFacts, ServiceAnalysis } from '../analysis.ts'
import type { FlowsAnalysis } from '../analysis-flows.ts'
import { frequentTable } from './flows-frequent.ts'
import { reachTable } from './flows-reach.ts'
import { secondaryCareTable, secondaryCareWords } from './flows-secondary-care.ts'
import {
  DIRECTIONS,
  type Direction,
  pooledTeams,
  type ReleasedFlows,
  type ReleasedWay,
  releaseFlows,
  releaseStays,
  releaseWays,
} from './release-flows.ts'
import { type ReleasedShare, releasedShare } from './release-outcome.ts'
import { intervalCell, join, table } from './text.ts'

/** Teams, moves between them, returns, going on to secondary care, frequent attenders and reach. None where no referral came. */
export function flowsSection(gate: Gate, facts: RunFacts, { flows }: Pick<ServiceAnalysis, 'flows'>): ReportSection[] {
  if (flows === null) return []
  const released = releaseFlows(gate, flows)
  const hasMoves = flows.moves_out.length + flows.moves_in.length > 0
  return [
    {
      id: 'flows',
      title: say`Where people came from and went`,
      lead: leadWords(gate, flows, released),
      figures: flows.moves_out.length === 0 ? [] : [flowsFigure(gate, flows, released)],
      tables: [
        ...(hasMoves ? [movesTable(gate, flows)] : []),
        returnsTable(gate, facts, flows),
        ...secondaryCareTable(gate, flows),
        ...frequentTable(gate, flows),
        ...reachTable(gate, flows.reach, 'reach'),
        ...(flows.teams.length > 1 ? [teamsTable(gate, flows)] : []),
      ],
      notes: [
        say`A transfer: leaving one team and starting with another at most ${gate.fact(flows.transfer_days)} days before or after. Of several that could follow, the nearest in days counts, so each stay leads to one transfer at most.`,
        ...(flows.has_steps || !hasMoves
          ? []
          : [
              say`The project file does not say which teams stand higher or lower, so no transfer is called a step up or down.`,
            ]),
      ],
    },
  ]
}

function leadWords(gate: Gate, flows: FlowsAnalysis, { ended, moved, directions }: ReleasedFlows): ReleasedText {
  const onward = secondaryCareWords(gate, flows)
  if (flows.moves_out.length === 0 && gate.policy.is_internal)
    return say`Of ${ended} stays that ended, none was followed by a transfer to another team.${onward}`
  const steps = flows.has_steps
    ? say`: ${directions.cells.up} up a step, ${directions.cells.down} down, ${directions.cells.same} on the same step`
    : say``
  return say`Of ${ended} stays that ended, ${moved} ended with a transfer to another team${steps}.${onward}`
}

const DIRECTION_WORDS: Readonly<Record<Direction, ReleasedText>> = {
  up: say`up a step`,
  down: say`down a step`,
  same: say`on the same step`,
  not_known: say`step not declared`,
}

/** Stays from their start: who is still there, who left, who moved on, and which way. */
function flowsFigure(gate: Gate, flows: FlowsAnalysis, released: ReleasedFlows): Figure {
  const { stays, ended, moved, open, left, directions } = released
  const box = (place: string, label: ReleasedText, people: Released, side: ReleasedText) => ({
    ...{ stage: label, label, people, left: side, place: gate.label(place) },
  })
  const branches = flows.has_steps ? DIRECTIONS.filter((it) => directions.cells[it].value !== 0) : []
  return {
    id: 'flows',
    title: figureTitle(gate, released),
    summary: say`Boxes count stays with the service’s teams; an arrow to the right says how many go no further. Every stay is in one of three places: still there, left, or moved to another team. Grey boxes part the transfers by step, and beside them is how many came back.`,
    chart: 'outcome_flow',
    rows: [
      box('first', say`stays with the service’s teams`, stays, side(say`Still there`, open)),
      box('chain', say`of them ended`, ended, side(say`Left, no transfer`, left)),
      box('chain', say`moved to another team`, moved, say``),
      ...branches.map((it) => box('branch', DIRECTION_WORDS[it], directions.cells[it], backWords(gate, flows, it))),
    ],
    table: flowTable(gate, flows, released),
  }
}

function figureTitle(gate: Gate, { moved, ended }: ReleasedFlows): ReleasedText {
  const share = gate.percentage(moved, ended)
  return share.is_shown
    ? say`${share} of stays that ended were followed by a transfer to another team`
    : say`Of ${ended} stays that ended, ${moved} were followed by a transfer to another team`
}

function side(words: ReleasedText, people: Released): ReleasedText {
  return people.value === 0 ? say`` : say`${words}: ${people}`
}

function backWords(gate: Gate, { moves_out }: FlowsAnalysis, direction: Direction): ReleasedText {
  const moves = moves_out.filter((it) => it.direction === direction)
  return join(
    BOUNCE_BACK_DAYS.map((days) => {
      const { n, count } = releaseBack(gate, backWithin(moves, days))
      return say`Back within ${gate.fact(days)} days: ${count} of ${n}`
    }),
    '\n',
  )
}

/** Of those followed for so many days, or back before. */
function releaseBack(gate: Gate, { n_due, n_back }: WithinDays): ReleasedShare & { readonly n: Released } {
  const { cells, total } = gate.partition({ back: n_back, not_back: n_due - n_back })
  return { ...releasedShare(gate, cells.back, total), n: total }
}

function flowTable(
  gate: Gate,
  flows: FlowsAnalysis,
  { stays, moved, left, open, directions }: ReleasedFlows,
): ReleasedTable {
  const { came } = releaseStays(gate, flows.stays)
  const row = (label: ReleasedText, n: Released, whole: Released) => ({ label, n, percent: gate.percentage(n, whole) })
  return table(
    gate,
    'flows',
    'How stays with the service’s teams began and ended',
    [
      ['label', 'Stays', 'text'],
      ['n', 'Number', 'count'],
      ['percent', 'Share', 'percent'],
    ],
    [
      row(say`Began: the first with the team`, came.cells.new, came.total),
      row(say`Began: by a transfer from another team`, came.cells.moved_in, came.total),
      row(say`Began: back with the team`, came.cells.again, came.total),
      row(say`Ended: by a transfer to another team`, moved, stays),
      row(say`Ended: left, no transfer`, left, stays),
      row(say`Not ended`, open, stays),
      ...(flows.has_steps
        ? DIRECTIONS.map((it) => row(say`Of the transfers: ${DIRECTION_WORDS[it]}`, directions.cells[it], moved))
        : []),
    ],
    [
      gate.policy.is_internal
        ? say`Those that began are those that ended and those that did not: nobody is lost or counted twice.`
        : say`Counts are rounded one by one, so the two halves may differ by a few.`,
    ],
  )
}

function movesTable(gate: Gate, flows: FlowsAnalysis): ReleasedTable {
  const rows = [
    ...releaseWays(gate, flows.moves_out).map((it) => moveRow(gate, it, say`other ways out`)),
    ...releaseWays(gate, flows.moves_in).map((it) => moveRow(gate, it, say`other ways in`)),
  ]
  return table(
    gate,
    'moves',
    'Transfers between teams',
    [
      ['from', 'From', 'text'],
      ['to', 'To', 'text'],
      ['direction', 'Step', 'text'],
      ['n', 'Transfers', 'count'],
      ['in_team', 'Median days with the first team', 'number'],
      ['between', 'Median days between', 'number'],
      ['back_30', 'Back in 30 days', 'text'],
      ['back_90', 'Back in 90 days', 'text'],
    ],
    rows,
    [
      say`Days between: from leaving the first team to starting with the second; 0 where the two overlapped. Back: referred to the team they came from again, of those followed for so many days after the transfer, or back before.`,
      ...(rows.length > 0 && !gate.policy.is_internal
        ? [say`Ways that too few people took are counted together.`]
        : []),
    ],
  )
}

function moveRow(gate: Gate, { way, n, is_pooled }: ReleasedWay, pooled: ReleasedText) {
  const days = (value: number | null) => gate.statistic(value, { n: way.n, decimals: 0, reason: say`none` })
  const [in30, in90] = way.back.map((it) => releaseBack(gate, it))
  // Both are rounded: never more followed than there were transfers.
  const backCell = (back: ReturnType<typeof releaseBack> | undefined) =>
    back === undefined ? say`` : say`${back.count} of ${gate.derive([back.n, n], (due, all) => Math.min(due, all))}`
  return {
    from: is_pooled ? pooled : gate.label(way.from),
    to: is_pooled ? say`` : gate.label(way.to),
    direction: is_pooled ? say`` : DIRECTION_WORDS[way.direction],
    n,
    in_team: days(way.median_days_in_team),
    between: days(way.median_days_between),
    back_30: backCell(in30),
    back_90: backCell(in90),
  }
}

function returnsTable(gate: Gate, { reentry_days }: RunFacts, flows: FlowsAnalysis): ReleasedTable {
  const { n_due, n_back } = flows.returned
  const back = releaseBack(gate, flows.returned)
  return table(
    gate,
    'returns',
    'Back after leaving the service',
    [
      ['label', 'Of those who left', 'text'],
      ['n', 'Could be told', 'count'],
      ['back', 'Back', 'count'],
      ['percent', 'Share', 'percent'],
      ['range', '95% interval', 'text'],
    ],
    [
      {
        label: say`referred again within ${gate.fact(reentry_days)} days`,
        n: back.n,
        back: back.count,
        percent: back.percent,
        range: intervalCell(back.low, back.high),
      },
    ],
    [
      say`A person leaves when their last open referral ends. Day ${gate.fact(reentry_days)} still counts as back, and continues the episode; a later referral begins a new one. Left too late to tell: ${gate.count(flows.n_left - n_due)}.`,
      ...(n_back === 0 && gate.policy.is_internal ? [say`Nobody came back so soon.`] : []),
    ],
  )
}

function teamsTable(gate: Gate, { teams, has_steps }: FlowsAnalysis): ReleasedTable {
  return table(
    gate,
    'teams',
    'Stays by team',
    [
      ['team', 'Team', 'text'],
      ...(has_steps ? ([['step', 'Step', 'text']] as const) : []),
      ['new', 'New', 'count'],
      ['moved_in', 'Moved in', 'count'],
      ['again', 'Back', 'count'],
      ['moved_out', 'Moved out', 'count'],
      ['left', 'Left', 'count'],
      ['open', 'Still there', 'count'],
    ],
    pooledTeams(gate, teams).map((it) => {
      const { came, went } = releaseStays(gate, it)
      return {
        team: gate.label(it.team),
        ...(has_steps ? { step: it.step === null ? say`not declared` : say`${gate.fact(it.step)}` } : {}),
        new: came.cells.new,
        moved_in: came.cells.moved_in,
        again: came.cells.again,
        moved_out: went.cells.moved_out,
        left: went.cells.left,
        open: went.cells.open,
      }
    }),
  )
}
