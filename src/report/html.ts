import { type ReleasedText, say } from '../disclosure/released.ts'
import type { ReleasedTable } from '../disclosure/released-table.ts'
import type { Layout } from './bind-chart.ts'
import type { ChartSpecs } from './chart-spec.ts'
import { checkDocument } from './check-document.ts'
import type {
  Audience,
  Figure,
  GlossaryEntry,
  HeadlineCard,
  MethodNote,
  ReportDocument,
  ReportSection,
} from './document.ts'
import { type DrawChart, drawChart } from './draw-chart.ts'
import { html, htmlPage, SafeHtml } from './html-page.ts'
import { hasWithheld, htmlTable, htmlValue } from './html-table.ts'
import { renderSvg } from './render-svg.ts'

/** A whole report as one HTML file that opens with no network and runs no script. */
export async function renderHtml(
  charts: ChartSpecs,
  document: ReportDocument,
  draw: DrawChart = drawChart,
): Promise<string> {
  checkDocument(document)
  const svg: Svg = (figure, layout) => renderSvg(charts, figure, layout, draw)
  const sections = await Promise.all(document.sections.map((section) => sectionPart(svg, document, section)))
  return htmlPage(
    document.title,
    html`${banner(document)}
${stampPart(document)}
<div class="inner layout">
${contents(document)}
<main id="main" tabindex="-1">
${opening(document)}
${sections}
${methodsPart(document.methods)}
${glossaryPart(document.glossary)}
</main>
</div>
${footerPart(document)}`,
  )
}

/** What each audience's report is called. */
export const AUDIENCE_WORDS: Readonly<Record<Audience, ReleasedText>> = {
  service: say`Service report`,
  evaluation: say`Evaluation report`,
  commissioner: say`Commissioner report`,
}

function banner(document: ReportDocument): SafeHtml {
  return html`<header class="banner"><div class="inner">
<p class="kind">${AUDIENCE_WORDS[document.audience]}</p>
<h1>${document.title}</h1>
<p class="subtitle">${document.subtitle}</p>
<p class="made">Records of ${document.generated_from.data_period}</p>
</div></header>`
}

function stampPart(document: ReportDocument): SafeHtml {
  const { is_internal, words } = document.policy
  return html`<aside class="${is_internal ? 'stamp internal' : 'stamp'}" aria-label="Disclosure rule"><div class="inner"><p><strong>${
    is_internal ? 'Internal.' : 'Small numbers are protected.'
  }</strong> ${words}</p></div></aside>`
}

function footerPart({ generated_from, policy }: ReportDocument): SafeHtml {
  const { software, data_period, account, opt_outs } = generated_from
  return html`<footer><div class="inner">
<p>Made by ${software} from records of ${data_period}.</p>
${account === undefined ? html`` : html`<p>${account}</p>`}
${opt_outs === undefined ? html`` : html`<p>${opt_outs}</p>`}
<p>Disclosure rule ${policy.id}: ${policy.words} Source: ${policy.source}.</p>
</div></footer>`
}

function contents(document: ReportDocument): SafeHtml {
  const links = [
    ...document.sections.map((section) => html`<li><a href="#section-${section.id}">${section.title}</a></li>`),
    ...(document.methods.length === 0 ? [] : [html`<li><a href="#methods">How the numbers are made</a></li>`]),
    ...(document.glossary.length === 0 ? [] : [html`<li><a href="#glossary">Words used</a></li>`]),
  ]
  return html`<nav class="contents" aria-labelledby="contents"><h2 id="contents">In this report</h2><ul>${links}</ul></nav>`
}

function opening(document: ReportDocument): SafeHtml {
  return html`<section aria-label="At a glance">
<p class="finding">${document.finding}</p>
${document.headlines.length === 0 ? html`` : html`<ul class="cards">${document.headlines.map(card)}</ul>`}
<div class="panel cohort"><h2>Who this report counts</h2><ul>${document.cohort.map((line) => html`<li>${line}</li>`)}</ul></div>
</section>`
}

function card({ label, value, detail, tone = 'neutral' }: HeadlineCard): SafeHtml {
  const size = value.is_shown || value.is_suppressed ? 'figure' : 'figure words'
  const number = value.is_suppressed ? html`* <span class="small">${value.words}</span>` : htmlValue(value)
  return html`<li class="card ${tone}"><h2>${label}</h2><div class="${size}">${number}</div><p>${detail}</p></li>`
}

type Svg = (figure: Figure, layout: Layout) => Promise<string>

async function sectionPart(svg: Svg, document: ReportDocument, section: ReportSection): Promise<SafeHtml> {
  const figures = await Promise.all(section.figures.map((figure) => figurePart(svg, document, figure)))
  return html`<section id="section-${section.id}" aria-labelledby="heading-${section.id}">
<h2 id="heading-${section.id}">${section.title}</h2>
<p class="lead">${section.lead}</p>
${figures}
${section.tables.map((table) => tablePart(document, table))}
${(section.appendix ?? []).map((table) => foldedPart(document, table))}
${notesPart(section.notes)}
</section>`
}

async function figurePart(svg: Svg, document: ReportDocument, figure: Figure): Promise<SafeHtml> {
  const id = `figure-${figure.id}`
  return html`<div class="panel" id="${id}">
<h3 id="${id}-title">${figure.title}</h3>
<p class="summary" id="${id}-summary">${figure.summary}</p>
<figure role="img" aria-labelledby="${id}-title" aria-describedby="${id}-summary">
<div class="drawn wide">${SafeHtml.trusted(await svg(figure, 'wide'))}</div>
<div class="drawn narrow">${SafeHtml.trusted(await svg(figure, 'narrow'))}</div>
</figure>
${markerKey(document, figure.table)}
<details><summary>Table of the numbers drawn<span class="unseen">: ${figure.table.title}</span></summary>
${htmlTable(figure.table)}
</details>
</div>`
}

function tablePart(document: ReportDocument, table: ReleasedTable): SafeHtml {
  return html`<div class="panel"><h3>${table.title}</h3>
${htmlTable(table)}
${markerKey(document, table)}
</div>`
}

function foldedPart(document: ReportDocument, table: ReleasedTable): SafeHtml {
  return html`<details class="panel folded"><summary><h3>${table.title}</h3></summary>
${htmlTable(table)}
${markerKey(document, table)}
</details>`
}

function markerKey(document: ReportDocument, table: ReleasedTable): SafeHtml {
  if (!hasWithheld(table)) return html``
  return html`<p class="key"><strong>*</strong> means ${document.policy.legend}</p>`
}

function notesPart(notes: readonly ReleasedText[]): SafeHtml {
  return notes.length === 0 ? html`` : html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`
}

function methodsPart(methods: readonly MethodNote[]): SafeHtml {
  if (methods.length === 0) return html``
  const items = methods.map(({ title, text, source }) => {
    const from = source === undefined ? html`` : html` <span class="source">Source: ${source}</span>`
    return html`<dt>${title}</dt><dd>${text}${from}</dd>`
  })
  return html`<section id="methods" aria-labelledby="heading-methods"><h2 id="heading-methods">How the numbers are made</h2><div class="panel"><dl>${items}</dl></div></section>`
}

function glossaryPart(glossary: readonly GlossaryEntry[]): SafeHtml {
  if (glossary.length === 0) return html``
  const items = glossary.map(({ term, meaning }) => html`<dt>${term}</dt><dd>${meaning}</dd>`)
  return html`<section id="glossary" aria-labelledby="heading-glossary"><h2 id="heading-glossary">Words used</h2><div class="panel"><dl>${items}</dl></div></section>`
}
