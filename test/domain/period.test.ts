import { expect, it } from 'vitest'
import { periodText, readPeriod } from '../../src/domain/period.ts'
import { onlyDrawn, table } from '../table.ts'

it('a period is a month, months or days, and is written the shorter way; anything else is none', () => {
  const drawing = `
    typed                  | from       | to         | written
    -----------------------+------------+------------+-----------------------
    2025-09                | 2025-09-01 | 2025-09-30 | 2025-09
    2024-02                | 2024-02-01 | 2024-02-29 | 2024-02
    2025-11..2026-01       | 2025-11-01 | 2026-01-31 | 2025-11..2026-01
    2025-09-01..2025-09-30 | 2025-09-01 | 2025-09-30 | 2025-09
    2025-09-01..2025-10-02 | 2025-09-01 | 2025-10-02 | 2025-09-01..2025-10-02
    2025-09-05..2025-09    | 2025-09-05 | 2025-09-30 | 2025-09-05..2025-09-30
    2025-09..2025-08       |            |            |
    2025-13                |            |            |
    2025-09-01             |            |            |
    2025-02-30..2025-03    |            |            |
    September              |            |            |
    2025-09..2025-10..2026 |            |            |
  `
  const found = table(drawing).map(({ typed }) => {
    const period = readPeriod(String(typed))
    return { typed, from: period?.start, to: period?.end, written: period === null ? null : periodText(period) }
  })
  expect(onlyDrawn(found, drawing)).toEqual(table(drawing))
})
