/** Node hears of Ctrl-C only between turns of its event loop, and long work by promises alone never ends one. */
export function letSignalsThrough(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
