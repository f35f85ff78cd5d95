import type { ChangeOptions } from '../src/change/analyse-change.ts'
import type { Norm } from '../src/change/jacobson-truax.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { measureById } from '../src/measures/registry.ts'

/** `phq-9`, or `itq:dso` where a measure has several scales. */
export function measure(text: string): NonNullable<ChangeOptions['scale']> {
  const [id = '', scaleId] = text.split(':')
  const found = measureById(id)
  if (found === null || found.kind === 'aggregate') {
    throw wrong('--measure', 'takes a measure with scores that "outcomes measures" lists, such as phq-9')
  }
  const scales = found.scales.map((it) => it.scale_id)
  const scale = found.scales.find((it) => it.scale_id === (scaleId ?? 'total'))
  if (scale === undefined) {
    throw wrong('--measure', `takes a scale of ${found.measure_id} after a colon: ${scales.join(', ')}`)
  }
  return { measure_id: found.measure_id, scale }
}

export function range(text: string): readonly [number, number] {
  const [min = null, max = null, ...rest] = text.split(',').map((part) => decimal(part.trim()))
  if (min === null || max === null || max <= min || rest.length > 0) {
    throw wrong('--range', 'takes the lowest and the highest score of the scale, such as 0,40')
  }
  return [min, max]
}

export function above0(option: string): (text: string) => number {
  return (text) => {
    const value = decimal(text)
    if (value === null || value <= 0) throw wrong(option, 'takes a number above 0, such as 5')
    return value
  }
}

export function reliability(option: string): (text: string) => number {
  return (text) => {
    const value = decimal(text)
    if (value === null || value < 0 || value >= 1) throw wrong(option, 'takes a number from 0 to below 1, such as 0.85')
    return value
  }
}

export function sd(text: string): number {
  const value = decimal(text)
  if (value === null || value <= 0) throw wrong('--sd', 'takes a number above 0, such as 7.5')
  return value
}

export function norm(option: string): (text: string) => Norm {
  return (text) => {
    const [mean = null, spread = null, ...rest] = text.split(',').map((part) => decimal(part.trim()))
    if (mean === null || spread === null || spread <= 0 || rest.length > 0) {
      throw wrong(option, 'takes a mean and an SD above 0, such as 40,7.5')
    }
    return { mean, sd: spread }
  }
}

export function cutoff(text: string): 'a' | 'b' | 'c' | number {
  if (text === 'a' || text === 'b' || text === 'c') return text
  const value = decimal(text)
  if (value === null) throw wrong('--cutoff', 'takes a, b, c or a score such as 25')
  return value
}

function decimal(text: string): number | null {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null
}

export function wrong(option: string, what: string): OperatorError {
  return new OperatorError(`${option} ${what}.`, EXIT.wrong_usage)
}
