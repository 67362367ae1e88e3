import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import type { Result } from '../../src/model/result/result.ts'
import { controlsOf } from '../../src/plan/page/controls.ts'
import { dsprice, repository } from '../fake-io.ts'
import { describePage, report, settled, show, useChromium } from './chromium.ts'

const DESK = 'scenarios/support-desk.yaml'
const desk = report(DESK)
// Awaited by each test; without a browser nobody awaits it.
desk.catch(() => {})

const folder = mkdtempSync(join(tmpdir(), 'dsprice-page-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What axe finds, each rule with the elements. */
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations: found } = await (globalThis as unknown as { axe: typeof axe }).axe.run()
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`)
  })
}

const leadOf = (page: Page): Promise<string> => page.locator('#answer .lead').innerText()

describePage('the page', () => {
  const { open } = useChromium()

  it.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'light', width: 390 },
    { colorScheme: 'dark', width: 1280 },
    { colorScheme: 'dark', width: 390 },
  ] as const)('has nothing for axe to find, $colorScheme at $width pixels', async ({ colorScheme, width }) => {
    const { html } = await desk
    const { page, faults } = await open(html, '', { colorScheme, viewport: { width, height: 844 } })
    // What is folded is there for a reader too.
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    expect(await violations(page)).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  })

  it.each([360, 390, 768, 1280, 1600])('does not scroll sideways at %i pixels', async width => {
    const { html } = await desk
    const { page } = await open(html, '', { viewport: { width, height: 844 } })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.context().close()
  })

  it('the table of views fits at 1280 pixels, and every table fits on paper, unfolded', async () => {
    const { html } = await desk
    const { page } = await open(html)
    const views = page.locator('#views > div > .scrolls')
    expect(await views.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
    // The width of A4 less margins of 1 cm.
    await page.setViewportSize({ width: 718, height: 1000 })
    await page.emulateMedia({ media: 'print' })
    const folded = await page.locator('details:not([open])').count()
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.locator('details:not([open])').count()).toBe(0)
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLTableElement>('#page .sections table')].flatMap(table => {
        const { right } = table.getBoundingClientRect()
        return right > innerWidth ? [`${table.caption?.innerText ?? ''} ${right}`] : []
      }),
    )
    expect(wide).toEqual([])
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(await page.locator('details:not([open])').count()).toBe(folded)
    await page.context().close()
  })

  it('the panel’s buttons are in sight, and its last control can be scrolled to', async () => {
    const { html } = await desk
    const { page } = await open(html)
    await page.locator('#break-even').scrollIntoViewIfNeeded()
    const isInSight = (selector: string): Promise<boolean> =>
      page.locator(selector).evaluate(element => {
        const { top, bottom } = element.getBoundingClientRect()
        return top >= 0 && bottom <= innerHeight
      })
    expect(await isInSight('#reset')).toBe(true)
    await page.locator('aside').evaluate(aside => aside.scrollTo(0, aside.scrollHeight))
    expect(await isInSight('[data-key="at"]')).toBe(true)
    expect(await isInSight('#copy-link')).toBe(true)
    await page.context().close()
  })

  it('has no key for a break-even that is not drawn, and the same verdict on both curves', async () => {
    const { html } = await report('scenarios/self-host-v4.yaml', '--no-advice')
    const { page } = await open(html)
    // The card says what the sentence says, not the name of the view.
    expect(await page.locator('.card', { hasText: 'Cheapest way' }).innerText()).toContain('Nothing cached')
    const [use, volume] = await page.locator('#break-even figure').all()
    // $960 a day at $0.75 per 1M tokens is 1.28B tokens, and it can do 100M.
    const summary = await use?.locator('figcaption').innerText()
    expect(summary).toContain('Break-even is beyond what the cluster can do')
    expect(summary).toContain('Above 80.0% is out of reach')
    expect(await use?.locator('.drawing').innerText()).not.toContain('break-even')
    expect(await volume?.locator('figcaption').innerText()).toContain('more volume needs more nodes')
    await page.context().close()
  })

  it('says of a split that the cluster replaces both models, and why its hits lie off the curve', async () => {
    const { html } = await desk
    const { page } = await open(html)
    // $257.3352 a day for all of it on the first model × 365/12.
    expect(await page.locator('#break-even figcaption').first().innerText()).toContain(
      'alone by the API costs $7,827 a month',
    )
    expect(await page.locator('#cache figcaption').innerText()).toContain('lies off the curve')
    await page.context().close()
  })

  it('says of usage what its source states for how many records, and which day may not be whole', async () => {
    const flags = ['usage', 'scenarios/usage/calls.jsonl', '--format', 'html', '--quiet']
    const { out } = await dsprice(flags, repository, { newer: true })
    const { page, faults } = await open(out)
    expect(await page.locator('.lead').first().innerText()).toContain(
      'for 2 of 3 records, $0.0340 less than ours for these.',
    )
    expect(await page.locator('figcaption').first().innerText()).toContain('2026-11-22 end at 02:00')
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('shows names and paths as they are, and none of them acts', async () => {
    mkdirSync(join(folder, '.git'), { recursive: true })
    const name = '<img src=x onerror=alert(1)>'
    // A file's name has no slash.
    const prompt = `"'><script>alert(2)<script>.md`
    writeFileSync(join(folder, prompt), 'You answer questions.')
    const scenario = join(folder, 'hostile.yaml')
    const text = { name, description: name, model: 'gpt-5.5', request: { shared: { file: prompt }, output: 10 } }
    writeFileSync(scenario, JSON.stringify(text))
    const { html } = await report(scenario, '--no-advice')
    const { page, faults } = await open(html)
    expect(await page.locator('h1').innerText()).toBe(name)
    expect(await page.evaluate(() => document.body.innerText)).toContain(prompt)
    expect(await page.locator('img').count()).toBe(0)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('every control has a label and can be reached by keyboard, in order', async () => {
    const { html, data } = await desk
    const { page } = await open(html)
    const [own] = data.scenarios
    if (!own) throw new Error('one path is one scenario')
    const keys = controlsOf(own, data).map(({ key }) => key)
    const reached: string[] = []
    await page.evaluate(() => document.body.focus())
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press('Tab')
      const key = await page.evaluate(() => {
        const element = document.activeElement
        const labels =
          element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels : null
        const named = (labels?.length ?? 0) > 0 || element?.getAttribute('aria-label')
        return named ? (element?.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? null) : null
      })
      if (key !== null && !reached.includes(key)) reached.push(key)
    }
    expect(reached).toEqual(keys)
    await page.context().close()
  })

  it('each arrow key on a slider changes its number, and back again', async () => {
    const { html } = await desk
    const { page } = await open(html)
    const sliders = page.locator('[data-key]:has(input[type="number"])')
    const count = await sliders.count()
    expect(count).toBeGreaterThan(5)
    for (let i = 0; i < count; i++) {
      const number = sliders.nth(i).locator('input[type="number"]')
      const slider = sliders.nth(i).locator('input[type="range"]')
      const held = await number.inputValue()
      const own = Number(held)
      for (const [key, back] of [
        ['ArrowRight', 'ArrowLeft'],
        ['ArrowLeft', 'ArrowRight'],
      ] as const) {
        const isAtEnd = (await slider.inputValue()) === (await slider.getAttribute(key === 'ArrowLeft' ? 'min' : 'max'))
        if (isAtEnd) continue
        await slider.press(key)
        const there = Number(await number.inputValue())
        expect(key === 'ArrowRight' ? there > own : there < own).toBe(true)
        await slider.press(back)
        const again = Number(await number.inputValue())
        // What the file leaves out comes back by the button alone.
        if (held === '') expect(again).toBeLessThan(there)
        else expect(again).toBe(own)
      }
    }
    await page.context().close()
  })

  it('a control changes the figures and the address; reset goes back to the file’s', async () => {
    const { html } = await desk
    const { page } = await open(html)
    const before = await leadOf(page)
    const entry = page.locator('[data-key="traffic.requests"] input').first()
    await entry.fill('240000')
    await entry.press('Enter')
    await settled(page, '#traffic.requests=240000')
    expect(new URL(page.url()).hash).toBe('#traffic.requests=240000')
    expect(await leadOf(page)).not.toBe(before)
    await page.locator('#reset').click()
    await settled(page, '')
    expect(new URL(page.url()).hash).toBe('')
    expect(await leadOf(page)).toBe(before)
    await page.context().close()
  })

  it('says the catch of the cheapest way, and what is doubtful, beside the answer', async () => {
    const { html } = await desk
    const { page } = await open(html)
    // Four calls a conversation, and warnings about the measured throughput alone.
    expect(await page.locator('#answer .catch').innerText()).toContain(
      'each of the 4 turns waits for a batch of its own',
    )
    expect(await page.locator('#answer .certainty').innerText()).toContain("3 warnings about the cluster's throughput")
    const body = (await page.locator('#page').textContent()) ?? ''
    expect(body.split('was measured with V4-Flash, not').length).toBe(2)
    await page.locator('#answer .certainty a').click()
    await page.waitForFunction(() => {
      const top = document.getElementById('notes')?.getBoundingClientRect().top
      return top !== undefined && top < innerHeight
    })
    await page.context().close()
  })

  it('sets the answer beside that of the file, and the advice back, once something is set', async () => {
    const { html } = await desk
    const { page } = await open(html)
    const month = await page.locator('#answer .big span').first().innerText()
    expect(await page.locator('#answer .change').count()).toBe(0)
    await show(page, '#traffic.requests=240000')
    const change = await page.locator('#answer .change').innerText()
    expect(change.startsWith(`${month} in the file → $`)).toBe(true)
    expect(await page.locator('.card.aside').innerText()).toContain('not for your changes')
    await page.context().close()
  })

  it('the address restores a state', async () => {
    const { html } = await desk
    const fragment = '#request.turns=7&traffic.requests=5000'
    const { page } = await open(html, fragment)
    const first = await leadOf(page)
    expect(await page.locator('[data-key="request.turns"] input').first().inputValue()).toBe('7')
    await show(page, '')
    expect(await leadOf(page)).not.toBe(first)
    await show(page, fragment)
    expect(await leadOf(page)).toBe(first)
    await page.context().close()
  })

  it('"copy as YAML" gives a file that estimate prices to the page’s figures', async () => {
    const { html } = await desk
    const { page } = await open(html, '#request.turns=7&traffic.requests=5000&self_host.nodes=2', {
      permissions: [],
    })
    await page.locator('#copy-yaml').click()
    const field = page.locator('textarea')
    await field.waitFor()
    const yaml = await field.inputValue()
    const { out, err } = await dsprice(['estimate', '-', '--json', '--quiet'], join(process.cwd(), 'scenarios'), {
      newer: true,
      stdin: yaml,
    })
    expect(err).toBe('')
    const [found] = (JSON.parse(out) as Result).scenarios
    const shown = await page.evaluate(() => {
      const cells = [...document.querySelectorAll<HTMLElement>('#views [data-exact][data-unit="period"]')]
      return cells.map(({ dataset }) => [dataset['view'], dataset['exact']])
    })
    expect(shown.length).toBeGreaterThan(3)
    for (const [view, exact] of shown) {
      const cost = found?.costs[view as 'cached'] ?? null
      expect(exact).toBe(cost === null ? '' : typeof cost === 'string' ? cost : `${cost.low} ${cost.high}`)
    }
    await page.context().close()
  })
})
