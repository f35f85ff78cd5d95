/** The project file that `outcomes init` writes: every setting shown at its default, ready to be changed. */
export function starterProject(): string {
  return `# What this project is. Every setting below stands at its default; a line may be deleted.
project: My service

# Service use was recorded between these days. Left out: from any day on, until the last day found in the exports.
# data_start: 2019-04-01
# data_end: 2026-03-31

# services:
#   - { code: my-service, name: My Service, area: My Area, provider: RXX }

# Which file is read how. Left out: every file in exports/ is read in the plain layout
# (person_id, measure, score_date, score; see README.md).
# sources:
#   - { files: 'forms*.csv', profile: rio-wide-forms, service: my-service }

rules:
  reentry_days: 90                  # a new referral within so many days of leaving continues the episode
  min_pair_days: 14                 # least days between first and last score
  assessment_days_before_start: 28  # a form this long before the referral still belongs to it
  assessment_days_after_end: 28     # … and this long after leaving
  end_score_days: 90                # a score this long before leaving, or later, is the score at the end
  index_event: first_contact        # or: referral. The day that parts before from after
  window_months: 12                 # months of service use compared on each side

# When scores are asked for after leaving, and how many days early or late one may be: the nearest counts.
follow_ups:
  - { months: 3, tolerance_days: 30 }
  - { months: 6, tolerance_days: 45 }
  - { months: 12, tolerance_days: 60 }
  - { months: 24, tolerance_days: 90 }

# Thresholds of your own, in place of those of the codebook: "npx outcomes measures ID" shows them and which are not confirmed.
# measures:
#   reqol-20: { total: { reliable_change: 10, cutoff: 50, source: 'Service lead, 2025' } }

# Which service-use extracts were supplied for whom. What is not listed is unknown, never zero.
# usage:
#   - { service: my-service, event_types: [ae_mental_health, admission_mental_health, s136] }

# What the service itself costs; without it costs are shown as "gross, service cost not supplied".
# programmes:
#   - { service: my-service, cost_per_person_gbp: 0, price_year: 2024/25, source: 'Finance team, 2025' }

prices:
  year: 2024/25
  index: nhscii                     # or: gdp_deflator
  unit_costs: unit-costs.csv        # yours to correct: one line, one price, one source

disclosure:
  preset: hes-7/5                   # or: mhsds-5/5, opensafely-7/5, ten
`
}

/** What the service finds in its new folder. */
export function starterReadme(): string {
  return `# This folder

1. Put the exports into \`exports/\`. The smallest that works is a CSV or Excel sheet with four columns:

   | person_id | measure | score_date | score |
   |---|---|---|---|
   | A1 | ReQoL-10 | 2025-01-09 | 17 |
   | A1 | ReQoL-10 | 2025-06-30 | 26 |

   \`person_id\` is your own number for the person. Helpful further columns, all optional: \`nhs_number\`, \`date_of_birth\`,
   \`gender\`, \`ethnic_category\`, \`service\`, \`referral_date\`, \`first_contact_date\`, \`discharge_date\`.
   Dates are written YYYY-MM-DD.

2. Run \`npx outcomes run\` on this folder.

3. Open \`reports/index.html\`. Rows that could not be used are listed by \`npx outcomes quarantine --project\` on this folder.

Keep this folder where patient data may be kept. Only the files in \`reports/release/\` are made for sharing;
those in \`reports/internal/\` hold small numbers.
NHS numbers, names, postcodes, dates of birth and free text are not stored: see \`outcomes.yaml\` for the settings.
`
}
