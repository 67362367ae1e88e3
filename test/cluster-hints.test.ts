import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Result } from '../src/model/result/result.ts'
import { dsprice, repository } from './fake-io.ts'

/** What a report on a cluster says to type, can be typed. */

const clusters = readdirSync(join(repository, 'scenarios'))
  .filter(name => name.endsWith('.yaml'))
  .map(name => `scenarios/${name}`)
  .filter(path => /^self_host:/m.test(readFileSync(join(repository, path), 'utf8')))

/** `key: value` of a fix, as a setting below `self_host`; a fix may name several, one of which is enough. */
const settingsIn = (fix: string): string[] =>
  [...fix.matchAll(/\b(\w+): (\{[^}]*\}|[\w.%/-]+)/g)]
    .filter(([, key = '']) => !['ref', 'prefill', 'decode', 'cached_prefill', 'prompt_tokens'].includes(key))
    .map(([, key, value]) => `self_host.${key}=${value}`)

const hintsOf = async (
  argv: readonly string[],
  around: Parameters<typeof dsprice>[2] = { newer: true },
): Promise<string[]> => {
  const { out } = await dsprice(['breakeven', ...argv, '--quiet'], repository, around)
  const { out: json } = await dsprice(['breakeven', ...argv, '--quiet', '--json'], repository, around)
  const { warnings } = JSON.parse(json) as Result
  return [
    ...[...out.matchAll(/--set (\S+)/g)].map(([, set = '']) => set),
    ...warnings.flatMap(({ fix }) => settingsIn(fix)),
  ]
}

it('there are clusters among the scenarios, and hints on them', async () => {
  expect(clusters.length).toBeGreaterThan(1)
  expect((await Promise.all(clusters.map(path => hintsOf([path])))).flat().length).toBeGreaterThan(2)
})

describe.each(clusters)('%s', path => {
  it('gives hints that run as they are typed', async () => {
    for (const set of await hintsOf([path])) {
      const { code, err } = await dsprice(['breakeven', path, '--quiet', '--set', set], repository, { newer: true })
      expect({ set, code, err }).toEqual({ set, code: 0, err: '' })
    }
  })
})

/** Clusters as a new user types them: on a GPU that its model was not measured on, and at another mix. */
const written = (cluster: string): string => `name: mine
model: deepseek-v4-pro
pricing: "2026-11-23"
at: 2026-11-23
traffic: {requests: 20K, per: day}
request: {turn: 3000, output: 500}
self_host: ${cluster}
`

it.each([
  '{gpu: h100, nodes: 2, throughput: {ref: sglang-v4pro-gb300-june}}',
  '{gpu: h200, nodes: 2, throughput: {ref: sglang-v4pro-gb300-june}}',
  '{gpu: b200, term: reserved, nodes: 2, throughput: {ref: sglang-v4pro-b200-fp4-c256}}',
  '{gpu: h100, nodes: 2, throughput: {ref: inferencex-r1-8k1k-h100}}',
])('hints on %s run as they are typed', async cluster => {
  const around = { stdin: written(cluster) }
  const hints = await hintsOf(['-'], around)
  expect(hints).not.toEqual([])
  for (const set of hints) {
    const { code, err } = await dsprice(['breakeven', '-', '--quiet', '--set', set], repository, around)
    expect({ set, code, err }).toEqual({ set, code: 0, err: '' })
  }
})

/** The verdict, and the change that it says is enough; with settings on top of a scenario. */
const verdictOn = async (
  path: string,
  set: readonly string[],
  around: Parameters<typeof dsprice>[2],
): Promise<{ readonly verdict: string; readonly hint: string | undefined; readonly said: string }> => {
  const argv = ['breakeven', path, '--quiet', ...set.flatMap(one => ['--set', one])]
  const { out, err } = await dsprice(argv, repository, around)
  expect({ set, err }).toEqual({ set, err: '' })
  const [said = ''] = out.split('\n')
  return { said, verdict: said.slice(said.indexOf(': ') + 2), hint: /To try it: --set (\S+)/.exec(out)?.[1] }
}

/** What a hint promises, and what the report then has to say. */
const PROMISES = [
  { promise: /At today's use it would break even/, kept: /^(Yes, from|Always)/ },
  { promise: /Used to [\d.]+%, the most .* it would break even/, kept: /^(Yes, from|Not yet: only from|Always)/ },
] as const

const ranged = [
  '{model: deepseek-r1, nodes: 4, gpus_per_node: 8, gpu: h100, usd_per_hour: {low: 40, high: 80}, capacity: 100M/day}',
  '{gpu: h100, nodes: 4, usd_per_hour: {low: 40, high: 80}, capacity: 1280M/day}',
  '{gpu: h100, nodes: 4, usd_per_hour: {low: 40, high: 80}, capacity: 2560M/day, max_utilisation: 70%}',
  '{gpu: h100, nodes: 4, usd_per_gpu_hour: {low: 1, high: 3}, capacity: 900M/day, fixed_usd_per_month: 300}',
  '{gpu: h200, usd_per_gpu_hour: {low: 1, high: 9}, throughput: {prefill: 52300, decode: 22300}}',
  '{gpu: h200, usd_per_gpu_hour: 9, spare_nodes: 1, throughput: {prefill: 5230, decode: 2230}}',
  '{gpu: b200, term: reserved, nodes: 2, throughput: {ref: sglang-v4pro-b200-fp4-c256}}',
  '{gpu: h100, usd_per_gpu_hour: {low: 2, high: 4}, lost: 20%, unit_nodes: 2, throughput: {prefill: 9000, decode: 3000}}',
]

describe.each([
  ...clusters.map(path => ({ path, around: { newer: true } })),
  ...ranged.flatMap(cluster =>
    ['flat', 'office-hours'].map(profile => ({
      path: '-',
      around: { stdin: written(cluster).replace('per: day', `per: day, profile: ${profile}`) },
    })),
  ),
])('a change that would be enough, on $path $around.stdin', ({ path, around }) => {
  // One change follows another: the traffic of today may not use the cluster to the full.
  it('is enough at both ends of its ranges, as it says', async () => {
    const set: string[] = []
    let now = await verdictOn(path, set, around)
    for (let i = 0; i < 3 && now.hint !== undefined; i++) {
      const { said, hint } = now
      set.push(hint)
      now = await verdictOn(path, set, around)
      const found = PROMISES.find(({ promise }) => promise.test(said))
      expect({ said, promised: found !== undefined }).toEqual({ said, promised: true })
      expect(now.verdict).toMatch(found?.kept ?? /./)
    }
    if (set.length > 0) expect(now.verdict).toMatch(/^(Yes, from|Always)/)
  })
})

it('what is missing is not hinted at by a row of another GPU', async () => {
  const { err } = await dsprice(['breakeven', '-'], repository, { stdin: written('{gpu: h100, nodes: 2}') })
  expect(err).toMatch(/NO_SPEED.*fix: add throughput: \{prefill: 52300, decode: 22300\}/s)
  const { err: own } = await dsprice(['breakeven', '-'], repository, { stdin: written('{gpu: h200, nodes: 2}') })
  expect(own).toMatch(/fix: add throughput: \{ref: sglang-v4pro-h200-fp4-c16\}/)
})
