import { readFileSync } from 'node:fs'
import { FONT_FILES } from './fonts.ts'

export type FontWeight = keyof typeof FONT_FILES

const advancesOf = new Map<FontWeight, Advances>()

/**
 * Width of a line of Arial in pixels, from the font file's own tables: the same on every machine, with no canvas.
 * A character the font lacks counts as wide as its missing-glyph box.
 */
export function textWidth(text: string, fontSize: number, weight: FontWeight = 'regular'): number {
  const { units_per_em, advanceOf } = advances(weight)
  const units = Array.from(text).reduce((sum, character) => sum + advanceOf(character.codePointAt(0) as number), 0)
  return (units * fontSize) / units_per_em
}

type Advances = { readonly units_per_em: number; readonly advanceOf: (codePoint: number) => number }

function advances(weight: FontWeight): Advances {
  const known = advancesOf.get(weight)
  if (known !== undefined) return known
  const read = readAdvances(readFileSync(FONT_FILES[weight]))
  advancesOf.set(weight, read)
  return read
}

/** Reads `head`, `hhea`, `hmtx` and the format 4 `cmap` of a TrueType file (OpenType specification 1.9). */
function readAdvances(font: Buffer): Advances {
  const table = (tag: string): number => {
    for (let entry = 12; entry < 12 + 16 * font.readUInt16BE(4); entry += 16) {
      if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8)
    }
    throw new Error(`the font has no ${tag} table`)
  }
  const units_per_em = font.readUInt16BE(table('head') + 18)
  const nMetrics = font.readUInt16BE(table('hhea') + 34)
  const metrics = table('hmtx')
  const map = unicodeMap(font, table('cmap'))
  return {
    units_per_em,
    advanceOf: (codePoint) => font.readUInt16BE(metrics + 4 * Math.min(glyphOf(font, map, codePoint), nMetrics - 1)),
  }
}

function unicodeMap(font: Buffer, cmap: number): number {
  for (let entry = cmap + 4; entry < cmap + 4 + 8 * font.readUInt16BE(cmap + 2); entry += 8) {
    const map = cmap + font.readUInt32BE(entry + 4)
    if (font.readUInt16BE(map) === 4) return map
  }
  throw new Error('the font has no format 4 character map')
}

function glyphOf(font: Buffer, map: number, codePoint: number): number {
  const doubled = font.readUInt16BE(map + 6)
  for (let segment = 0; segment < doubled; segment += 2) {
    if (codePoint > font.readUInt16BE(map + 14 + segment)) continue
    const start = font.readUInt16BE(map + 16 + doubled + segment)
    if (codePoint < start) return 0
    const delta = font.readUInt16BE(map + 16 + 2 * doubled + segment)
    const offsetAt = map + 16 + 3 * doubled + segment
    const offset = font.readUInt16BE(offsetAt)
    if (offset === 0) return (codePoint + delta) & 0xffff
    const glyph = font.readUInt16BE(offsetAt + offset + 2 * (codePoint - start))
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff
  }
  return 0
}
