import type { ReleasedText } from '../disclosure/released.ts'
import type { ReportDocument } from './document.ts'
import { AUDIENCE_WORDS } from './html.ts'
import { html, htmlPage, type SafeHtml } from './html-page.ts'

/** A report in the index: its page and its other files, by plain relative file names. */
export type IndexEntry = {
  readonly document: ReportDocument
  readonly page: string
  readonly files: readonly { readonly name: string; readonly label: string }[]
}

/** The page that links every report with what it found, in one line each. */
export function renderIndexPage(title: ReleasedText, subtitle: ReleasedText, entries: readonly IndexEntry[]): string {
  return htmlPage(
    title,
    html`<header class="banner"><div class="inner"><h1>${title}</h1><p class="subtitle">${subtitle}</p></div></header>
<div class="inner">
<main id="main" tabindex="-1" class="index">
<ul class="links">${entries.map(entryPart)}</ul>
</main>
</div>`,
  )
}

function entryPart({ document, page, files }: IndexEntry): SafeHtml {
  const links = files.map(({ name, label }) => html`<a href="${fileName(name)}">${label}</a> `)
  return html`<li class="panel">
<p class="kind">${AUDIENCE_WORDS[document.audience]}${document.policy.is_internal ? ', internal' : ''}</p>
<h2><a href="${fileName(page)}">${document.title}</a></h2>
<p class="finding">${document.finding}</p>
<p>${document.subtitle}</p>
${files.length === 0 ? html`` : html`<p class="files">${links}</p>`}
</li>`
}

function fileName(name: string): string {
  if (!/^[a-z0-9][a-z0-9._/-]*$/i.test(name) || name.includes('..'))
    throw new Error('a link in the index is a plain relative file name')
  return name
}
