/** The word that takes the fewest edits to become `wanted`, where they are fewer than half its letters; null where none is near. */
export function nearestWord(wanted: string, words: readonly string[]): string | null {
  let best: string | null = null
  let bestEdits = Number.POSITIVE_INFINITY
  for (const word of words) {
    const edits = editDistance(wanted, word)
    if (edits < bestEdits && edits * 2 < Math.max(wanted.length, word.length)) {
      best = word
      bestEdits = edits
    }
  }
  return best
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(swap, (previous[j] as number) + 1, (current[j - 1] as number) + 1))
    }
    previous = current
  }
  return previous[b.length] as number
}
