import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { readPage } from '../../../src/load/page/read-page.ts'
import { readDrafts } from '../../../src/load/scenario/drafts.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { controlsOf } from '../../../src/plan/page/controls.ts'
import { applySettings } from '../../../src/plan/page/shown.ts'
import { fakeIo, repository } from '../../fake-io.ts'
import { settingsFor } from './some-settings.ts'

const files = readdirSync(join(repository, 'scenarios')).filter(name => name.endsWith('.yaml'))

/** A page of a shipped scenario, and what the command line makes of it with `--set`. */
const opened = async (name: string, set: readonly string[] = []) => {
  const io = { ...fakeIo(repository, { newer: true }), allowOutside: false }
  const { priced, drafts, count } = await readDrafts([`scenarios/${name}`], io, { set })
  const [scenario] = await count(drafts)
  const [draft] = drafts
  if (!draft || !scenario) throw new Error('one path is one scenario')
  return { draft, scenario, priced, io }
}

const page = async (name: string) => {
  const { draft, scenario, priced, io } = await opened(name)
  const data = await readPage([{ draft, scenario }], { priced, files: io, at: '2026-11-29', part: 'answer' })
  const [own] = data.scenarios
  if (!own) throw new Error('one path is one scenario')
  return { data, own, controls: controlsOf(own, data) }
}

/** What is priced, or the codes of why not. */
const outcome = async (work: () => Promise<Scenario>, price: (one: Scenario) => unknown): Promise<unknown> => {
  try {
    return price(await work())
  } catch (error) {
    return (error as { problems?: { code: string }[] }).problems?.map(({ code }) => code).sort() ?? String(error)
  }
}

describe('a control does what --set does', () => {
  it.each(files)(
    'of %s',
    async name => {
      const { data, own, controls } = await page(name)
      const [priced] = data.books
      if (!priced) throw new Error('a page has a book')
      const figures = (book: typeof priced) => (scenario: Scenario) => {
        const {
          scenarios: [found],
        } = estimate([scenario], book, '2026-11-29')
        return {
          costs: found?.costs,
          per_month: found?.per_month,
          tokens: found?.tokens,
          self_host: found?.self_host?.break_even,
          routing: found?.routing,
        }
      }
      await fc.assert(
        fc.asyncProperty(settingsFor(controls, own), async settings => {
          const shown = await outcome(
            async () => applySettings(own, settings, { controls, priced, clusters: data.clusters }),
            figures(priced),
          )
          const set = [...settings].map(([key, text]) => `${key}=${text}`)
          const typed = await outcome(
            async () => (await opened(name, set)).scenario,
            figures((await opened(name)).priced),
          )
          expect(shown).toEqual(typed)
        }),
        { numRuns: 25 },
      )
    },
    60_000,
  )
})
