import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { RATE_METHODS } from '../../src/usage/estimate-rates.ts'
import { CliRoom } from './cli-room.ts'

/**
 * The --json documents as other programs rely on them. Every object is strict: a field that is renamed, taken away or added
 * without being written down here and in docs/reference.md fails.
 */
const count = z.number().int().min(0)
const number = z.number().nullable()
const reason = z.string().nullable()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const interval = z.tuple([z.number().nullable(), z.number().nullable()]).nullable()
const counts = z.record(z.string(), count)
const lines = {
  physical_lines: count,
  heading_lines: count,
  blank_lines: count,
  other_lines: count,
  record_lines: count,
}

const scored = z.strictObject({
  measure: z.string(),
  rows: z.array(
    z.strictObject({
      row: count,
      scores: z.record(z.string(), number),
      flags: z.record(z.string(), z.union([z.boolean(), z.number(), z.string(), z.null()])),
      details: z.record(
        z.string(),
        z.strictObject({ reason, n_answered: count, n_expected: count, method: z.string().nullable() }),
      ),
      issues: z.array(z.looseObject({ code: z.string(), message: z.string() })),
    }),
  ),
})

const evidence = { source: z.string(), status: z.enum(['CONFIRMED', 'FROM-MEMORY', 'UNCONFIRMED', 'CONFIGURED']) }
const threshold = z.strictObject({
  kind: z.enum(['reliable_change', 'cutoff', 'national_change', 'legacy']),
  value: z.number(),
  meaning: z.string(),
  is_default: z.boolean(),
  ...evidence,
})
const scale = z
  .strictObject({
    scale_id: z.string(),
    label: z.string(),
    min: z.number(),
    max: z.number(),
    better: z.enum(['higher', 'lower']),
    rule: z.string(),
    items: z.array(z.string()),
    reliable_change: z.strictObject({ points: z.number(), ...evidence }).nullable(),
    reliable_change_reason: reason,
    cutoff: z.strictObject({ case_when: z.enum(['below', 'at_or_above']), value: z.number(), ...evidence }).nullable(),
    national_change_points: number,
    bands: z.array(z.strictObject({ from: z.number(), severity: z.string() })),
    codes: z.array(
      z.strictObject({
        code: z.string().regex(/^\d+$/),
        min: z.number(),
        max: z.number(),
        generation: z.enum(['current', 'older']),
        ...evidence,
      }),
    ),
    thresholds: z.array(threshold),
  })
  .refine((it) => (it.reliable_change === null) === (it.reliable_change_reason !== null), 'null without a reason')
const codebook = z.strictObject({
  measures: z.array(
    z.strictObject({
      measure_id: z.string(),
      name: z.string(),
      aliases: z.array(z.string()),
      kind: z.enum(['questionnaire', 'aggregate']),
      better: z.enum(['higher', 'lower']),
      items: z.array(
        z.strictObject({
          item_id: z.string(),
          theme: z.string().nullable(),
          min: z.number(),
          max: z.number(),
          is_optional: z.boolean(),
        }),
      ),
      reversed: z.array(z.string()).nullable(),
      needs_coding: z.boolean(),
      sentinels: z.array(
        z.strictObject({
          value: z.number(),
          items: z.array(z.string()),
          means: z.enum(['not_answered', 'not_applicable']),
          ...evidence,
        }),
      ),
      missing: z.strictObject({
        allowed: z.enum(['none', 'prorate', 'available_case']),
        at_most: count,
        is_default: z.boolean(),
        ...evidence,
      }),
      category_scales: z.array(
        z.strictObject({ scale_id: z.string(), label: z.string(), categories: z.array(z.string()), ...evidence }),
      ),
      risk_item: z.string().nullable(),
      licence: z.strictObject({ terms: z.string(), ...evidence }),
      notes: z.array(z.string()),
      has_algorithm: z.boolean(),
      scales: z.array(scale),
    }),
  ),
})

const share = z.strictObject({ count, n: count, proportion: number, ci95: interval, reason })
const norm = z.strictObject({ mean: z.number(), sd: z.number() }).nullable()
const origin = z.enum(['registry', 'supplied', 'sample'])
const thresholdsUsed = z.strictObject({
  better: z.enum(['higher', 'lower']).nullable(),
  reliable_change: z.strictObject({
    rule: z.enum(['jt', 'gln', 'hll', 'en', 'nk', 'ha', 'points', 'percent']),
    name: z.string(),
    formula: z.string(),
    points: number,
    critical: z.number(),
    boundary: z.enum(['inclusive', 'strict']),
    warning: z.string().nullable(),
    reliability: number,
    reliability_post: number,
    mean: number,
    mean_origin: origin.nullable(),
    sd: number,
    sd_origin: origin.nullable(),
    origin,
    source: z.string(),
    status: z.string().nullable(),
  }),
  reliable_change_reason: reason,
  cutoff: z
    .strictObject({
      kind: z.enum(['a', 'b', 'c', 'score']),
      formula: z.string(),
      value: z.number(),
      case_when: z.enum(['below', 'at_or_above']),
      clinical: norm,
      clinical_origin: origin.nullable(),
      functional: norm,
      origin,
      source: z.string(),
      status: z.string().nullable(),
    })
    .nullable(),
  range: z.strictObject({ min: z.number(), max: z.number(), origin }).nullable(),
})
const changePart = {
  n: count,
  n_complete: count,
  mean_pre: number,
  sd_pre: number,
  mean_post: number,
  sd_post: number,
  mean_change: number,
  sd_change: number,
  t: number,
  df: number,
  p: number,
  ci95: interval,
  dz: number,
  dz_ci95: interval,
  d_pre: number,
  d_av: number,
  hedges_g: number,
  wilcoxon: z.strictObject({ v: number, p: number, reason }),
  reason,
  reliable_change_points: number,
  cutoff: number,
  n_case_at_start: number,
  counts: z
    .strictObject({
      recovered: number,
      improved: count,
      unchanged: count,
      deteriorated: count,
      harmed: number,
    })
    .nullable(),
  counts_reason: reason,
  claims: z.strictObject({
    may_give_percentages: z.boolean(),
    may_test: z.boolean(),
    may_bootstrap: z.boolean(),
    reason,
  }),
  d_pre_ci95: interval,
  d_av_ci95: interval,
  hedges_g_ci95: interval,
  hodges_lehmann: z.strictObject({ n: count, estimate: number, ci95: interval, coverage: number, reason }),
  bootstrap: z.strictObject({
    replicates: count,
    seed: z.string(),
    percentile_ci95: interval,
    bca_ci95: interval,
    reason,
  }),
  outcomes: z
    .strictObject({
      shares: z.strictObject({
        any_improved: share,
        any_deteriorated: share,
        unchanged: share,
        recovered_of_all: share.nullable(),
        recovered_of_cases_at_start: share.nullable(),
        harmed_of_all: share.nullable(),
        harmed_of_others_at_start: share.nullable(),
      }),
      room: z
        .strictObject({
          n_could_not_improve: count,
          n_could_not_deteriorate: count,
          improved_of_those_who_could: share,
        })
        .nullable(),
      n_not_classified: count,
      n_on_threshold: count,
      n_on_cutoff: number,
    })
    .nullable(),
  case_change: z
    .strictObject({
      n: count,
      n_case_pre: count,
      n_case_post: count,
      n_case_both: count,
      n_case_pre_only: count,
      n_case_post_only: count,
      n_case_neither: count,
      difference: number,
      newcombe_ci95: interval,
      tango_ci95: interval,
      p: number,
      reason,
    })
    .nullable(),
}
const change = z.strictObject({
  analysis: z.literal('change'),
  ...changePart,
  boundaries: z.string(),
  method: z.string(),
  thresholds: thresholdsUsed,
  warnings: z.array(z.string()),
  groups: z.array(z.strictObject({ group: z.string(), ...changePart, p_holm: number })),
})

const usagePart = {
  n: count,
  person_years_before: z.number(),
  person_years_after: z.number(),
  events_before: count,
  events_after: count,
  rate_before: number,
  rate_after: number,
  rate_ratio: number,
  n_users_before: count,
  n_users_after: count,
  ci95_jackknife: interval,
  ci95_clustered: interval,
  ci95_exact: interval,
  p_exact: number,
  dispersion: number,
  reason,
  estimates: z.array(
    z.strictObject({
      method: z.enum(RATE_METHODS),
      estimand: z.enum(['pooled', 'modelled', 'within_person']),
      n: count,
      ratio: number,
      ci95: interval,
      theta: number,
      reason,
    }),
  ),
  most_used: z
    .strictObject({
      ...{
        n: count,
        n_users_before: count,
        n_users_after: count,
        n_reference: count,
        rate_before: number,
        rate_after: number,
      },
      ...{ ratio: number, ci95: interval, expected_rate: number, expected_ratio: number, remaining_ratio: number },
      ...{ remaining_ci95: interval, mean_rate: number, theta: number, reason },
    })
    .nullable(),
  signs: z.array(z.strictObject({ sign: z.literal('everyone_used_before'), fewest_events_before: count })),
  n_without_time: count,
  any_use: z.strictObject({
    n: count,
    n_before: count,
    n_after: count,
    n_both: count,
    n_before_only: count,
    n_after_only: count,
    n_neither: count,
    difference: number,
    ci95: interval,
    p: number,
    reason,
  }),
}
const usage = z.strictObject({
  analysis: z.literal('usage'),
  ...usagePart,
  method: z.string(),
  caveat: z.string(),
  estimands: z.record(z.enum(['pooled', 'modelled', 'within_person']), z.string().min(1)),
  groups: z.array(z.strictObject({ group: z.string(), ...usagePart })),
})

const flag = z.strictObject({
  rule: z.enum(['outside_limits', 'trend', 'two_of_three', 'shift']),
  side: z.enum(['high', 'low']),
  meaning: z.enum(['improvement', 'concern', 'neutral']),
  words: z.string().min(1),
})
const coefficient = z
  .strictObject({ estimate: z.number(), se: z.number(), t: number, p: number, ci95: interval })
  .nullable()
const limitKind = z.enum(['full', 'trial', 'none'])
const spc = z.strictObject({
  analysis: z.literal('spc'),
  chart: z.literal('xmr'),
  n: count,
  n_missing: count,
  every: z.strictObject({ n: count, unit: z.enum(['months', 'weeks']) }).nullable(),
  better: z.enum(['higher', 'lower']).nullable(),
  screen: z.boolean(),
  mean: number,
  lower_limit: number,
  upper_limit: number,
  limits: limitKind,
  reason,
  variation: z.enum(['improvement', 'concern', 'neutral', 'common_cause']).nullable(),
  variation_reason: reason,
  target: number,
  assurance: z.enum(['pass', 'fail', 'inconsistent']).nullable(),
  assurance_reason: reason,
  points: z.array(
    z.strictObject({
      date: z.string(),
      value: number,
      moving_range: number,
      segment: count,
      mean: number,
      lower_limit: number,
      upper_limit: number,
      flags: z.array(flag),
    }),
  ),
  segments: z.array(
    z.strictObject({
      segment: count,
      n_points: count,
      n_missing: count,
      from_date: z.string(),
      to_date: z.string(),
      mean: number,
      mean_moving_range: number,
      n_ranges_screened: count,
      lower_limit: number,
      upper_limit: number,
      limits: limitKind,
      reason,
    }),
  ),
  interruption: z
    .strictObject({
      date: z.string(),
      n_before: count,
      n_after: count,
      intercept: number,
      slope_before: coefficient,
      level_change: coefficient,
      slope_change: coefficient,
      slope_after: number,
      standard_errors: z.enum(['ols', 'newey_west']).nullable(),
      lag: number,
      lag1_autocorrelation: number,
      reason,
    })
    .nullable(),
  method: z.string(),
})
const rareEvents = z.strictObject({
  analysis: z.literal('spc'),
  chart: z.enum(['g', 't']),
  n: count,
  centre: number,
  lower_limit: number,
  upper_limit: number,
  limits: limitKind,
  reason,
  points: z.array(
    z.strictObject({ date: z.string(), value: z.number(), position: z.enum(['within', 'above', 'below']) }),
  ),
  method: z.string(),
})
const funnelLimits = z
  .strictObject({ lower_95: z.number(), upper_95: z.number(), lower_998: z.number(), upper_998: z.number() })
  .nullable()
const funnel = z.strictObject({
  analysis: z.literal('funnel'),
  type: z.enum(['proportion', 'rate', 'ratio', 'mean']),
  n_units: count,
  target: number,
  target_source: z.enum(['given', 'all_units', 'as_expected']).nullable(),
  reason,
  transformation: z.enum(['arcsine_square_root', 'square_root', 'none']),
  overdispersion: z.strictObject({ phi: number, tau2: number, n_units: count, is_applied: z.boolean(), reason }),
  units: z.array(
    z.strictObject({
      unit: z.string(),
      numerator: z.number(),
      denominator: z.number(),
      value: number,
      z: number,
      z_adjusted: number,
      limits: funnelLimits,
      limits_overdispersed: funnelLimits,
      position: z.enum(['within', 'above_95', 'below_95', 'above_998', 'below_998']).nullable(),
      reason,
    }),
  ),
  method: z.string(),
  caveat: z.string(),
})

const byStrategy = z.record(z.string(), z.number())
const pairOfNumbers = z.tuple([z.number(), z.number()]).nullable()
const cea = z.strictObject({
  analysis: z.literal('cea'),
  design: z.enum(['model', 'paired', 'separate']),
  n_people: z.number().int().nullable(),
  seed: z.string().nullable(),
  reference: z.string(),
  n_draws: count,
  strategies: z.array(
    z.strictObject({
      name: z.string(),
      mean_cost: z.number(),
      mean_effect: z.number(),
      status: z.enum(['ND', 'ED', 'D']),
      icer: number,
    }),
  ),
  pairs: z.array(
    z.strictObject({
      comparator: z.string(),
      reference: z.string(),
      delta_cost: z.number(),
      delta_cost_ci95: pairOfNumbers,
      delta_effect: z.number(),
      delta_effect_ci95: pairOfNumbers,
      quadrant: z.enum(['NE', 'SE', 'SW', 'NW', 'axis']),
      quadrant_shares: byStrategy,
      icer: number,
      icer_reason: reason,
      is_icer_uncertain: z.boolean(),
      icer_fieller: z.strictObject({ ci95: pairOfNumbers, reason }),
    }),
  ),
  wtp: z.array(
    z.strictObject({
      wtp: z.number(),
      nmb: byStrategy,
      eib: byStrategy,
      eib_ci95: z.record(z.string(), pairOfNumbers),
      ceac: byStrategy,
      p_best: byStrategy,
      best: z.string(),
      ceaf: z.number(),
      expected_loss: byStrategy,
      evpi: z.number(),
    }),
  ),
  adjusted: z
    .array(
      z.strictObject({
        comparator: z.string(),
        reference: z.string(),
        n: count,
        n_without_baseline: count,
        mean_baseline_comparator: number,
        mean_baseline_reference: number,
        delta_effect: number,
        ci95: pairOfNumbers,
        reason,
      }),
    )
    .nullable(),
  switching_values: z.array(z.strictObject({ wtp: z.number(), from: z.string(), to: z.string() })),
  monte_carlo_error: z.number(),
  method: z.string(),
  caveat: z.string(),
})

const ingested = z.strictObject({
  dry_run: z.boolean(),
  files: z.array(
    z
      .strictObject({
        file: z.string(),
        sheet: z.string(),
        sha256,
        profile: z.string(),
        encoding: z.string().nullable(),
        delimiter: z.string().nullable(),
        already_loaded: z.boolean(),
        ...lines,
        records: count,
        loaded: count,
        duplicates: count,
        quarantined: count,
        issues: counts,
        flags: counts,
        columns_left_out: z.array(z.string()),
        corrected: count,
        period: z.string().nullable(),
        supersedes: z.array(z.string()),
        notes: z.array(z.string()),
      })
      .refine((it) => it.records === it.loaded + it.duplicates + it.quarantined, 'records do not add up')
      .refine(
        (it) => it.physical_lines === it.heading_lines + it.blank_lines + it.other_lines + it.record_lines,
        'lines do not add up',
      ),
  ),
  corrections: z.array(
    z.strictObject({
      sheet: z.string(),
      sha256,
      already_applied: z.boolean(),
      cells_corrected: count,
      rows_left_out: count,
      kept_at: z.string().nullable(),
    }),
  ),
})

const guessed = z.strictObject({
  decisions: z.array(
    z.strictObject({
      about: z.string(),
      choice: z.string(),
      confidence: z.enum(['proved', 'agreed', 'told']),
      evidence: z.array(z.string()).min(1),
    }),
  ),
  questions: z.array(
    z.strictObject({
      id: z.string(),
      question: z.string(),
      options: z.array(z.strictObject({ option: z.string(), means: z.string() })),
      evidence: z.array(z.string()).min(1),
    }),
  ),
  notes: z.array(z.string()),
  profile: z.string().nullable(),
})

const inspected = z.strictObject({
  files: z.array(
    z.strictObject({
      file: z.string(),
      sha256,
      n_bytes: count,
      kind: z.enum(['csv', 'xlsx', 'json']),
      encoding: z.string().nullable(),
      delimiter: z.string().nullable(),
      sheets: z.array(z.string()).nullable(),
      sheet: z.string(),
      heading_rows: z.array(count),
      columns: z.array(z.string()),
      profiles_that_fit: z.array(z.string()),
      read_with: z.strictObject({ profile: z.string(), because: z.string() }).nullable(),
      guess: guessed.nullable(),
      profile_written: z.string().nullable(),
      remembered_as: z.string().nullable(),
      ...lines,
      notes: z.array(z.string()),
    }),
  ),
})

const words = z.string().nullable()
const checked = z.strictObject({
  is_sound: z.boolean(),
  broken: z.array(z.string()),
  files: z.array(
    z
      .strictObject({
        file: z.string(),
        sheet: z.string(),
        records: count,
        loaded: count,
        duplicates: count,
        quarantined: count,
        period: z.string().nullable(),
        superseded_by: z.string().nullable(),
      })
      .refine((it) => it.records === it.loaded + it.duplicates + it.quarantined, 'records do not add up'),
  ),
  findings: z.array(
    z.strictObject({
      file: z.string(),
      sheet: z.string(),
      row_number: count.nullable(),
      code: z.string(),
      treatment: z.enum(['flagged', 'set_aside']),
      service: words,
      team: words,
      measure: words,
      month: z
        .string()
        .regex(/^\d{4}-\d{2}$/)
        .nullable(),
      found: z.string(),
      consequence: words,
      what_to_do: z.string(),
    }),
  ),
})

const quarantined = z.strictObject({
  rows: z.array(
    z.strictObject({
      file: z.string(),
      sheet: z.string(),
      row_number: count,
      column: z.string().nullable(),
      code: z.string(),
      expected: z.string(),
      what_to_do: z.string(),
      file_key: z.string(),
      row_key: z.string(),
    }),
  ),
  exported_to: z.string().nullable(),
})

const ran = z.strictObject({
  project: z.string(),
  project_dir: z.string(),
  disclosure: z.string(),
  accounts: z.strictObject({ files: count, records: count, loaded: count, duplicates: count, quarantined: count }),
  reports: z.array(
    z.strictObject({
      id: z.string(),
      audience: z.enum(['service', 'evaluation', 'commissioner']),
      finding: z.string(),
      page: z.string(),
    }),
  ),
  index: z.string(),
  files: z.array(z.string()),
})

const cell = z.union([z.number(), z.string(), z.null(), z.strictObject({ value: z.null(), reason: z.string().min(1) })])
const rule = { disclosure: z.string().nullable(), disclosure_rule: z.string().nullable() }
const tableList = z.strictObject({
  ...rule,
  tables: z.array(z.strictObject({ report: z.string(), id: z.string(), title: z.string() })).min(1),
})
const tables = z.strictObject({
  ...rule,
  tables: z
    .array(
      z.strictObject({
        report: z.string(),
        id: z.string(),
        title: z.string(),
        columns: z.array(z.strictObject({ id: z.string(), label: z.string(), kind: z.string() })),
        rows: z.array(z.record(z.string(), cell)),
        notes: z.array(z.string()),
      }),
    )
    .min(1),
})
const reported = z.strictObject({ format: z.string(), files: z.array(z.string()).min(1) })

const room = new CliRoom()
beforeAll(async () => {
  const people = Array.from({ length: 12 }, (_, at) => `P${at}`)
  const rows = people.flatMap((person, at) => [
    `${person},PHQ-9,2025-01-02,${12 + at}`,
    `${person},PHQ-9,2025-06-02,${at}`,
  ])
  room.put('p/exports/scores.csv', `person_id,measure,score_date,score\n${rows.join('\n')}\nX,PHQ-9,2025-02-30,3\n`)
  room.put('gad.csv', 'item1,item2,item3,item4,item5,item6,item7\n1,1,1,1,1,1,2\n1,1,1,1,1,1,\n1,9,1,1,1,1,x\n')
  room.put('pairs.csv', 'person_id,pre,post,group\nA,10,20,x\nB,12,19,x\nC,14,,y\nD,9,12,y\n')
  room.put(
    'use.csv',
    'person_id,events_before,days_before,events_after,days_after,group\nA,4,365,1,365,x\nB,2,365,3,300,x\nC,1,365,0,0,y\n',
  )
  room.put(
    'months.csv',
    'date,value\n2025-01,10\n2025-02,12\n2025-04,11\n2025-05,19\n2025-06,12\n2025-07,11\n2025-08,14\n',
  )
  room.put('services.csv', 'unit,numerator,denominator\nB,10,20\nA,3,30\nC,8,9\nD,0,0\n')
  const draws = [1, 2, 3, 4, 5, 6].map(
    (nth) => `usual,${nth},${100 * nth},0.${nth}\nnew,${nth},${150 * nth},0.${nth}5\n`,
  )
  room.put('draws.csv', `strategy,draw,cost,effect\n${draws.join('')}`)
  const arms = [1, 2, 3, 4, 5, 6].map(
    (nth) => `usual,u${nth},${100 * nth},0.${nth},0.5\nnew,n${nth},${150 * nth},0.${nth}5,\n`,
  )
  room.put('arms.csv', `strategy,draw,cost,effect,baseline\n${arms.join('')}`)
  room.put('means.csv', 'unit,mean,sd,n\nB,4.2,6,20\nA,5.5,7,31\nC,1,,1\n')
  ran.parse(await room.json('run', 'p'))
})
afterAll(() => room.leave())

describe('the --json document of', () => {
  it.each([
    ['score, with a missing and a wrong answer', ['score', 'gad-7', 'gad.csv'], scored],
    ['measures', ['measures'], codebook],
    ['measures of one', ['measures', 'itq', '--project', 'p'], codebook],
    ['analyse change', ['analyse', 'change', 'pairs.csv'], change],
    [
      'analyse change, counting people',
      [
        'analyse',
        'change',
        'pairs.csv',
        '--better',
        'higher',
        '--reliability',
        '0.8',
        '--functional',
        '30,5',
        '--cutoff',
        'c',
      ],
      change,
    ],
    [
      'analyse change, by the codebook',
      ['analyse', 'change', 'pairs.csv', '--measure', 'reqol-10', '--boundary', 'strict'],
      change,
    ],
    [
      'analyse change, by another index',
      ['analyse', 'change', 'pairs.csv', '--better', 'higher', '--index', 'hll', '--reliability', '0.8'],
      change,
    ],
    ['analyse usage', ['analyse', 'usage', 'use.csv'], usage],
    ['analyse spc', ['analyse', 'spc', 'months.csv'], spc],
    [
      'analyse spc, with all options',
      [
        ...['analyse', 'spc', 'months.csv', '--better', 'higher', '--screen', '--target', '12', '--rebase', '2025-05'],
        ...['--interruption', '2025-05-01'],
      ],
      spc,
    ],
    ['analyse spc, a g chart', ['analyse', 'spc', 'months.csv', '--chart', 'g'], rareEvents],
    ['analyse spc, a t chart', ['analyse', 'spc', 'months.csv', '--chart', 't'], rareEvents],
    ['analyse cea', ['analyse', 'cea', 'draws.csv'], cea],
    [
      'analyse cea, of people',
      ['analyse', 'cea', 'draws.csv', '--people', '--reference', 'new', '--wtp', '20000', '--replicates', '200'],
      cea,
    ],
    ['analyse cea, of arms', ['analyse', 'cea', 'arms.csv', '--people', '--replicates', '200'], cea],
    ['analyse funnel', ['analyse', 'funnel', 'services.csv'], funnel],
    ['analyse funnel, of rates', ['analyse', 'funnel', 'services.csv', '--type', 'rate', '--target', '0.4'], funnel],
    ['analyse funnel, of means', ['analyse', 'funnel', 'means.csv', '--type', 'mean'], funnel],
    ['ingest', ['ingest', 'p/exports/scores.csv', '--project', 'q'], ingested],
    ['ingest, a dry run', ['ingest', 'p/exports/scores.csv', '--project', 'r', '--dry-run'], ingested],
    ['inspect', ['inspect', 'p/exports/scores.csv', 'gad.csv'], inspected],
    ['quarantine', ['quarantine', '--project', 'p'], quarantined],
    ['quarantine, exported', ['quarantine', '--project', 'p', '--export', 'back.csv'], quarantined],
    ['check', ['check', '--project', 'p'], checked],
    ['run, with nothing new', ['run', 'p'], ran],
    ['results', ['results', '--project', 'p'], tableList],
    ['results, a table', ['results', 'completeness', '--project', 'p'], tables],
    ['results, exact', ['results', 'change', '--project', 'p', '--internal'], tables],
    ['report', ['report', '--project', 'p', '--format', 'csv', '--out', 'out'], reported],
    ['init', ['init', 'fresh'], z.strictObject({ project_dir: z.string() })],
  ] as const)('%s', async (_, args, schema) => {
    const document = await room.json(...args)
    expect(schema.safeParse(document).error).toBeUndefined()
  })

  it('a table says of a number withheld that it is, and never gives 0', async () => {
    const exact = tables.parse(await room.json('results', 'completeness', '--project', 'p', '--internal'))
    const shown = tables.parse(await room.json('results', 'completeness', '--project', 'p'))
    const cells = (it: typeof exact) => it.tables.flatMap((each) => each.rows.flatMap((row) => Object.values(row)))
    expect(shown.disclosure).toBe('hes-7/5')
    expect(exact.disclosure).toBe('internal')
    expect(cells(exact)).toContain(12)
    expect(cells(shown)).not.toContain(12)
  })

  it('stands alone on standard output', async () => {
    for (const args of [
      ['run', 'p'],
      ['results', '--project', 'p'],
      ['quarantine', '--project', 'p'],
    ]) {
      const told = await room.type([...args, '--json'])
      expect(() => JSON.parse(told.out)).not.toThrow()
    }
  })
})
