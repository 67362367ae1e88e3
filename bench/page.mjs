import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

/** Size of each shipped scenario's page, and how long Chromium takes to its answer and its first chart. */

const ROUNDS = 5

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'dsprice-page-'))
const median = values => values.toSorted((a, b) => a - b)[values.length >> 1]

/** Milliseconds from the start of the navigation to the answer, and to the first chart that is painted. */
const timesOf = async (browser, file) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.addInitScript(() => {
    const found = { answer: 0, chart: 0 }
    globalThis.found = found
    const look = () => {
      if (!found.answer && document.querySelector('#answer .lead')) found.answer = performance.now()
      if (!found.chart && document.querySelector('figure svg')) found.chart = performance.now()
      if (!found.chart) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto(pathToFileURL(file).href)
  await page.waitForFunction(() => globalThis.found.chart > 0)
  const found = await page.evaluate(() => globalThis.found)
  await page.close()
  return found
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  console.log('scenario                    KB   answer ms   first chart ms')
  for (const name of readdirSync(join(root, 'scenarios')).filter(one => one.endsWith('.yaml'))) {
    const file = join(folder, `${name}.html`)
    execFileSync(process.execPath, [
      join(root, 'bin/dsprice.js'),
      'report',
      join(root, 'scenarios', name),
      '--quiet',
      '-o',
      file,
    ])
    const times = []
    for (let i = 0; i < ROUNDS; i++) times.push(await timesOf(browser, file))
    const shown = ['answer', 'chart'].map(key => median(times.map(time => time[key])).toFixed(0))
    const kilobytes = (statSync(file).size / 1000).toFixed(0)
    console.log(`${name.padEnd(26)}${kilobytes.padStart(4)}${shown[0].padStart(12)}${shown[1].padStart(17)}`)
  }
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}
