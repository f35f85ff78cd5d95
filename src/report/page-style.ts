import { FONT_STACK } from './fonts.ts'
import { COLOURS } from './theme.ts'

/** The one style sheet of every page, inlined: a page fetches nothing. */
export const PAGE_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; font: 17px/1.55 ${FONT_STACK}; color: ${COLOURS.ink}; background: ${COLOURS.page}; }
h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 2.25rem; letter-spacing: -0.01em; }
h2 { font-size: 1.65rem; }
h3 { font-size: 1.2rem; }
p { margin: 0.6rem 0 0; max-width: 70ch; }
a { color: ${COLOURS.blue}; text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 3px; }
:focus-visible { outline: 3px solid ${COLOURS.ink}; outline-offset: 2px; background: #ffeb3b; color: ${COLOURS.ink}; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: 0.6rem 1rem; background: #ffeb3b; color: ${COLOURS.ink}; z-index: 2; }
.skip:focus { top: 0.5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.inner { max-width: 1200px; margin: 0 auto; padding: 0 2rem; }
.banner { background: ${COLOURS.dark_blue}; color: ${COLOURS.white}; padding: 2.6rem 0 2.4rem; }
.banner p { color: #dbe7f5; max-width: 60ch; }
.banner .kind { margin: 0 0 0.5rem; font-weight: bold; font-size: 0.95rem; color: #a9cbea; }
.banner .subtitle { font-size: 1.15rem; }
.banner .made { font-size: 0.9rem; margin-top: 1.1rem; max-width: none; }
.stamp { background: #dfe9f3; border-bottom: 1px solid #b8cbdf; font-size: 0.95rem; padding: 0.7rem 0; }
.stamp p { margin: 0; max-width: none; }
.stamp.internal { background: #fdecea; border-bottom: 4px solid #b3261e; }
.layout { display: grid; grid-template-columns: 220px minmax(0, 1fr); gap: 3rem; align-items: start; padding-top: 2.2rem; padding-bottom: 4rem; }
.contents { position: sticky; top: 1.5rem; font-size: 0.95rem; }
.contents h2 { font-size: 1rem; color: ${COLOURS.quiet}; margin-bottom: 0.5rem; }
.contents ul { list-style: none; margin: 0; padding: 0; border-left: 3px solid #c3d0d8; }
.contents a { display: block; padding: 0.34rem 0 0.34rem 0.9rem; margin-left: -3px; border-left: 3px solid transparent; text-decoration: none; line-height: 1.35; }
.contents a:hover { border-left-color: ${COLOURS.blue}; text-decoration: underline; }
main > section { margin-top: 3.4rem; }
main > section:first-child { margin-top: 0; }
.lead { font-size: 1.12rem; margin-top: 0.7rem; }
.panel { background: ${COLOURS.white}; border: 1px solid #d3dde3; border-radius: 6px; padding: 1.6rem 1.7rem 1.5rem; margin-top: 1.5rem; }
.cohort { border-left: 6px solid ${COLOURS.blue}; }
.cohort h2 { font-size: 1.2rem; }
.cohort ul { margin: 0.6rem 0 0; padding-left: 1.15rem; }
.cohort li { margin-top: 0.3rem; max-width: 72ch; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 1rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.card { background: ${COLOURS.white}; border: 1px solid #d3dde3; border-top: 6px solid ${COLOURS.quiet}; border-radius: 6px; padding: 1rem 1.1rem 1.1rem; display: flex; flex-direction: column; }
.card.good { border-top-color: ${COLOURS.green}; }
.card.caution { border-top-color: ${COLOURS.amber}; }
.finding { font-size: 1.25rem; line-height: 1.45; margin-top: 0; }
.card h2 { font-size: 0.98rem; font-weight: bold; color: ${COLOURS.quiet}; }
.card .figure { font-size: 2.3rem; font-weight: bold; line-height: 1.15; margin-top: 0.35rem; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.card .figure.words { font-size: 1.1rem; letter-spacing: 0; }
.card .small { display: block; font-size: 1rem; line-height: 1.3; letter-spacing: 0; }
.card p { font-size: 0.95rem; line-height: 1.4; }
figure { margin: 1.1rem 0 0; }
figure svg { display: block; width: 100%; height: auto; }
.drawn.wide { max-width: 800px; }
.drawn.narrow { display: none; }
.summary { color: ${COLOURS.quiet}; }
.key { max-width: none; font-size: 0.92rem; color: ${COLOURS.quiet}; }
details { margin-top: 1rem; border-top: 1px solid ${COLOURS.line}; padding-top: 0.8rem; }
summary { cursor: pointer; color: ${COLOURS.blue}; text-decoration: underline; text-underline-offset: 0.15em; width: fit-content; }
details.folded { border-top-color: #d3dde3; padding: 0.9rem 1.7rem; }
details.folded[open] { padding-bottom: 1.5rem; }
details.folded h3 { display: inline; font-size: 1.05rem; }
.scroll { position: relative; overflow-x: auto; margin-top: 0.8rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.97rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; }
th, td { padding: 0.5rem 0.9rem 0.5rem 0; border-bottom: 1px solid ${COLOURS.line}; vertical-align: top; text-align: left; }
thead th { border-bottom: 2px solid ${COLOURS.quiet}; vertical-align: bottom; line-height: 1.3; }
tbody th { font-weight: normal; min-width: 9rem; }
td.words { min-width: 5.5rem; }
th.number, td.number { text-align: right; padding-left: 0.9rem; white-space: nowrap; }
th.number { white-space: normal; }
th:last-child, td:last-child { padding-right: 0.2rem; }
td .none { color: ${COLOURS.quiet}; font-style: italic; white-space: normal; }
.notes { margin: 0.9rem 0 0; padding: 0; list-style: none; font-size: 0.95rem; color: ${COLOURS.quiet}; }
.notes li { margin-top: 0.3rem; max-width: 76ch; }
dl { margin: 0.4rem 0 0; }
dt { font-weight: bold; margin-top: 1rem; }
dl dt:first-child { margin-top: 0; }
dd { margin: 0.15rem 0 0; max-width: 74ch; }
dd .source { display: block; color: ${COLOURS.quiet}; font-size: 0.93rem; }
.links { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 1.3rem; }
.links .panel { margin-top: 0; display: flex; flex-direction: column; }
.links .files { margin-top: auto; padding-top: 0.8rem; font-size: 0.95rem; }
.links .finding { font-size: 1rem; line-height: 1.5; margin-top: 0.5rem; }
.group { margin-top: 3rem; }
.group:first-child { margin-top: 0; }
.group h2 { font-size: 1.5rem; }
.group > h3 { font-size: 1.1rem; color: ${COLOURS.quiet}; margin-top: 1.6rem; }
.links { margin-top: 0.9rem; }
.links h4 { font-size: 1.15rem; line-height: 1.3; margin: 0; }
.plain { list-style: none; margin: 0.8rem 0 0; padding: 0.4rem 1.7rem; background: ${COLOURS.white}; border: 1px solid #d3dde3; border-left: 6px solid #b3261e; border-radius: 6px; }
.plain li { padding: 0.5rem 0; border-bottom: 1px solid ${COLOURS.line}; }
.plain li:last-child { border-bottom: 0; }
.plain .kind { color: ${COLOURS.quiet}; font-size: 0.95rem; }
main.index { padding: 2.2rem 0 4rem; }
footer { border-top: 1px solid #c3d0d8; font-size: 0.92rem; color: ${COLOURS.quiet}; padding: 1.4rem 0 2.4rem; }
footer p { max-width: none; margin-top: 0.3rem; }
@media (max-width: 1000px) {
  .layout { grid-template-columns: minmax(0, 1fr); gap: 1.8rem; }
  .contents { position: static; }
}
@media (max-width: 640px) {
  body { font-size: 16px; }
  .inner { padding: 0 1rem; }
  .banner { padding: 1.7rem 0 1.6rem; }
  h1 { font-size: 1.65rem; }
  h2 { font-size: 1.4rem; }
  .layout { padding-top: 1.4rem; }
  details.folded { padding: 0.8rem 0.9rem; }
  .panel { padding: 1.1rem 0.9rem; margin-left: -0.25rem; margin-right: -0.25rem; }
  .cards { grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 0.7rem; }
  .card { padding: 0.8rem 0.8rem 0.9rem; }
  .card .figure { font-size: 1.8rem; }
  .drawn.wide { display: none; }
  .drawn.narrow { display: block; max-width: 380px; }
  .links { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  @page { margin: 16mm 14mm; }
  body { background: ${COLOURS.white}; font-size: 10.5pt; }
  .contents, .skip { display: none; }
  .inner { padding: 0; max-width: none; }
  .layout { display: block; padding-top: 1rem; }
  .banner { background: ${COLOURS.white}; padding: 0 0 0.8rem; border-bottom: 4px solid ${COLOURS.dark_blue}; }
  .banner, .banner p, .banner .kind { color: ${COLOURS.ink}; }
  .card, figure, tr, .summary, .links .panel { break-inside: avoid; }
  details.folded { padding: 0; border: 0; }
  figure, .summary, .lead { break-after: avoid; }
  table { font-size: 9pt; }
  th, td { padding-top: 0.2rem; padding-bottom: 0.2rem; }
  h2, h3 { break-after: avoid; }
  main > section { margin-top: 1.6rem; }
  .drawn.wide { display: block; max-width: 150mm; }
  .drawn.narrow { display: none; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; display: block; }
  summary { color: ${COLOURS.ink}; text-decoration: none; font-weight: bold; }
}
`
