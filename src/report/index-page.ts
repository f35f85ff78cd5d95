import { type ReleasedText, say } from '../disclosure/released.ts'
import { AUDIENCES, type Audience, type ReportDocument } from './document.ts'
import { AUDIENCE_WORDS } from './html.ts'
import { html, htmlPage, type SafeHtml } from './html-page.ts'

/** A report in the index: its page and its other files, by plain relative file names. */
export type IndexEntry = {
  readonly document: ReportDocument
  readonly page: string
  readonly files: readonly { readonly name: string; readonly label: string }[]
}

/**
 * The page that links every report. Those made for sharing come with what they found; internal ones are named only, because what
 * they found may rest on one person and the index is not stamped.
 */
export function renderIndexPage(title: ReleasedText, subtitle: ReleasedText, entries: readonly IndexEntry[]): string {
  const shared = entries.filter((it) => !it.document.policy.is_internal)
  const internal = entries.filter((it) => it.document.policy.is_internal)
  return htmlPage(
    title,
    html`<header class="banner"><div class="inner"><h1>${title}</h1><p class="subtitle">${subtitle}</p></div></header>
<div class="inner">
<main id="main" tabindex="-1" class="index">
${sharedPart(shared)}
${internalPart(internal)}
</main>
</div>
${footerPart(entries)}`,
  )
}

const GROUP_WORDS: Readonly<Record<Audience, ReleasedText>> = {
  commissioner: say`For commissioners`,
  evaluation: say`For evaluators`,
  service: say`For services`,
}

function sharedPart(entries: readonly IndexEntry[]): SafeHtml {
  const [first] = entries
  if (first === undefined) return html``
  const groups = AUDIENCES.toReversed().flatMap((audience) => {
    const own = entries.filter((it) => it.document.audience === audience)
    return own.length === 0
      ? []
      : [html`<h3>${GROUP_WORDS[audience]}</h3><ul class="links">${own.map(sharedEntry)}</ul>`]
  })
  return html`<section class="group" aria-labelledby="for-sharing"><h2 id="for-sharing">For sharing</h2>
<p>Small numbers are protected. ${first.document.policy.words}</p>
${groups}
</section>`
}

function sharedEntry({ document, page, files }: IndexEntry): SafeHtml {
  return html`<li class="panel">
<h4><a href="${fileName(page)}">${document.title}</a></h4>
<p class="finding">${document.finding}</p>
${files.length === 0 ? html`` : html`<p class="files">${fileLinks({ document, page, files })}</p>`}
</li>`
}

function internalPart(entries: readonly IndexEntry[]): SafeHtml {
  if (entries.length === 0) return html``
  const items = entries.map(
    (entry) =>
      html`<li><a href="${fileName(entry.page)}">${entry.document.title}</a> <span class="kind">${AUDIENCE_WORDS[entry.document.audience]}</span> ${fileLinks(entry)}</li>`,
  )
  return html`<section class="group" aria-labelledby="internal"><h2 id="internal">Internal: exact numbers, not for release</h2>
<p>The same reports for the team that holds the records. They show single people and must stay with it.</p>
<ul class="plain">${items}</ul>
</section>`
}

/** Each link says which report it belongs to: links are also read one by one, out of their place. */
function fileLinks({ document, files }: IndexEntry): SafeHtml {
  return html`${files.map(
    ({ name, label }) =>
      html`<a href="${fileName(name)}">${label}<span class="unseen">, ${document.title}, ${AUDIENCE_WORDS[document.audience]}</span></a> `,
  )}`
}

function footerPart(entries: readonly IndexEntry[]): SafeHtml {
  const [first] = entries
  if (first === undefined) return html``
  const { software, data_period } = first.document.generated_from
  return html`<footer><div class="inner"><p>Made by ${software} from records of ${data_period}.</p></div></footer>`
}

function fileName(name: string): string {
  if (!/^[a-z0-9][a-z0-9._/-]*$/i.test(name) || name.includes('..'))
    throw new Error('a link in the index is a plain relative file name')
  return name
}
