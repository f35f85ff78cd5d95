/** Sources named by more than one measure. */
export const NHSE_PROMS = 'NHS England, community mental health PROMs dashboard SQL (nhsengland/MHSDS, 2025-07-03)'
export const NHSE_LISTS =
  'NHS England assessment lists (NHSDigital/mental-health-monthly-statistics table mh_ass, 2025-09-18; nhsengland/Reusable-Code-Library MHSDS v6 list, 2026-03-26)'
export const NHSE_IAPT_LIST =
  'NHS England, Talking Therapies assessment list (nhsengland/Reusable-Code-Library, 2026-03-26)'
export const NHSE_CYP =
  'NHS England, children and young people outcome thresholds (NHSDigital/mental-health-monthly-statistics, 2025-09-18)'
export const TALKING_THERAPIES =
  'NHS Talking Therapies thresholds (BMC Psychiatry 10.1186/s12888-018-1987-1, table 1; A guide to IAPT data and publications v2.1)'
export const CAMCOPS = 'CamCOPS task documentation'
export const NOT_SEEN = 'Known to the field; not seen in a source'
export const OWN_RULE = 'No published rule was found; strict scoring is this product’s choice'
