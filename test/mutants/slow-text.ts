/** Bytes 0x80 to 0x9f of Windows-1252. */
const UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Text of bytes given as characters 0 to 255: what stands together beyond ASCII is UTF-8 if it can be, else Windows-1252. */
export function slowText(bytes: string): string {
  return bytes.replace(/[^\0-\x7f]+/g, (run) => {
    try {
      return decodeURIComponent(run.replace(/./gs, (byte) => `%${byte.charCodeAt(0).toString(16)}`))
    } catch {
      return run.replace(/[\x80-\x9f]/g, (byte) => UPPER[byte.charCodeAt(0) - 128] as string)
    }
  })
}
