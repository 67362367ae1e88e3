import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

/** Pictures of the page of a scenario that names its book and day: light and dark, on a desk and on a phone. */
const SHOTS = [
  { file: 'page-light.png', colorScheme: 'light', width: 1280, height: 960 },
  { file: 'page-dark.png', colorScheme: 'dark', width: 1280, height: 960 },
  { file: 'page-phone-light.png', colorScheme: 'light', width: 390, height: 844 },
  { file: 'page-phone-dark.png', colorScheme: 'dark', width: 390, height: 844 },
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
      await page.screenshot({ path: join(folder, file) })
      await page.close()
    }
  } finally {
    await browser.close()
    rmSync(own, { recursive: true })
  }
  return true
}
