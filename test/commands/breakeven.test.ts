import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../src/model/result/result.ts'
import { dsprice, repository } from '../fake-io.ts'

const book = join(repository, 'test/fixtures/book.json')

// 24 requests a day of 1M in, half of it read from the cache, and 1M out: at $2, $0.20 and $8 the headline is
// 24 × 10 = $240, cached 24 × 9.10 = $218.40, of 48M tokens: $5 and $4.55 per 1M. A node costs $10 an hour and does
// 2,500 tokens a second, 216M a day: $240 over 216 × $5 and over 216 × $4.55.
const stdin = `name: s
model: plain
pricing: ${book}
at: 2026-11-24
traffic: {requests: 24, per: day}
request: {turn: 1M, output: 1M}
cache: {hit_share: 50%}
self_host: {usd_per_gpu_hour: 1.25, throughput: {total: 2500, per: node, mix: "1:1"}}
`

const breakeven = async (...argv: string[]) => {
  const { out } = await dsprice(['breakeven', '-', '--json', '--quiet', ...argv], repository, { stdin })
  const result = JSON.parse(out) as Result
  const self = result.scenarios[0]?.self_host
  return { curve: result.breakeven, self }
}

describe('--view', () => {
  it.each([
    ['headline', '5', 240 / (216 * 5), 48_000_000],
    ['cached', '4.55', 0.2442002442002442, '52747252.747253'],
  ])('%s sets the price, and what follows from it', async (view, price, utilisation, tokens) => {
    const { curve, self } = await breakeven('--view', view)
    expect([curve?.view, self?.hosted_usd_per_1m]).toEqual([view, price])
    expect(self?.break_even[view as 'cached']?.low.utilisation).toBe(utilisation)
    // One node costs as much as the API from there on.
    expect(self?.whole_nodes?.low.first?.nodes).toBe(1)
    expect(self?.whole_nodes?.low.first?.tokens_per_day).toBe(tokens)
    expect(curve?.points.every(({ hosted_usd_per_1m }) => hosted_usd_per_1m === price)).toBe(true)
  })

  it('is cached where none is named', async () => {
    expect((await breakeven()).curve?.view).toBe('cached')
  })

  it('is that of the budget where it has one', async () => {
    const { out } = await dsprice(['breakeven', '-', '--quiet'], repository, {
      stdin: `${stdin}budget: {view: headline, per_month: 10000}\n`,
    })
    expect(out).toMatch(/^s: Yes, from 48M tokens a day \(22\.2% of this cluster\); .* the API \(headline\): /)
  })

  it('that has no price is refused, with the reason', async () => {
    const { code, err } = await dsprice(['breakeven', '-', '--view', 'batch'], repository, {
      stdin: stdin.replace('model: plain', 'model: writer'),
    })
    expect(code).toBe(3)
    expect(err).toContain('VIEW_UNKNOWN')
    expect(err).toContain('offers no batch tier')
  })
})

it('of a scenario without a cluster says what to add, and for a run its utilisation', async () => {
  const without = stdin.replace(/self_host.*\n/, '')
  const { code, err } = await dsprice(['breakeven', '-'], repository, { stdin: without })
  expect(code).toBe(2)
  expect(err).toMatch(/NO_CLUSTER.*add self_host: \{gpu: h100, nodes: 4, throughput/s)
  const run = await dsprice(['breakeven', '-'], repository, { stdin: without.replace(/traffic.*\n/, '') })
  const [fix] = /self_host: \{.*\}/.exec(run.err) ?? []
  // What is to be added works as it stands.
  const fixed = `${without.replace(/traffic.*\n/, '').replace('model: plain', 'model: deepseek-r1')}${fix}\n`
  const again = await dsprice(['breakeven', '-', '--quiet'], repository, {
    stdin: fixed.replace(book, '"2026-05-15"'),
  })
  expect({ code: again.code, err: again.err }).toEqual({ code: 0, err: '' })
})

it('of a cluster without work is no matter of a missing cluster', async () => {
  const idle = stdin.replace('{turn: 1M, output: 1M}', '{turn: 0, output: 0}')
  const { code, err } = await dsprice(['breakeven', '-'], repository, { stdin: idle })
  expect([code, err.includes('NO_WORK stdin:8:12 self_host')]).toEqual([3, true])
})

it('that hits put out of reach is later, not unmoved', async () => {
  // $9 an hour for 1M tokens, more than the API asks for what is cached, less than it asks for the rest.
  const dear = stdin
    .replace('output: 1M', 'output: 0')
    .replace('hit_share: 50%', 'hit_share: 99%')
    .replace('throughput:', 'variable_usd_per_1m: 1, throughput:')
  const { out } = await dsprice(['estimate', '-', '--json', '--quiet'], repository, { stdin: dear })
  const effect = (JSON.parse(out) as Result).scenarios[0]?.self_host?.cache_effect
  expect(effect).toMatchObject({ with_hits: null, moved: 'later' })
  const { out: table } = await dsprice(['estimate', '-', '--quiet', '--explain'], repository, { stdin: dear })
  expect(table).toMatch(/Cache hits move break-even later: from \d+\.\d% without them on either side to never\./)
})

it('of a model that takes several units is in whole units', async () => {
  // R1 on H100 takes 16 GPUs: 4 nodes of 4, which is two units of 3.
  const units = `name: u
model: deepseek-r1
pricing: "2026-05-15"
at: 2026-05-15
traffic: {requests: 1M, per: day}
request: {turn: 3000, output: 1000}
cache: none
self_host: {gpu: h100, gpus_per_node: 4, nodes: 6, unit_nodes: 3, usd_per_gpu_hour: 2, throughput: {prefill: 30000, decode: 20000}}
`
  const { out } = await dsprice(['breakeven', '-', '--json', '--quiet'], repository, { stdin: units })
  const self = (JSON.parse(out) as Result).scenarios[0]?.self_host
  expect(self?.whole_nodes?.low.first?.nodes).toBe(6)
  expect((self?.hybrid?.low.nodes ?? 1) % 6).toBe(0)
})

it('of a leg is for the calls of that leg: its model, at its size', async () => {
  const leg = `name: l
pricing: "2026-05-15"
at: 2026-05-15
routing: {legs: [{model: deepseek-v4, share: 50%}, {self_host: true, share: 50%, tokens: 8}]}
request: {turn: 4000, output: 100}
self_host: {model: deepseek-r1, gpu: h200, nodes: 1, usd_per_gpu_hour: 2, utilisation: 50%}
`
  const { out } = await dsprice(['estimate', '-', '--quiet', '--explain'], repository, { stdin: leg })
  expect(out).toContain('a roofline at a context of 32000 tokens')
})

it('that is never at one end of a range only says so of that end, in every table', async () => {
  // Of a text that may be 19 to 28 tokens the API's blend is $5.30 to $5.50, on either side of $5.40 a token of one's own.
  const ranged = `name: r
pricing: "2026-05-15"
at: 2026-05-15
model: claude-sonnet-4
traffic: {requests: 1000, per: day}
request: {turn: {text: "Say hello in a long and winding way, please, would you kindly do so for me today?"}, output: 5}
cache: none
self_host: {model: deepseek-r1, nodes: 4, usd_per_hour: 40, capacity: 10B/day, variable_usd_per_1m: 5.2}
`
  const { out } = await dsprice(['breakeven', '-', '--quiet'], repository, { stdin: ranged })
  expect(out).toMatch(/headline +\d+\.\d% to - +\S+B to - +not reached at best, never: .* at worst/)
  expect(out).toMatch(
    /^r: It depends: at best yes, from \S+ tokens a day, not yet reached; at worst never: hosted is below/,
  )
  const { out: explained } = await dsprice(['breakeven', '-', '--quiet', '--explain'], repository, { stdin: ranged })
  expect(explained).toMatch(/would, at worst, be at 100% of the cluster with a hosted price/)
  expect(explained).toMatch(/× 1 +(\d+\.\d% at best, never at worst *){3}/)
})

it('has no cached prefill slower than the plain one', async () => {
  const slow = stdin.replace('{total: 2500, per: node, mix: "1:1"}', '{prefill: 50, decode: 20, cached_prefill: 5}')
  const { code, err } = await dsprice(['breakeven', '-'], repository, { stdin: slow })
  expect([code, err.includes('must not have a cached_prefill below its prefill')]).toEqual([2, true])
})
