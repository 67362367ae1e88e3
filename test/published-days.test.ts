import { describe, expect, it } from 'vitest'
import type { Printed } from '../src/model/number/range.ts'
import type { ScenarioResult } from '../src/model/result/result.ts'
import { dsprice, repository } from './fake-io.ts'

/** Days and rates that others published, through the whole command. */

const estimate = async (stdin: string): Promise<ScenarioResult> => {
  const { out, err } = await dsprice(['estimate', '-', '--json', '--quiet'], repository, { stdin })
  const [result] = out === '' ? [] : (JSON.parse(out) as { scenarios: ScenarioResult[] }).scenarios
  if (!result) throw new Error(err)
  return result
}

const rounded = (figure: Printed<string> | Printed<number> | null | undefined, decimals: number): string =>
  Number(figure).toFixed(decimals)

describe('DeepSeek’s published serving day, 27 to 28 February 2025', () => {
  // @see deepseek-ai/open-infra-index@56d86855
  //   202502OpenSourceWeek/day_6_one_more_thing_deepseekV3R1_inference_system_overview.md
  // 226.75 nodes of 8 H800 on average at $2 a GPU-hour: $3,628 an hour. 608B tokens in, 342B of them cache hits: 56.25%;
  // 168B out; at R1’s prices, which the book has for that day. All 776B tokens are the cluster’s day.
  const day = estimate(`name: deepseek-day
pricing: "2026-11-23"
at: 2025-02-27T12:00Z
model: deepseek-reasoner
traffic: { requests: 1, per: day }
totals: { input: 608B, output: 168B }
cache: { hit_share: 56.25% }
self_host: { model: deepseek-r1, nodes: 227, usd_per_hour: 3628, capacity: 776B/day, max_utilisation: 100% }
`)

  it('costs $87,072, as published', async () => {
    expect((await day).costs.self_hosted).toBe('87072')
  })

  it('would earn $562,100 by the rounded counts; published: $562,027', async () => {
    // 342,000 · 0.14 + 266,000 · 0.55 + 168,000 · 2.19
    expect((await day).costs.cached).toBe('562100')
  })

  it('earns 545.6% over its cost; published: 545%', async () => {
    const { self_host } = await day
    // 562,100/87,072 = 6.456, and the other way round
    expect(rounded(self_host?.hosted_over_self_full, 3)).toBe('6.456')
    expect(rounded(self_host?.break_even.cached?.low.utilisation, 3)).toBe('0.155')
    expect(self_host?.utilisation).toBe(1)
  })
})

it('SGLang’s $0.20 per 1M output tokens on H100 is 0.1995', async () => {
  // @see lm-sys/lm-sys.github.io blog/2025-05-05-large-scale-ep.md: 22,282 tokens/s per decode node at 2,000 in.
  // Its $2 a GPU-hour is inferred from the figure: $16 a node-hour / (22,282 · 0.0036), decode nodes alone.
  const { self_host } = await estimate(`name: sglang-decode
pricing: "2026-05-15"
at: 2026-05-15
model: deepseek-r1
traffic: { requests: 1000, per: day }
request: { turn: 0, output: 1000 }
cache: none
self_host: { gpu: h100, nodes: 2, usd_per_gpu_hour: 2, throughput: { ref: sglang-96xh100, prompt_tokens: 2000 } }
`)
  expect(rounded(self_host?.self_hosted_usd_per_1m_full, 4)).toBe('0.1995')
})
