import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import type { PageData } from '../../src/plan/page/page-data.ts'
import { dsprice, repository } from '../fake-io.ts'

/** Where Chromium may be; `CHROMIUM` names another place. */
const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const EXECUTABLE = PLACES.find(place => place !== '' && existsSync(place))

/** Tests that drive the page; without Chromium they are skipped. */
export const describePage = describe.skipIf(EXECUTABLE === undefined)

/** A page that is open, and what it should not have done. */
export interface Opened {
  readonly page: Page
  /** Requests, errors, messages and violations of its policy. */
  readonly faults: readonly string[]
}

/** Chromium for the tests of a file. */
export const useChromium = () => {
  const folder = mkdtempSync(join(tmpdir(), 'dsprice-page-'))
  let browser: Browser | undefined
  beforeAll(async () => {
    // A container's root has no user namespaces to build a sandbox of.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath: EXECUTABLE ?? '', args })
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })
  let count = 0
  const open = async (html: string, fragment = '', options: BrowserContextOptions = {}): Promise<Opened> => {
    if (!browser) throw new Error('there is no browser')
    const file = join(folder, `${count++}.html`)
    writeFileSync(file, html)
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options, offline: true })
    const page = await context.newPage()
    const faults: string[] = []
    page.on('request', request => {
      if (!/^(?:file|data):/.test(request.url())) faults.push(`request ${request.url()}`)
    })
    page.on('console', message => faults.push(`console ${message.text()}`))
    page.on('pageerror', error => faults.push(`error ${error.message}`))
    page.on('dialog', dialog => {
      faults.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`policy ${violatedDirective} ${blockedURI}`)
      })
    })
    await page.goto(pathToFileURL(file).href + fragment)
    await settled(page, fragment)
    return { page, faults }
  }
  return { open }
}

/** Waits until the page shows the settings of a fragment, or why they have no answer. */
export const settled = async (page: Page, fragment: string): Promise<void> => {
  await page.waitForFunction(
    wanted => {
      const { classList, dataset } = document.body
      return classList.contains('faulty') || dataset['shown'] === wanted
    },
    fragment,
    { timeout: 60_000 },
  )
}

/** Shows other settings in a page that is open. */
export const show = async (page: Page, fragment: string): Promise<void> => {
  await page.evaluate(hash => {
    // The same address is no news to the page.
    if (location.hash === hash) return
    delete document.body.dataset['shown']
    document.body.classList.remove('faulty')
    location.hash = hash || '#'
  }, fragment)
  await settled(page, fragment)
}

/** The page of scenarios, and what it holds. */
export const report = async (...argv: readonly string[]): Promise<{ html: string; data: PageData }> => {
  const { code, out, err } = await dsprice(['report', ...argv, '--quiet'], repository, { newer: true })
  if (code !== 0) throw new Error(err)
  const [, json = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(out) ?? []
  return { html: out, data: JSON.parse(json) as PageData }
}
