import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

/** Pictures of the page of a scenario that names its book and day: light and dark, on a desk and on a phone. */
const SHOTS = [
  { file: 'page-light.webp', colorScheme: 'light', width: 1280, height: 960 },
  { file: 'page-dark.webp', colorScheme: 'dark', width: 1280, height: 960 },
  { file: 'page-phone-light.webp', colorScheme: 'light', width: 390, height: 844 },
  { file: 'page-phone-dark.webp', colorScheme: 'dark', width: 390, height: 844 },
]

const SCENARIO = 'scenarios/support-desk.yaml'

/**
 * Takes the pictures with the Chromium of this system, without which those that there are stay.
 *
 * @returns whether they were taken
 */
export const writePageImages = async (root, folder) => {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) return false
  const own = mkdtempSync(join(tmpdir(), 'dsprice-page-'))
  const html = join(own, 'page.html')
  execFileSync(process.execPath, [join(root, 'bin/dsprice.js'), 'report', SCENARIO, '--quiet', '-o', html], {
    cwd: root,
  })
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    for (const { file, colorScheme, width, height } of SHOTS) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme, offline: true })
      await page.goto(pathToFileURL(html).href)
      await page.waitForFunction(() => document.body.dataset.shown !== undefined)
      await page.waitForTimeout(300)
      const devtools = await page.context().newCDPSession(page)
      // A third of the bytes of PNG.
      const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 70 })
      writeFileSync(join(folder, file), Buffer.from(data, 'base64'))
      await page.close()
    }
  } finally {
    await browser.close()
    rmSync(own, { recursive: true })
  }
  return true
}
