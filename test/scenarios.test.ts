import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { formatsOf } from '../src/report/index.ts'
import { dsprice, repository } from './fake-io.ts'

const names = readdirSync(join(repository, 'scenarios')).filter(name => name.endsWith('.yaml'))
const textOf = (name: string): string => readFileSync(join(repository, 'scenarios', name), 'utf8')
const schema = JSON.parse(readFileSync(join(repository, 'schema/scenario.schema.json'), 'utf8'))
const isScenario = new Ajv2020({ strict: false }).compile(schema)

it('are there', () => {
  expect(names).toEqual(
    expect.arrayContaining([
      'chat.yaml',
      'coding-agent.yaml',
      'extraction.yaml',
      'market-today.yaml',
      'reasoning.yaml',
      'routing-70-25-5.yaml',
      'routing-80-15-5.yaml',
      'self-host-measured.yaml',
      'self-host-v4.yaml',
    ]),
  )
})

/** What is said of shipped scenarios wherever they are priced. */
const WARNED: Readonly<Record<string, readonly string[]>> = {
  // The article's cluster is a twentieth of what was measured.
  'self-host-v4.yaml': ['STATED_FAR'],
  // No cluster was measured with V4.1 Flash, with hits, at this mix.
  'support-desk.yaml': ['OTHER_MODEL', 'JOINT_MIX', 'JOINT_CACHE'],
}

describe.each(names)('scenarios/%s', name => {
  it.each(formatsOf('estimate'))(
    'runs as %s, with no other warnings than the ones it is shipped with',
    async format => {
      const { code, out, err } = await dsprice(['estimate', `scenarios/${name}`, '--format', format], repository, {
        newer: true,
      })
      const warned = [...err.matchAll(/^warning (\w+)/gm)].map(([, told]) => told)
      expect({ code, warned, silent: err === '' }).toEqual({
        code: 0,
        warned: WARNED[name] ?? [],
        silent: WARNED[name] === undefined,
      })
      expect(out).not.toBe('')
    },
  )

  it('is what the editors’ schema takes', () => {
    isScenario(parse(textOf(name), { schema: 'core' }))
    expect(isScenario.errors).toBeNull()
  })

  it('names its schema in the first line, its book and its date', () => {
    expect(textOf(name)).toMatch(/^# yaml-language-server: \$schema=\.\.\/schema\/scenario\.schema\.json\n/)
    // Without them the figures would change from day to day.
    expect(parse(textOf(name))).toMatchObject({ pricing: expect.any(String), at: expect.any(String) })
  })
})

// The article's table; the coding agent's expected cost is worked out in docs/model.md.
it.each([
  { name: 'chat', headline: '0.65', ideal: '0.2', cached: null },
  { name: 'coding-agent', headline: '3.5496', ideal: '0.4176', cached: '0.7308' },
  { name: 'extraction', headline: '15.4', ideal: '2.8', cached: null },
  { name: 'reasoning', headline: '0.3845', ideal: '0.137', cached: null },
])('$name: $headline, $ideal, $cached', async ({ name, headline, ideal, cached }) => {
  const { out } = await dsprice(['estimate', `scenarios/${name}.yaml`, '--json'])
  expect(JSON.parse(out)).toMatchObject({ scenarios: [{ costs: { headline, cached_ideal: ideal, cached } }] })
})

it('known-usage: 0.644 × 5 + 11.6 × 0.5 + 1.956 × 6.25 + 0.6 × 25 a day', async () => {
  const { out } = await dsprice(['estimate', 'scenarios/known-usage.yaml', '--json'])
  expect(JSON.parse(out)).toMatchObject({ scenarios: [{ complete: true, costs: { cached: '36.245' } }] })
})

/** The costs of a fleet, and what it saves against each baseline, in per cent to one decimal. */
const fleet = async (name: string, ...settings: readonly string[]) => {
  const set = settings.flatMap(setting => ['--set', setting])
  const { out } = await dsprice(['estimate', `scenarios/${name}.yaml`, '--json', ...set])
  const { scenarios } = JSON.parse(out)
  const saved: [string, string][] = scenarios[0].routing.baselines.map(
    (one: { model: string; saving: { headline: number } }) => [one.model, (one.saving.headline * 100).toFixed(1)],
  )
  return { headline: scenarios[0].costs.headline, ...Object.fromEntries(saved) }
}

// Published: "spend drops 60-80%" for 80/15/5. Per 1,000 requests of 3K in and 1K out V4 costs 1.5 + 1.5 = $3, Sonnet 4
// 9 + 15 = $24, Opus 4.7 15 + 25 = $40; V4 Flash 0.42 + 0.28 = $0.70, V4 Pro 5.22 + 3.48 = $8.70.
describe('the fleets of the article', () => {
  it('80/15/5 saves 66.7% against all Sonnet 4 and 80.0% against all Opus 4.7, and costs 2.67 times all V4', async () => {
    // 0.8 × 3 + 0.15 × 24 + 0.05 × 40 = 8
    expect(await fleet('routing-80-15-5')).toEqual({
      headline: '8',
      'deepseek-v4': '-166.7',
      'claude-sonnet-4': '66.7',
      'claude-opus-4.7': '80.0',
    })
  })

  it('80/15/5 with twice and five times the tokens on the harder legs saves 39.5% against all Sonnet 4', async () => {
    // 2.4 + 7.2 + 10 = 19.6, against 24 × (0.8 + 0.3 + 0.25) = 32.4
    const harder = await fleet('routing-80-15-5', 'routing.legs.1.tokens=2', 'routing.legs.2.tokens=5')
    expect(harder).toMatchObject({ headline: '19.6', 'claude-sonnet-4': '39.5' })
  })

  it('80/15/5 as a cascade costs 9.8 and saves 59.2% and 75.5%', async () => {
    // 3 + 0.2 × 24 + 0.05 × 40
    const cascade = await fleet('routing-80-15-5', 'routing.mode=cascade')
    expect(cascade).toMatchObject({ headline: '9.8', 'claude-sonnet-4': '59.2', 'claude-opus-4.7': '75.5' })
  })

  it('70/25/5 saves 80.7% against all V4 Pro', async () => {
    // 0.49 + 0.75 + 0.435 = 1.675
    expect(await fleet('routing-70-25-5')).toMatchObject({ headline: '1.675', 'deepseek-v4-pro': '80.7' })
  })
})

// Published: "4 × 8-GPU H100 nodes ($40-80/hr) … 100M+ tokens/day". V4 at 3:1 is (3 × 0.50 + 1.50) / 4 = 0.75 per 1M;
// 960 / 75 = 12.8 and 1,920 / 75 = 25.6 times the cluster, 100% at 12.8 and 25.6 times 100M tokens a day.
it('the article’s cluster never breaks even: 12.8 to 25.6 times its capacity, and what would make it 100%', async () => {
  const { out } = await dsprice(['estimate', 'scenarios/self-host-v4.yaml', '--json'])
  const never = { kind: 'never', never_kind: 'this_cluster' }
  expect(JSON.parse(out).scenarios[0]).toMatchObject({
    costs: { headline: '3', self_hosted: { low: '960', high: '1920' } },
    self_host: {
      usd_per_day: { low: '960', high: '1920' },
      capacity_tokens_per_day: 100_000_000,
      utilisation: 0.04,
      hosted_usd_per_1m: '0.75',
      self_hosted_usd_per_1m_full: { low: '9.6', high: '19.2' },
      break_even: {
        headline: {
          low: {
            ...never,
            utilisation: 12.8,
            tokens_per_day: 1_280_000_000,
            would_be: { capacity_tokens_per_day: 1_280_000_000 },
          },
          high: {
            ...never,
            utilisation: 25.6,
            tokens_per_day: 2_560_000_000,
            would_be: { capacity_tokens_per_day: 2_560_000_000 },
          },
        },
      },
    },
  })
})

// Worked by hand in test/golden/estimate-market-today.
it('market-today: 767.448, 129.7032, 162.154432', async () => {
  const { out } = await dsprice(['estimate', 'scenarios/market-today.yaml', '--json'])
  expect(JSON.parse(out)).toMatchObject({
    scenarios: [{ costs: { headline: '767.448', cached_ideal: '129.7032', cached: '162.154432' } }],
  })
})

describe('a file that its schema takes', () => {
  it.each([
    ['the least there is', 'name: a\nrequest: {turn: 5}', true],
    ['sizes as text', 'name: a\nrequest: {turn: 1.5M, output: 200K}', true],
    ['a share as a percentage', 'name: a\ntotals: {input: 5, output: 5}\ncache: {hit_share: 85%}', true],
    ['text, files and lists', 'name: a\nrequest: {turn: [{text: a}, {files: "*"}, 5], shared: {file: a}}', true],
    ['24 hourly weights', `name: a\nrequest: {turn: 5}\ntraffic: {profile: [${Array(24).fill(1)}]}`, true],
    ['no name', 'request: {turn: 5}', false],
    ['an unknown key', 'name: a\nrequest: {turn: 5}\nmodle: b', false],
    ['a negative size', 'name: a\nrequest: {turn: -5}', false],
    ['a size in words', 'name: a\nrequest: {turn: many}', false],
    ['a duration without a unit', 'name: a\nrequest: {turn: 5, turn_gap: 30}', false],
    ['a period that is none', 'name: a\nrequest: {turn: 5}\ntraffic: {per: fortnight}', false],
  ])('%s', async (_, text, valid) => {
    expect(isScenario(parse(text))).toBe(valid)
    const { code } = await dsprice(['estimate', '-', '--set', 'model=o3', '--quiet'], repository, {
      stdin: text.replace('{files: "*"}', '5').replace('{file: a}', '5'),
    })
    expect(code).toBe(valid ? 0 : 2)
  })
})
