import { createHash } from 'node:crypto'
import { Released, ReleasedText } from '../disclosure/released.ts'
import { escapeMarkup } from './escape-markup.ts'
import { PAGE_STYLE } from './page-style.ts'

/** Markup that is safe to print: its text has been escaped. */
export class SafeHtml {
  readonly markup: string

  private constructor(markup: string) {
    this.markup = markup
  }

  /** Markup made by this program's own renderers, such as a chart. */
  static trusted(markup: string): SafeHtml {
    return new SafeHtml(markup)
  }
}

type HtmlPart = SafeHtml | ReleasedText | Released | string | readonly SafeHtml[]

/** Writes markup around parts: text is escaped, safe markup and lists of it are kept as they are. */
export function html(markup: TemplateStringsArray, ...parts: readonly HtmlPart[]): SafeHtml {
  return SafeHtml.trusted(markup.reduce((before, piece, index) => before + written(parts[index - 1]) + piece))
}

/** A whole page that fetches nothing and runs nothing: its policy allows its own style sheet, by hash, and no more. */
export function htmlPage(title: ReleasedText, body: SafeHtml): string {
  const hash = createHash('sha256').update(PAGE_STYLE, 'utf8').digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${SafeHtml.trusted(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${body}
</body>
</html>
`.markup
}

function written(part: HtmlPart | undefined): string {
  if (part instanceof SafeHtml) return part.markup
  if (part instanceof ReleasedText || part instanceof Released) return escapeMarkup(part.text)
  if (typeof part === 'string') return escapeMarkup(part)
  if (Array.isArray(part)) return part.map(written).join('\n')
  throw new Error('a page takes released values, released text and markup')
}
