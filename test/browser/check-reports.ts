import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'

/**
 * Opens pages in a real browser, at desk and phone width, and fails on anything a reader would trip over:
 * `npx tsx test/browser/check-reports.ts [--screenshots DIR] [--browser PATH] PAGE.html …`
 */
const WIDTHS = { desk: 1280, phone: 390 } as const

type AxeResult = {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly target: unknown }[] }[]
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { screenshots: { type: 'string' }, browser: { type: 'string', default: '/usr/bin/chromium' } },
})
process.exitCode = await checkAll(positionals, values.browser, values.screenshots)

async function checkAll(
  paths: readonly string[],
  executablePath: string,
  screenshots: string | undefined,
): Promise<number> {
  if (paths.length === 0) {
    console.error('Expected the HTML files to check, found none.')
    return 2
  }
  if (screenshots !== undefined) mkdirSync(screenshots, { recursive: true })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  let n_findings = 0
  try {
    for (const path of paths) {
      for (const [layout, width] of Object.entries(WIDTHS)) {
        const shot = screenshots === undefined ? null : join(screenshots, `${basename(path, '.html')}-${layout}.png`)
        const findings = await checkPage(browser, path, width, shot)
        n_findings += findings.length
        console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${path} ${layout} ${width}`)
        for (const finding of findings) console.log(`     ${finding}`)
      }
    }
  } finally {
    await browser.close()
  }
  return n_findings === 0 ? 0 : 4
}

async function checkPage(browser: Browser, path: string, width: number, screenshot: string | null): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  const address = pathToFileURL(resolve(path)).href
  const findings: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) findings.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => findings.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (request.url() !== address) findings.push(`request: ${request.url()}`)
  })
  await page.goto(address)
  if (screenshot !== null) await page.screenshot({ path: screenshot, fullPage: true })
  await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
  findings.push(...(await layoutFindings(page, width)), ...(await axeFindings(page)))
  await page.close()
  return findings
}

async function layoutFindings(page: Page, width: number): Promise<string[]> {
  const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number
  const scripts = (await page.evaluate('document.scripts.length')) as number
  const undrawn = (await page.evaluate(
    "[...document.querySelectorAll('figure')].filter((part) => part.getBoundingClientRect().height < 60).length",
  )) as number
  return [
    ...(wide > width ? [`the page is ${wide} wide in a window of ${width}`] : []),
    ...(scripts > 0 ? [`the page holds ${scripts} scripts`] : []),
    ...(undrawn > 0 ? [`${undrawn} figures are not drawn`] : []),
  ]
}

async function axeFindings(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's own policy forbids scripts, and stays in force.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  const result = (await page.evaluate('axe.run(document)')) as AxeResult
  return result.violations.map(
    ({ id, nodes }) => `axe ${id}: ${nodes.length} places, first ${String(nodes[0]?.target)}`,
  )
}
