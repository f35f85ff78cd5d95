import { describe, expect, it } from 'vitest'
import { bundledPriceIndex } from '../../src/economics/bundled.ts'
import { readGdpDeflator, readNhscii, uprating } from '../../src/economics/price-index.ts'

const nhscii = bundledPriceIndex('nhscii')
const nhscii2024 = bundledPriceIndex('nhscii', '2024')
const deflator = bundledPriceIndex('gdp_deflator')

describe('prices are brought to one year', () => {
  it.each([
    ['2019/20', '2024/25', 1.2026477345],
    ['2022/23', '2024/25', 1.06589294],
    ['2024/25', '2024/25', 1],
    ['2023/24', '2024/25', 1.0402],
    ['2014/15', '2015/16', 1.004],
  ])('by NHSCII, the rises after %s up to and with %s', (from, to, factor) => {
    expect(uprating(nhscii, from, to)).toMatchObject({ factor: expect.closeTo(factor, 10) })
  })

  it('an older edition of NHSCII gives another factor: 2023/24 was 4.31 before it was revised to 2.47', () => {
    expect(uprating(nhscii2024, '2019/20', '2023/24')).toMatchObject({ factor: expect.closeTo(1.1769304447, 10) })
    expect(uprating(nhscii, '2019/20', '2023/24')).toMatchObject({ factor: expect.closeTo(1.2026477345 / 1.0402, 9) })
  })

  it.each([
    // Published figures: £410 in 2011/12 is £583, £38.43 in 2013/14 is £52.62, £38 in 2013/14 is £52.03, at 2024/25 prices.
    [410, '2011/12', 583.0],
    [38.43, '2013/14', 52.62],
    [38, '2013/14', 52.03],
  ])('by the GDP deflator, £%d at %s prices is £%d in 2024/25', (amount, from, expected) => {
    const result = uprating(deflator, from, '2024/25')
    expect('factor' in result && amount * result.factor).toBeCloseTo(expected, 2)
  })

  it('going back is the inverse of going forward', () => {
    expect(uprating(nhscii, '2024/25', '2019/20')).toMatchObject({ factor: expect.closeTo(1 / 1.2026477345, 10) })
  })
})

describe('a figure that may still change is flagged', () => {
  it('the latest NHSCII year is provisional', () => {
    expect(uprating(nhscii, '2022/23', '2024/25')).toMatchObject({ provisional_years: ['2024/25'], forecast_years: [] })
    expect(uprating(nhscii, '2022/23', '2023/24')).toMatchObject({ provisional_years: [], forecast_years: [] })
  })

  it('a year price that needs no uprating rests on no index figure', () => {
    expect(uprating(nhscii, '2024/25', '2024/25')).toMatchObject({ provisional_years: [] })
  })

  it('a GDP deflator after 2024/25 is a forecast', () => {
    expect(uprating(deflator, '2022/23', '2025/26')).toMatchObject({ forecast_years: ['2025/26'] })
  })

  it.each([
    ['2013/14', '2024/25', '2013/14'],
    ['2022/23', '2025/26', '2025/26'],
  ])('a year NHSCII does not have is refused: %s to %s', (from, to, financial_year) => {
    expect(uprating(nhscii, from, to)).toEqual({ code: 'year_not_in_index', financial_year })
  })
})

describe('a broken index table is refused with its line', () => {
  it.each([
    ['2025,2014/15,,base,s\n2025,2016/17,2,final,s', 'line 3, column financial_year: does not follow'],
    ['2025,2014/15,,base,s\n2025,2015/16,,final,s', 'line 3, column pay_and_prices_pct: is not a number'],
    ['2025,2014/15,,guess,s', 'line 2, column status'],
    ['2024,2014/15,,base,s', 'no edition 2025'],
  ])('%j', (lines, words) => {
    expect(() => readNhscii(`edition,financial_year,pay_and_prices_pct,status,source\n${lines}`, '2025')).toThrow(words)
  })

  it('names a missing column', () => {
    expect(() => readGdpDeflator('edition,financial_year,status\n', 'x')).toThrow(
      'the columns source, index are missing',
    )
  })
})
