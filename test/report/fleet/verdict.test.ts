import { describe, expect, it } from 'vitest'
import type { BreakEvenEnd, SelfHosted } from '../../../src/model/result/self-hosted.ts'
import { plausibleChange } from '../../../src/report/fleet/change.ts'
import { verdictSentence, verdictView } from '../../../src/report/fleet/verdict.ts'
import { everyView, type ScenarioParts, scenarioResult } from '../documents.ts'

/** $100 a day, 100M tokens a day at full use; the API asks $2 per 1M, so break-even is at 50M a day. */
const at = (utilisation: number, more: Partial<BreakEvenEnd> = {}): BreakEvenEnd => ({
  kind: 'at',
  utilisation,
  tokens_per_day: utilisation * 100_000_000,
  attainable: utilisation <= 0.8,
  ...more,
})

const never = (never_kind: NonNullable<BreakEvenEnd['never_kind']>, utilisation: number | null): BreakEvenEnd => ({
  kind: 'never',
  never_kind,
  utilisation,
  tokens_per_day: utilisation && utilisation * 100_000_000,
  would_be: {
    capacity_tokens_per_day: 200_000_000,
    hosted_usd_per_1m: '4',
    usd_per_hour: '2',
    usd_per_gpu_hour: '0.25',
  },
  // At 80 % instead of 100 % the capacity and the API's price are a quarter more, the rent a fifth less.
  would_pay: {
    capacity_tokens_per_day: 250_000_000,
    hosted_usd_per_1m: '5',
    usd_per_hour: '1.6',
    usd_per_gpu_hour: '0.2',
  },
})

interface Parts extends Partial<SelfHosted> {
  readonly ends?: readonly [BreakEvenEnd, BreakEvenEnd] | null
  readonly saving_cached?: SelfHosted['saving']['cached']
}

const cluster = ({ ends = [at(0.5), at(0.5)], saving_cached, ...own }: Parts = {}): SelfHosted => ({
  model: null,
  gpu: 'h100',
  nodes: 1,
  gpus_per_node: 8,
  spare_nodes: 0,
  sized: false,
  autoscale: false,
  usd_per_hour: '4',
  usd_per_day: '100',
  price_from: 'the scenario, per GPU-hour',
  capacity_tokens_per_day: 100_000_000,
  tokens_per_second_per_gpu: 145,
  trust: 'measured_joint',
  row: null,
  nearest: null,
  mix: { miss: 0.9, hit: 0, output: 0.1, view: 'cached' },
  peak_to_mean: 1,
  max_utilisation: 0.8,
  demand_tokens_per_day: 25_000_000,
  utilisation: 0.25,
  hosted_usd_per_1m: '2',
  hosted_view: 'cached',
  self_hosted_usd_per_1m_full: '1',
  hosted_over_self_full: 2,
  self_hosted_usd_per_1m: '4',
  saving: saving_cached === undefined ? { cached: -1 } : { cached: saving_cached },
  break_even: ends ? { cached: { low: ends[0], high: ends[1] } } : {},
  at_use: null,
  cache_effect: null,
  whole_nodes: null,
  hybrid: null,
  reason: null,
  ...own,
})

const sentence = (parts: Parts = {}, scenario: ScenarioParts = {}): string =>
  verdictSentence(
    scenarioResult({
      per: 'day',
      periods_per_month: '30',
      costs: { ...everyView('50'), self_hosted: '100' },
      self_host: cluster(parts),
      ...scenario,
    }),
  ) ?? ''

const MONEY = '$100.00 a day ($3,000 a month) against $50.00 a day ($1,500 a month)'

describe('the verdict', () => {
  // 25M a day at $2 are $50: the cluster is twice as dear; from 50M a day on it is cheaper.
  it('that it pays, but not at the traffic of today, names both volumes and the factor', () => {
    expect(sentence()).toBe(
      `Not yet: only from 50M tokens a day (50.0% of this cluster); at today's 25M tokens a day (25.0% of it) it is 2.0× dearer than the API (cached): ${MONEY}.`,
    )
  })

  // 75M a day at $2 are $150 against $100.
  it('that it pays today', () => {
    const used = { utilisation: 0.75, demand_tokens_per_day: 75_000_000, saving_cached: 1 / 3 }
    expect(sentence(used, { costs: { ...everyView('150'), self_hosted: '100' } })).toBe(
      "Yes, from 50M tokens a day (50.0% of this cluster); at today's 75M tokens a day (75.0% of it) it is 1.50× cheaper than the API (cached): $100.00 a day ($3,000 a month) against $150.00 a day ($4,500 a month).",
    )
  })

  it('that nothing is paid for while idle', () => {
    const always = { ...at(0), kind: 'always' } as const
    expect(sentence({ ends: [always, always], saving_cached: 0.5 })).toMatch(
      /^Always: .*; at today's 25M tokens a day \(25\.0% of it\) it is 2\.0× cheaper than the API \(cached\): /,
    )
  })

  it.each<{ it: string; parts: Parts; begins: RegExp }>([
    {
      it: 'no, beyond max_utilisation',
      parts: { ends: [at(0.9), at(0.9)] },
      begins:
        /^No: it would pay only from 90M tokens a day \(90\.0% of this cluster\), above the 80\.0% that it may run at; /,
    },
    {
      // A peak of twice the mean leaves 80 % / 2.
      it: 'no, beyond what the peak hour leaves',
      parts: { ends: [at(0.5), at(0.5)], sized: true, peak_to_mean: 2 },
      begins: /^No: it would pay only from 50M .* and the peak hour leaves a mean of at most 40\.0%; /,
    },
    {
      it: 'never on this cluster, with the volume it would take',
      parts: { ends: [never('this_cluster', 2), never('this_cluster', 2)] },
      begins:
        /^Never on this cluster: it would pay only from 200M tokens a day, 200\.0% of what it can do; at today's /,
    },
    {
      it: 'never at any scale',
      parts: { ends: [never('any_scale', 2), never('any_scale', 2)] },
      begins: /^Never at any scale: even more such nodes, at their best use, cost more than the API \(cached\); /,
    },
    {
      it: 'never below the variable cost',
      parts: { ends: [never('below_variable', null), never('below_variable', null)] },
      begins: /^Never: the API \(cached\) costs less per token than the cluster's variable cost alone; /,
    },
    {
      it: 'that depends on the range, best case first',
      parts: { ends: [at(0.5), never('this_cluster', 2)] },
      begins: /^It depends: at best yes, from 50M tokens a day, not yet reached; at worst never on this cluster; /,
    },
    {
      it: 'of a range within one answer',
      parts: { ends: [at(0.4), at(0.6)] },
      begins: /^Not yet: only from 40M to 60M tokens a day \(40\.0-60\.0% of this cluster\); /,
    },
  ])('is $it', ({ parts, begins }) => {
    expect(sentence(parts)).toMatch(begins)
  })

  it.each([
    [{ low: -3, high: -1 }, 'is 2.0 to 4.0× dearer than'],
    [{ low: 0.5, high: 0.75 }, 'is 2.0 to 4.0× cheaper than'],
    [{ low: -0.5, high: 0.5 }, 'is between 1.50× dearer and 2.0× cheaper than'],
    [0, 'costs as much as'],
    [-0.001, 'is less than 1.01× dearer than'],
    [-38.15, 'is 39× dearer than'],
  ])('of a saving of %o says that it %s the API', (saving, words) => {
    expect(sentence({ saving_cached: saving })).toContain(`it ${words} the API (cached)`)
  })

  it('says why the cost at the traffic of today is unknown', () => {
    const over = { utilisation: null, saving: {}, reason: 'the busiest hour needs 130% of it' }
    expect(sentence(over, { costs: everyView('50') })).toBe(
      "Yes, from 50M tokens a day (50.0% of this cluster); what the cluster would cost at today's traffic is unknown: the busiest hour needs 130% of it.",
    )
  })

  it('says why there is none where the cost of the API is unknown', () => {
    expect(sentence({ ends: null }, { reasons: { cached: 'no cache_read rate' } })).toBe(
      'Unknown: what the API (cached) would cost is unknown: no cache_read rate.',
    )
  })

  it('of a run is at the utilisation that it states', () => {
    const run = sentence({ demand_tokens_per_day: null }, { per: 'run', periods_per_month: null })
    expect(run).toContain('; at its stated utilisation of 25.0% it is 2.0× dearer')
    expect(run).toContain(': $100.00 a run against $50.00 a run.')
  })

  it('counts volumes by the calendar day where money is a working day', () => {
    const { input } = scenarioResult()
    const traffic = { ...input.traffic, per: 'day', weekdays_only: true } as const
    expect(sentence({}, { input: { ...input, traffic } })).toMatch(
      /^Not yet: only from 50M tokens a calendar day .*: \$100\.00 a working day \(\$3,000 a month\) against/,
    )
  })

  it('is none without a cluster', () => {
    expect(verdictSentence(scenarioResult())).toBeNull()
  })
})

describe('the view', () => {
  it('is the one that answers, as far as it is known', () => {
    const self = cluster({
      break_even: { cached: { low: at(0.5), high: at(0.5) }, headline: { low: at(0.4), high: at(0.4) } },
    })
    const viewOf = (view: 'headline' | 'batch' | 'self_hosted' | null) =>
      verdictView({ answer: { view, cheapest: null } }, self)
    expect([viewOf('headline'), viewOf('batch'), viewOf('self_hosted'), viewOf(null)]).toEqual([
      'headline',
      'cached',
      'cached',
      'cached',
    ])
    expect(verdictView({}, self)).toBe('cached')
  })
})

describe('the most plausible change', () => {
  const changeOf = (parts: Parts) =>
    plausibleChange(scenarioResult({ self_host: cluster(parts) }), cluster(parts), 'cached')
  const out = [never('this_cluster', 2), never('this_cluster', 2)] as const

  it('is the rent, of two prices that would have to move alike', () => {
    expect(changeOf({ ends: out })).toEqual({
      what: 'Used to 80.0%, the most that it may run at, it would break even with GPUs at $0.20 an hour instead of $0.50.',
      set: 'self_host.usd_per_gpu_hour=0.2',
    })
  })

  it('is the price of the API, where no rent is low enough', () => {
    const costly = { ...out[0], would_pay: { ...out[0].would_pay, usd_per_hour: null, usd_per_gpu_hour: null } }
    const ends = [costly, costly] as unknown as typeof out
    expect(changeOf({ ends })).toEqual({
      what: 'Used to 80.0%, the most that it may run at, it would break even with a hosted price of $5.0000 per 1M tokens instead of $2.0000.',
      set: null,
    })
  })

  // 145 tokens a second per GPU are 100M a day, so 250M are 362.5.
  it('is a capacity that was measured, in place of a lower stated one', () => {
    const nearest = { id: 'row', what: 'R1', tokens_per_second_per_gpu: '850', date: '2026', source: 's', grade: 'g' }
    const parts = { ends: out, trust: 'stated', nearest } as const
    expect(changeOf(parts)).toEqual({
      what: 'Used to 80.0%, the most that it may run at, it would break even with a capacity of 250M tokens a day instead of 100M: 362 tokens a second per GPU, where 850 were measured.',
      set: 'self_host.capacity=250M/day',
    })
    expect(changeOf({ ...parts, nearest: { ...nearest, tokens_per_second_per_gpu: '362' } })?.what).toContain('GPUs at')
  })

  // The worst case needs twice that, 725, of which 700 are short.
  it('says where what was measured is enough for the best case only', () => {
    const [best] = out
    const worst = { ...best, would_pay: { ...best.would_pay, capacity_tokens_per_day: 500_000_000 } } as BreakEvenEnd
    const nearest = { id: 'row', what: 'R1', tokens_per_second_per_gpu: '700', date: '2026', source: 's', grade: 'g' }
    const found = changeOf({ ends: [best, worst], trust: 'stated', nearest })
    expect(found?.what).toMatch(
      /250M to 500M .*: 362 to 725 tokens a second .* 700 were measured, enough only at best\.$/,
    )
    expect(found?.set).toBe('self_host.capacity=500M/day')
  })

  // 90 % is beyond the 80 % that it may run at.
  it('is for the highest use, where break-even lies above it', () => {
    const [{ would_pay }] = out
    expect(changeOf({ ends: [at(0.9, { would_pay }), at(0.9, { would_pay })] })?.what).toMatch(/^Used to 80\.0%, /)
  })

  it('is for the use of today, where break-even can be reached', () => {
    const prices = { hosted_usd_per_1m: '4', usd_per_hour: '2', usd_per_gpu_hour: '0.25' }
    expect(changeOf({ at_use: { low: prices, high: prices } })?.what).toBe(
      "At today's use it would break even with GPUs at $0.25 an hour instead of $0.50.",
    )
  })

  it('is none where the cluster pays', () => {
    expect(changeOf({ utilisation: 0.75 })).toBeNull()
  })
})
