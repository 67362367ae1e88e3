import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { readPage } from '../../../src/load/page/read-page.ts'
import { readDrafts } from '../../../src/load/scenario/drafts.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import type { Control } from '../../../src/plan/page/control.ts'
import { controlsOf } from '../../../src/plan/page/controls.ts'
import { applySettings } from '../../../src/plan/page/shown.ts'
import { sharesWith } from '../../../src/plan/page/split-controls.ts'
import { fakeIo, repository } from '../../fake-io.ts'

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

/** A value that a control can have, as its text. */
const valueFor = ({ field, key }: Control): fc.Arbitrary<string> => {
  switch (field.kind) {
    case 'count':
      return fc.integer({ min: Math.max(field.min, key.startsWith('self_host') ? 4 : 0), max: 5000 }).map(String)
    case 'share':
      return fc.integer({ min: 1, max: 1000 }).map(permille => String(permille / 1000))
    case 'usd':
      return fc.integer({ min: 1, max: 20_000 }).map(cents => String(cents / 100))
    case 'cache':
      return fc.oneof(
        fc.constantFrom('prefix', 'none', 'ideal'),
        fc.integer({ min: 0, max: 100 }).map(percent => `{hit_share: ${percent / 100}}`),
        ...(field.lifetimes.length > 0
          ? [fc.constantFrom(...field.lifetimes).map(ttl => `{policy: prefix, ttl: ${ttl}}`)]
          : []),
      )
    case 'moment':
      return fc.constantFrom('2026-11-20', '2026-11-24T02:00Z', '2026-11-24T15:30Z')
    case 'choice':
      return fc.constantFrom(...field.options.map(({ value }) => value))
    default:
      return field satisfies never
  }
}

/** Some of the controls, with values; the shares of a split are set together. */
const settingsFor = (controls: readonly Control[], { scenario }: { scenario: Scenario }) => {
  const alone = controls.filter(({ group, key }) => group !== 'Split' && key !== 'pricing')
  const some = fc
    .subarray(alone as Control[])
    .chain(chosen => fc.tuple(...chosen.map(control => valueFor(control).map(text => [control.key, text] as const))))
  const legs = scenario.routing?.legs ?? []
  const split =
    legs.length < 2
      ? fc.constant(new Map<string, string>())
      : fc.tuple(fc.nat({ max: legs.length - 1 }), fc.integer({ min: 0, max: 1000 })).map(([index, permille]) =>
          sharesWith(
            legs.map(({ share }) => share),
            index,
            permille / 1000,
          ),
        )
  return fc.tuple(some, split).map(([pairs, shares]) => new Map([...pairs, ...shares]))
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
