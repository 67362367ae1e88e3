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

it('what is missing is not hinted at by a row of another GPU', async () => {
  const { err } = await dsprice(['breakeven', '-'], repository, { stdin: written('{gpu: h100, nodes: 2}') })
  expect(err).toMatch(/NO_SPEED.*fix: add throughput: \{prefill: 52300, decode: 22300\}/s)
  const { err: own } = await dsprice(['breakeven', '-'], repository, { stdin: written('{gpu: h200, nodes: 2}') })
  expect(own).toMatch(/fix: add throughput: \{ref: sglang-v4pro-h200-fp4-c16\}/)
})
