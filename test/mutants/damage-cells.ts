import type { Random } from '../../src/stats/random.ts'
import { type CellKind, pick } from './kinds.ts'

/**
 * What people and programs do to a cell, and what has to come of it. held: the record is held back. same: it says what it said before.
 * other: it now says something else that is valid, which no reader can tell from the truth.
 */
export interface CellDamage {
  readonly name: string
  readonly kinds: readonly CellKind[]
  readonly outcome: 'held' | 'same' | 'other'
  /** Null where the text cannot be damaged so. */
  to(text: string, random: Random): string | null
}

const WHOLE: readonly CellKind[] = ['score', 'answer']
const NUMBERS: readonly CellKind[] = [...WHOLE, 'coded_score']
const DATES: readonly CellKind[] = ['iso_date', 'uk_date']

const damage = (
  name: string,
  kinds: readonly CellKind[],
  outcome: CellDamage['outcome'],
  to: (text: string, random: Random) => string | null,
): CellDamage => ({ name, kinds, outcome, to: (text, random) => (text === '' ? null : to(text, random)) })

const shifted = (text: string, zero: number) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))

const unlessAlike = (text: string, damaged: string) => (text === damaged ? null : damaged)

export const CELL_DAMAGES: readonly CellDamage[] = [
  damage('scientific notation', NUMBERS, 'held', (text) => `${text}e0`),
  damage('ten written 1e1', NUMBERS, 'held', () => '1e1'),
  damage('hexadecimal', NUMBERS, 'held', (text) => `0x${Number(text).toString(16)}`),
  damage('full-width digits', [...NUMBERS, ...DATES, 'nhs_number'], 'held', (text) => shifted(text, 0xff10)),
  damage('Arabic-Indic digits', [...NUMBERS, ...DATES, 'nhs_number'], 'held', (text) => shifted(text, 0x660)),
  damage('a decimal comma', NUMBERS, 'held', (text) => `${text},0`),
  damage('a half', WHOLE, 'held', (text) => `${text}.5`),
  damage('below nothing', NUMBERS, 'held', (text) => `-${Number(text) + 1}`),
  damage('a plus sign', NUMBERS, 'held', (text) => `+${text}`),
  damage('out of range', NUMBERS, 'held', (_, random) => pick(random, ['81', '99', '100', '1000'])),
  damage('far out of range', NUMBERS, 'held', () => '9434765919999999999999'),
  damage('a percentage', NUMBERS, 'held', (text) => `${text}%`),
  damage('out of the most', NUMBERS, 'held', (text) => `${text}/27`),
  damage('a letter for a digit', NUMBERS, 'held', (text) =>
    unlessAlike(text, text.replace('0', 'O').replace('1', 'l')),
  ),
  damage('a word', NUMBERS, 'held', (_, random) => pick(random, ['twelve', 'NaN', 'Infinity', 'null', 'true', 'n/a'])),
  damage('a spreadsheet error', NUMBERS, 'held', (_, random) => pick(random, ['#N/A', '#REF!', '#DIV/0!', '####'])),
  damage('a formula', NUMBERS, 'held', (text) => `=${text}+0`),
  damage('a text mark', NUMBERS, 'held', (text) => `'${text}`),
  damage('a zero-width space', [...NUMBERS, ...DATES], 'held', (text) => `${text}\u200b`),
  damage('written right to left', [...NUMBERS, ...DATES], 'held', (text) => `\u202e${text}`),
  damage('a space inside', ['score'], 'held', (text) => (text.length < 2 ? null : `${text[0]} ${text.slice(1)}`)),
  damage('an underscore inside', ['score'], 'held', (text) => (text.length < 2 ? null : `${text[0]}_${text.slice(1)}`)),
  damage('space around it', [...NUMBERS, ...DATES, 'nhs_number', 'local_id', 'word'], 'same', (text) => ` ${text}\t`),
  damage(
    'a no-break space behind it',
    [...NUMBERS, ...DATES, 'nhs_number', 'local_id', 'word'],
    'same',
    (text) => `${text}\u00a0`,
  ),
  damage('a decimal nought', NUMBERS, 'same', (text) => `${text}.0`),
  damage('a nought in front', NUMBERS, 'same', (text) => `0${text}`),
  damage('another number', ['answer'], 'other', (_, random) => pick(random, ['0', '1', '2', '3', '4'])),
  damage('30 February', ['iso_date'], 'held', (text) => `${text.slice(0, 5)}02-30`),
  damage('month 13', ['iso_date'], 'held', (text) => `${text.slice(0, 5)}13-01`),
  damage('day and month in the other order, where the day is no month', ['uk_date'], 'held', (text) => {
    const [day = '', month = '', year = ''] = text.split('/')
    return Number(day) > 12 ? `${month}/${day}/${year}` : null
  }),
  damage('day and month in the other order, where both are months', ['uk_date'], 'other', (text) => {
    const [day = '', month = '', year = ''] = text.split('/')
    return Number(day) <= 12 ? `${month}/${day}/${year}` : null
  }),
  damage('day first in a file of year first', ['iso_date'], 'held', (text) => text.split('-').reverse().join('/')),
  damage('a year of two digits', DATES, 'held', (text) => text.replace(/(19|20)(\d\d)/, '$2')),
  damage('a dash for a hyphen', ['iso_date'], 'held', (text) => text.replaceAll('-', '–')),
  damage('a placeholder', DATES, 'held', (_, random) => pick(random, ['1900-01-01', '9999-12-31', '1899-12-30'])),
  damage('no day at all', DATES, 'held', (_, random) => pick(random, ['0000-00-00', '00/00/0000', 'unknown'])),
  damage('in the future', DATES, 'held', () => '2031-01-01'),
  damage('with a time of a summer night', ['iso_date'], 'same', (text) => `${text}T23:30:00+01:00`),
  damage('with slashes', ['iso_date'], 'same', (text) => text.replaceAll('-', '/')),
  damage('without separators', ['iso_date'], 'same', (text) => text.replaceAll('-', '')),
  damage('year first in a file of day first', ['uk_date'], 'same', (text) => text.split('/').reverse().join('-')),
  damage('another check digit', ['nhs_number'], 'held', (text) => `${text.slice(0, 9)}${(Number(text[9]) + 1) % 10}`),
  damage('two digits the other way round', ['nhs_number'], 'held', (text, random) => {
    const at = Math.floor(random() * 8)
    return unlessAlike(text, `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`)
  }),
  damage('a digit lost', ['nhs_number'], 'held', (text) => text.slice(1)),
  damage('a digit too many', ['nhs_number'], 'held', (text) => `${text}0`),
  damage('in scientific notation', ['nhs_number'], 'held', (text) => `${text[0]}.${text.slice(1, 6)}E+09`),
  damage('all digits the same', ['nhs_number'], 'held', () => '4444444444'),
  damage('in groups', ['nhs_number'], 'same', (text) => `${text.slice(0, 3)} ${text.slice(3, 6)} ${text.slice(6)}`),
  damage('with hyphens', ['nhs_number'], 'same', (text) => `${text.slice(0, 3)}-${text.slice(3, 6)}-${text.slice(6)}`),
  damage('as a number with a decimal', ['nhs_number'], 'same', (text) => `${text}.0`),
  damage('in scientific notation', ['local_id'], 'held', () => '1.23E+12'),
  damage('another person', ['local_id'], 'other', (text) => `${text}7`),
]
