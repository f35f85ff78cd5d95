import { textWidth } from './text-width.ts'

/** Breaks words into lines no wider than `pixels`, with a line feed between, as where one was; a longer word keeps a line to itself. */
export function wrapText(text: string, pixels: number, fontSize: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, pixels, fontSize))
    .join('\n')
}

function wrapLine(text: string, pixels: number, fontSize: number): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && textWidth(`${line} ${word}`, fontSize) <= pixels)
      lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}
