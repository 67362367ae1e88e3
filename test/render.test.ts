import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { estimate } from '../src/cost/result/estimate.ts'
import { FACTS } from '../src/model/book/choices.ts'
import type { Comparison, Result } from '../src/model/result/result.ts'
import type { Scenario } from '../src/model/scenario/scenario.ts'
import { compare } from '../src/plan/compare.ts'
import { factorFor } from '../src/tokens/index.ts'
import { dsprice, repository, type Surroundings } from './fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const golden = (path: string): string => join(repository, 'test/golden', path)
const shipped = (name: string): string => join(repository, 'scenarios', `${name}.yaml`)

// Open-ended, so that half a year later the price under it is old.
writeFileSync(
  join(folder, 'old.json'),
  JSON.stringify({
    schema: 'dsprice/pricing/1',
    sources: { contract: { title: 'Ours', where: 'here', retrieved: '2026-10-30', grade: 'own' } },
    discounts: [{ provider: 'acme', off: '0.15', from: '2026-11-24', source: 'contract' }],
  }),
)

/** Runs that end in a report, each of another shape. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  'estimate of a run': ['estimate', shipped('coding-agent')],
  'estimate with hours': ['estimate', shipped('market-today')],
  'estimate of text': ['estimate', golden('estimate-text/scenario.yaml')],
  'estimate of several': [
    'estimate',
    golden('estimate-several/a.yaml'),
    golden('estimate-several/b.yaml'),
    golden('estimate-several/c.yaml'),
  ],
  'estimate over a layer': [
    'estimate',
    golden('pricing-row/scenario.yaml'),
    '--pricing',
    golden('pricing-row/mine.json'),
  ],
  'estimate of an old price at a discount': [
    'estimate',
    golden('pricing-discount/scenario.yaml'),
    '--pricing',
    join(folder, 'old.json'),
    '--at',
    '2027-06-01',
  ],
  'estimate with unknowns': ['estimate', golden('estimate-hours/scenario.yaml')],
  'estimate with writes': ['estimate', golden('estimate-writes/scenario.yaml')],
  'compare with a scenario': ['compare', shipped('coding-agent'), '--all'],
  'compare with hours': ['compare', shipped('market-today'), '--models', 'deepseek-v4-pro,o3,gpt-5.6-sol'],
  'compare without a scenario': ['compare', '--all', '--require', 'open_weights'],
  'compare by batch': ['compare', golden('compare/scenario.yaml'), '--models', 'plain,writer,peaky', '--view', 'batch'],
}

const NARROW: Surroundings = { terminal: 60 }

/** Width and colour matter to the table alone. */
const VIEWS: readonly { readonly flags: readonly string[]; readonly around: Surroundings }[] = [
  { flags: [], around: {} },
  { flags: ['--explain'], around: NARROW },
  { flags: ['--format', 'markdown', '--explain'], around: {} },
  { flags: ['--format', 'csv'], around: {} },
  { flags: [], around: NARROW },
  { flags: [], around: { terminal: 80, env: { NO_COLOR: '1' } } },
  { flags: ['--explain'], around: { terminal: 120 } },
  { flags: ['--explain', '--quiet', '--color', 'always'], around: {} },
  { flags: ['--format', 'markdown'], around: {} },
  { flags: ['--format', 'csv', '--explain'], around: {} },
]

/** A saved result as a reader of the JSON has it. */
type Saved = (Result | Comparison) & {
  readonly scenarios: readonly { readonly input: Scenario; readonly at: string }[]
}

describe.each(Object.entries(RUNS))('%s', (name, argv) => {
  const file = `${name}.json`
  // Counting text anew for every run takes its time; three views of it will do.
  const views = name.includes('text') ? VIEWS.slice(0, 3) : VIEWS

  let saved = ''
  beforeAll(async () => {
    const ran = await dsprice([...argv, '--json'], folder)
    expect(ran.code).toBe(0)
    saved = ran.out
    writeFileSync(join(folder, file), saved)
  })

  it('saved and rendered is the same bytes, in every format and width', async () => {
    for (const { flags, around } of views) {
      expect(await dsprice(['render', file, ...flags], folder, around)).toEqual(
        await dsprice([...argv, ...flags], folder, around),
      )
    }
  })

  it('saved and rendered as JSON is the file, to the byte', async () => {
    expect((await dsprice(['render', file, '--json'], folder)).out).toBe(saved)
  })

  it('holds enough to be worked out again', () => {
    const found = JSON.parse(saved) as Saved
    const book = { book: found.prices, hash: found.pricing.hash, layers: found.pricing.layers }
    const inputs = found.scenarios.map(({ input }) => input)
    // Where a scenario names no date, the result says which one was taken.
    const [at = ''] = found.scenarios.map(scenario => scenario.at)
    const again =
      found.schema === 'dsprice/result/1'
        ? estimate(inputs, book, at)
        : compare(inputs, book, {
            at,
            view: found.view,
            require: FACTS.filter(fact => found.require.includes(fact)),
            skipped: found.left_out,
            factorFor,
          })
    // The lines of warnings are in the file, which a result does without.
    const saying = ({ scenarios, pricing, prices, warnings }: Saved) =>
      JSON.parse(
        JSON.stringify({ scenarios, pricing, prices, warnings }).replace(/"at":"[^":]+\.yaml:\d+:\d+"/g, '"at":null'),
      )
    expect(saying(JSON.parse(JSON.stringify(again)) as Saved)).toEqual(saying(found))
  })
})

it('heeds --strict as the run would have', async () => {
  const argv = ['estimate', golden('estimate/scenario.yaml')]
  writeFileSync(join(folder, 'strict.json'), (await dsprice([...argv, '--json'], folder)).out)
  expect(await dsprice(['render', 'strict.json', '--strict'], folder)).toEqual(
    await dsprice([...argv, '--strict'], folder),
  )
})

// The documents of check and diff, made by hand: what they say is in test/golden/render-check and render-diff.
it.each(['render-check/checked', 'render-check/within', 'render-diff/difference'])(
  'renders %s as JSON to the byte',
  async name => {
    const file = golden(`${name}.json`)
    expect((await dsprice(['render', file, '--json', '--quiet'], folder)).out).toBe(readFileSync(file, 'utf8'))
  },
)

// 0.1.0 called what to type `mend`.
it('renders a result of 0.1.0 as one of today, and prints its JSON with the names of today', async () => {
  const older = join(repository, 'test/fixtures/result-0.1.0.json')
  expect(readFileSync(older, 'utf8')).toContain('"mend": ')
  const newer = golden('render/result.json')
  expect(await dsprice(['render', older])).toEqual(await dsprice(['render', newer]))
  expect(await dsprice(['render', older, '--json'])).toEqual(await dsprice(['render', newer, '--json']))
})

it('renders a forecast as the command did, in every format', async () => {
  const argv = ['forecast', golden('forecast/bot.yaml'), '--months', '3', '--quiet']
  writeFileSync(join(folder, 'forecast.json'), (await dsprice([...argv, '--json'], folder)).out)
  for (const format of ['table', 'markdown', 'csv', 'json']) {
    const again = await dsprice(['render', 'forecast.json', '--quiet', '--format', format], folder)
    expect(again).toEqual(await dsprice([...argv, '--format', format], folder))
  }
})

// "Keys may be added in version 1": a result of a later version has keys that this one does not know.
it('renders a result with a key more', async () => {
  const saved = JSON.parse((await dsprice(['estimate', shipped('chat'), '--json'])).out)
  writeFileSync(join(folder, 'later.json'), JSON.stringify({ ...saved, generated_by: 'dsprice 0.9' }))
  expect((await dsprice(['render', 'later.json'], folder)).code).toBe(0)
})
