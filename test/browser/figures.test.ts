import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Printed } from '../../src/model/number/range.ts'
import type { Result } from '../../src/model/result/result.ts'
import { controlsOf } from '../../src/plan/page/controls.ts'
import { fragmentOf } from '../../src/plan/page/fragment.ts'
import type { Settings } from '../../src/plan/page/page-data.ts'
import { dsprice, repository } from '../fake-io.ts'
import { runs } from '../laws.ts'
import { settingsFor } from '../plan/page/some-settings.ts'
import { describePage, report, show, useChromium } from './chromium.ts'

const files = readdirSync(join(repository, 'scenarios')).filter(name => name.endsWith('.yaml'))

interface Figure {
  readonly view: string
  readonly unit: string
  readonly exact: string
}

/** Every exact figure that the page shows. */
const figuresIn = (page: Page): Promise<Figure[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-exact]')].map(({ dataset }) => ({
      view: dataset['view'] ?? '',
      unit: dataset['unit'] ?? '',
      exact: dataset['exact'] ?? '',
    })),
  )

const textOf = (cost: Printed<string> | null | undefined): string =>
  cost == null ? '' : typeof cost === 'string' ? cost : `${cost.low} ${cost.high}`

/** What the figure is in the JSON of the command line. */
const inJson = ({ scenarios: [found] }: Result, { view, unit }: Figure): string => {
  if (!found) throw new Error('one scenario has one result')
  const { per, costs, per_month, per_request } = found
  const key = view as keyof typeof costs
  if (/^a (?:request|conversation)$/.test(unit)) return textOf(per_request?.[key])
  return textOf(unit === 'a month' && per !== 'month' ? per_month?.[key] : costs[key])
}

/** `estimate --json` of a scenario with settings; the codes of its errors where it refuses them. */
const estimated = async (file: string, settings: Settings): Promise<Result | readonly string[]> => {
  const flags = [...settings].flatMap(([key, text]) =>
    key === 'pricing' ? ['--pricing', text] : ['--set', `${key}=${text}`],
  )
  const { code, out, err } = await dsprice(
    ['estimate', `scenarios/${file}`, '--json', '--quiet', ...flags],
    repository,
    {
      newer: true,
    },
  )
  if (code === 0) return JSON.parse(out) as Result
  return (JSON.parse(err) as { errors: { code: string }[] }).errors.map(one => one.code)
}

describePage('the page shows what --json prints', () => {
  const { open } = useChromium()

  it.each(files)('of %s, as its file has it and with random settings', async file => {
    const { html, data } = await report(`scenarios/${file}`, '--no-advice')
    const [own] = data.scenarios
    if (!own) throw new Error('one path is one scenario')
    const { page, faults } = await open(html)
    const check = async (settings: Settings): Promise<void> => {
      const found = await estimated(file, settings)
      const isFaulty = await page.evaluate(() => document.body.classList.contains('faulty'))
      expect(isFaulty).toBe(!('scenarios' in found))
      if (!('scenarios' in found)) return
      const shown = await figuresIn(page)
      expect(shown.length).toBeGreaterThan(3)
      expect(shown).toEqual(shown.map(figure => ({ ...figure, exact: inJson(found, figure) })))
    }
    await check(new Map())
    await fc.assert(
      fc.asyncProperty(settingsFor(controlsOf(own, data), own), async settings => {
        await show(page, fragmentOf({ index: 0, settings }))
        await check(settings)
      }),
      { numRuns: runs(20) },
    )
    expect(faults).toEqual([])
    await page.context().close()
  })
})
