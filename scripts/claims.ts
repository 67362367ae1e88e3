import { readFileSync } from 'node:fs'
import { wouldBreakEven } from '../src/cost/cluster/break-even.ts'
import { claimedSavings } from '../src/cost/cluster/cluster-cost.ts'
import { findModel, rowAt } from '../src/cost/rates/price-at.ts'
import { compare, estimate, type LoadedBook, loadBook, loadScenario, type ScenarioResult } from '../src/index.ts'
import type { Clusters } from '../src/model/book/clusters.ts'
import { parseInstant } from '../src/model/instant.ts'
import { type Exact, exact, ONE, powerOfTen, quotient, toDecimals } from '../src/model/number/money.ts'
import { formatCount } from '../src/report/figures/format.ts'

/** docs/claims.md: each numeric claim of the article beside what the tool's own results give. */

const DAY = '2026-05-15'

type Verdict = 'holds' | 'rounds' | 'fails'

interface Claim {
  readonly claim: string
  readonly gives: string
  readonly verdict: Verdict
  /** What would have to be true, or what is. */
  readonly note?: string
}

/** A published figure holds where it is the very one, rounds where it is right to its own digits, else fails. */
const judge = (published: string, found: Exact | null): Verdict => {
  if (found === null) return 'fails'
  const value = exact(published)
  if (value.eq(found)) return 'holds'
  // Whichever way a half is rounded.
  const half = powerOfTen(-decimalsOf(published)).times('0.5')
  return value.minus(found).abs().lte(half) ? 'rounds' : 'fails'
}

const decimalsOf = (published: string): number => published.split('.')[1]?.length ?? 0

/** Between two published figures, ends included; or so once both are rounded like them. */
const judgeWithin = (low: string, high: string, found: readonly Exact[]): Verdict => {
  if (found.every(one => one.gte(low) && one.lte(high))) return 'holds'
  const places = Math.max(exact(low).decimalPlaces(), exact(high).decimalPlaces())
  const rounded = found.map(one => exact(toDecimals(one, places)))
  return rounded.every(one => one.gte(low) && one.lte(high)) ? 'rounds' : 'fails'
}

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('fails') ? 'fails' : verdicts.includes('rounds') ? 'rounds' : 'holds'

const usd = (value: Exact, places = 4): string => `$${exact(toDecimals(value, places)).toFixed()}`
const percent = (share: Exact): string => `${toDecimals(share.times(100), 1)}%`
const times = (ratio: Exact): string => `${toDecimals(ratio, 2)} ×`

/** A rate in force at 00:00 UTC of the article's day, USD per 1M; `null`: the book has no such model, or no such rate. */
const rate = ({ book }: LoadedBook, model: string, meter: 'input' | 'cache_read' | 'output'): Exact | null => {
  const found = findModel(book, model)
  const row = found && rowAt(found, parseInstant(DAY) ?? 0)
  const value = row?.[meter]
  return value == null || value === 'not_offered' ? null : exact(value)
}

const must = (value: Exact | null): Exact => {
  if (value === null) throw new Error('the article’s own book has every rate of its table')
  return value
}

const known = (cost: ScenarioResult['costs'][string & keyof ScenarioResult['costs']]): Exact => {
  if (typeof cost !== 'string') throw new Error('this cost is known, and no range')
  return exact(cost)
}

const one = async (name: string, book: LoadedBook, set: readonly string[] = []): Promise<ScenarioResult> => {
  const scenario = await loadScenario(`scenarios/${name}.yaml`, { book, set })
  const [result] = estimate(scenario, book).scenarios
  if (!result) throw new Error('one scenario has one result')
  return result
}

const priceTable = (article: LoadedBook, market: LoadedBook): Claim[] => {
  const listed = [
    {
      name: 'V4 Pro',
      model: 'deepseek-v4-pro',
      billed: 'deepseek-v4-pro',
      input: '1.74',
      cached: '0.174',
      output: '3.48',
    },
    { name: 'V4', model: 'deepseek-v4', billed: 'deepseek-v4', input: '0.50', cached: '0.050', output: '1.50' },
    {
      name: 'V4 Flash',
      model: 'deepseek-v4-flash',
      billed: 'deepseek-v4-flash',
      input: '0.14',
      cached: '0.014',
      output: '0.28',
    },
    { name: 'R1', model: 'deepseek-r1', billed: 'deepseek-reasoner', input: '0.55', cached: '0.055', output: '2.19' },
  ]
  const rows = listed.flatMap(({ name, billed, input, cached, output }): Claim[] => {
    const [i, c, o] = (['input', 'cache_read', 'output'] as const).map(meter => rate(market, billed, meter))
    const missing = i == null || c == null || o == null
    return [
      {
        claim: `${name}: $${input} in, $${output} out per 1M`,
        gives: missing ? 'no such model in the market book' : `${billed} was billed ${usd(i)} and ${usd(o)}`,
        verdict: missing ? 'fails' : worst([judge(input, i), judge(output, o)]),
      },
      {
        claim: `${name}: $${cached} cached input per 1M`,
        gives: missing ? 'no such model in the market book' : `billed ${usd(c, 6)}`,
        verdict: missing ? 'fails' : judge(cached, c),
      },
    ]
  })
  const off = listed.map(({ model }) =>
    ONE.minus(quotient(must(rate(article, model, 'cache_read')), must(rate(article, model, 'input')))),
  )
  const billedOff = listed.flatMap(({ billed, name }) => {
    const [c, i] = [rate(market, billed, 'cache_read'), rate(market, billed, 'input')]
    return c && i ? [`${name} ${percent(ONE.minus(quotient(c, i)))}`] : []
  })
  const billed = listed.flatMap(({ billed: model }) => {
    const [c, i] = [rate(market, model, 'cache_read'), rate(market, model, 'input')]
    return c && i ? [ONE.minus(quotient(c, i))] : []
  })
  const span = quotient(
    must(rate(article, 'deepseek-v4-pro', 'input')),
    must(rate(article, 'deepseek-v4-flash', 'input')),
  )
  const contexts = [
    ['V4 Pro', 'deepseek-v4-pro', 256_000],
    ['V4 Flash', 'deepseek-v4-flash', 128_000],
  ] as const
  return [
    ...rows,
    {
      claim: 'the cache discount is 90% on every tier',
      gives: `${off.every(share => share.eq('0.9')) ? 'on the printed table' : 'not even on the printed table'}; billed: ${billedOff.join(', ')}`,
      verdict: worst(billed.map(share => judge('0.9', share))),
      note: 'it is a discount of the table, not of the bill',
    },
    {
      claim: 'the line spans 25 × ($0.14 to $1.74 input)',
      gives: times(span),
      verdict: judge('25', span),
      note: `only V4 Pro's output over V4 Flash's input makes ${times(quotient(exact('3.48'), exact('0.14')))}`,
    },
    ...contexts.map(([name, model, context]): Claim => {
      const found = findModel(market.book, model)?.context ?? null
      return {
        claim: `${name} takes ${formatCount(context)} tokens`,
        gives: found === null ? 'unknown' : `${formatCount(found)} in the market book`,
        verdict: found === context ? 'holds' : 'fails',
      }
    }),
  ]
}

const workloads = async (article: LoadedBook): Promise<Claim[]> => {
  const table = [
    { name: 'chat', headline: '0.65', cached: '0.20' },
    { name: 'coding-agent', headline: '3.55', cached: '0.42' },
    { name: 'extraction', headline: '15.40', cached: '2.80' },
    { name: 'reasoning', headline: '0.385', cached: '0.138' },
  ]
  const claims: Claim[] = []
  for (const { name, headline, cached } of table) {
    const { costs, reasons } = await one(name, article)
    const [list, ideal] = [known(costs.headline), known(costs.cached_ideal)]
    const expected = typeof costs.cached === 'string' ? exact(costs.cached) : null
    claims.push(
      { claim: `${name}: $${headline}`, gives: usd(list), verdict: judge(headline, list) },
      {
        claim: `${name} with cache: $${cached}`,
        gives: `${usd(ideal)} if every token hits; expected ${expected ? usd(expected) : 'is unknown'}`,
        verdict: expected ? judge(cached, expected) : judge(cached, ideal),
        note: expected
          ? 'the first of the calls finds an empty cache'
          : `as a bound alone: ${reasons.cached?.split(';')[0] ?? 'no prefix is known'}`,
      },
    )
  }
  const agent = await one('coding-agent', article)
  const input = (view: string): Exact =>
    agent.lines
      .filter(line => line.view === view && line.meter !== 'output')
      .reduce((all, { cost }) => all.plus(known(cost)), exact(0))
  const saved = ONE.minus(quotient(input('cached'), input('headline')))
  const bills = ONE.minus(quotient(known(agent.costs.cached), known(agent.costs.headline)))
  claims.push({
    claim: 'caching cuts the input cost of the coding agent by 80–90%',
    gives: `${percent(saved)} of the input, ${percent(bills)} of the whole bill`,
    verdict: judgeWithin('0.8', '0.9', [saved]),
  })
  const halves = await Promise.all(
    table.map(async ({ name }) => {
      const { costs } = await one(name, article)
      return { name, share: quotient(known(costs.cached_ideal).times('0.5'), known(costs.headline)) }
    }),
  )
  claims.push({
    claim: 'batch and cache together cost 5–10% of the headline',
    gives: `with every token a hit and half price: ${halves.map(({ name, share }) => `${name} ${percent(share)}`).join(', ')}`,
    verdict: judgeWithin(
      '0.05',
      '0.1',
      halves.map(({ share }) => share),
    ),
    note: 'DeepSeek offers no batch tier, and no first call is a hit',
  })
  return claims
}

/** What a model costs against another at 3 tokens in to 1 out, and on each side alone. */
const against = async (article: LoadedBook, model: string, other: string) => {
  const scenarios = await Promise.all(
    [model, other].map(name =>
      loadScenario('scenarios/chat.yaml', {
        book: article,
        model: name,
        set: ['totals.input=750K', 'totals.output=250K'],
      }),
    ),
  )
  const { scenarios: found } = compare(scenarios, article, { view: 'headline' })
  const cost = (name: string): Exact => known(found.find(({ model: id }) => id === name)?.costs.headline ?? null)
  const side = (meter: 'input' | 'output'): Exact =>
    quotient(must(rate(article, other, meter)), must(rate(article, model, meter)))
  const blend = quotient(cost(other), cost(model))
  return { blend, words: `${times(side('input'))} in, ${times(side('output'))} out, ${times(blend)} at 3:1` }
}

const comparisons = async (article: LoadedBook, market: LoadedBook): Promise<Claim[]> => {
  const cases = [
    {
      claim: 'V4 Pro is about 1/8 the price of GPT-5.5 Pro',
      model: 'deepseek-v4-pro',
      other: 'gpt-5.5-pro',
      published: '8',
    },
    { claim: 'V4 Pro is about 1/8 the price of GPT-5.5', model: 'deepseek-v4-pro', other: 'gpt-5.5', published: '8' },
    {
      claim: 'V4 Pro is about 3 × cheaper than Claude Sonnet 4',
      model: 'deepseek-v4-pro',
      other: 'claude-sonnet-4',
      published: '3',
    },
    { claim: 'R1 is about 20 × cheaper than o3', model: 'deepseek-r1', other: 'o3', published: '20' },
    {
      claim: 'V4 Flash costs roughly what Gemini 2.5 Flash does',
      model: 'deepseek-v4-flash',
      other: 'gemini-2.5-flash',
      published: '1',
    },
  ]
  const claims: Claim[] = []
  for (const { claim, model, other, published } of cases) {
    const { blend, words } = await against(article, model, other)
    claims.push({ claim, gives: words, verdict: judge(published, blend) })
  }
  const context = findModel(market.book, 'gemini-2.5-flash')?.context ?? null
  claims.push({
    claim: 'Gemini takes 2M tokens',
    gives: context === null ? 'unknown' : `Gemini 2.5 Flash takes ${formatCount(context)}`,
    verdict: context === 2_000_000 ? 'holds' : 'fails',
  })
  return claims
}

const fleets = async (article: LoadedBook): Promise<Claim[]> => {
  const savings = async (name: string, baselines: readonly string[], ...set: string[]) => {
    const { routing } = await one(name, article, [`routing.baselines=[${baselines.join(', ')}]`, ...set])
    return (routing?.baselines ?? []).map(({ model, saving }) => ({ model, share: exact(String(saving.headline)) }))
  }
  const words = (found: readonly { model: string; share: Exact }[]): string =>
    found
      .map(({ model, share }) =>
        share.isNegative()
          ? `${times(ONE.minus(share))} the cost of all ${model}`
          : `${percent(share)} against all ${model}`,
      )
      .join(', ')
  const claude = await savings('routing-80-15-5', ['claude-sonnet-4', 'claude-opus-4.7'])
  const gpt = await savings('routing-80-15-5', ['gpt-5.5', 'gpt-5.5-pro'])
  const own = await savings('routing-80-15-5', ['deepseek-v4'])
  const small = await savings('routing-70-25-5', ['deepseek-v4-pro'])
  const harder = await savings(
    'routing-80-15-5',
    ['claude-sonnet-4'],
    'routing.legs.1.tokens=2',
    'routing.legs.2.tokens=5',
  )
  const cascade = await savings('routing-80-15-5', ['claude-sonnet-4', 'claude-opus-4.7'], 'routing.mode=cascade')
  const within = (found: readonly { share: Exact }[]): Verdict =>
    judgeWithin(
      '0.6',
      '0.8',
      found.map(({ share }) => share),
    )
  return [
    {
      claim: '80/15/5 of V4, Sonnet 4 and Opus 4.7 costs 60–80% less than all Claude',
      gives: words(claude),
      verdict: within(claude),
      note: `at equal tokens, 3 in to 1 out; ${words(harder)} with twice and five times the tokens on the harder legs; ${words(cascade)} as a cascade`,
    },
    { claim: 'or than all GPT', gives: words(gpt), verdict: within(gpt), note: 'more than claimed' },
    {
      claim: 'the pattern cuts DeepSeek spend by 60–80%',
      gives: words(own),
      verdict: within(own),
      note: 'routing to dearer models raises the bill of all DeepSeek',
    },
    {
      claim: '70/25/5 of V4 Flash, V4 and V4 Pro costs 60–80% less than one model',
      gives: words(small),
      verdict: within(small),
    },
  ]
}

const selfHosting = async (article: LoadedBook): Promise<Claim[]> => {
  const { self_host } = await one('self-host-v4', article)
  const found = self_host?.break_even.headline
  if (!self_host || !found || typeof self_host.usd_per_day === 'string')
    throw new Error('the cluster has a range of prices')
  const { low, high } = self_host.usd_per_day
  const used = [found.low, found.high].map(({ utilisation }) => exact(String(utilisation)))
  const [best, dearest] = used
  if (!best || !dearest) throw new Error('break-even has two ends')
  const perGpu = exact(String(self_host.tokens_per_second_per_gpu))
  const nearest = self_host.nearest
  const measured = exact(nearest?.tokens_per_second_per_gpu ?? '0')
  const cheapest = cheapestRented('h100')
  const contest = (usdPerDay: string) => ({
    fixedUsdPerDay: exact(usdPerDay),
    overheadUsdPerDay: exact(0),
    variableUsdPer1M: exact(0),
    capacityPerDay: exact(String(self_host.capacity_tokens_per_day)),
    hostedUsdPer1M: exact(String(self_host.hosted_usd_per_1m)),
    maxUtilisation: ONE,
  })
  const billions = (tokens: Exact | null): string => (tokens ? `${toDecimals(tokens.times('1e-9'), 2)}B` : '-')
  const needed = (utilisation: string): string => {
    const [a, b] = [low, high].map(one => wouldBreakEven(contest(one), exact(utilisation)))
    if (!a || !b) return ''
    return `${billions(a.capacityPerDay)}–${billions(b.capacityPerDay)} tokens a day, or a hosted price of ${usd(a.hostedUsdPer1M, 2)}–${usd(b.hostedUsdPer1M, 2)} per 1M`
  }
  const gain = claimedSavings(exact('0.5'), exact('0.7'))
  return [
    {
      claim: '4 nodes of 8 H100 at $40–80 an hour',
      gives: `${usd(exact(low))}–${usd(exact(high))} a day, ${usd(quotient(exact(low), exact(768)))}–${usd(quotient(exact(high), exact(768)))} a GPU-hour`,
      verdict: quotient(exact(low), exact(768)).gte(cheapest.usd) ? 'holds' : 'fails',
      note: `the cheapest H100 that is rented in the cluster book is ${usd(cheapest.usd)} (${cheapest.words})`,
    },
    {
      claim: 'they handle 100M+ tokens a day at full utilisation',
      gives: `${toDecimals(perGpu, 1)} tokens a second for each GPU; measured: ${nearest?.tokens_per_second_per_gpu ?? '-'} (${nearest?.id ?? '-'})`,
      verdict: perGpu.times(2).lt(measured) ? 'fails' : 'holds',
      note: `measured is ${toDecimals(quotient(measured, perGpu), 1)} times as much`,
    },
    {
      claim: 'below about 50% utilisation the API is cheaper, above it self-hosting',
      gives: `break-even with V4 at 3:1 is ${toDecimals(best.times(100), 0)}–${toDecimals(dearest.times(100), 0)}% of the cluster: never`,
      verdict: judge('0.5', best),
      note: `50% would take ${needed('0.5')}; 100% takes ${needed('1')}`,
    },
    {
      claim: 'above about 70% it wins by 3–5 ×',
      gives: `with break-even at 50% it is ${times(gain)} at 70% and ${times(claimedSavings(exact('0.5'), ONE))} at 100%`,
      verdict: judgeWithin('3', '5', [gain]),
      note: `3 × at 70% is break-even at ${percent(quotient(exact('0.7'), exact(3)))}, which would take ${needed(quotient(exact('0.7'), exact(3)).toFixed())}; 5 × is ${percent(quotient(exact('0.7'), exact(5)))}`,
    },
  ]
}

/** The cheapest price of the cluster book that a provider asks for a GPU that is not taken away. USD per GPU-hour. */
const cheapestRented = (gpu: string): { usd: Exact; words: string } => {
  const { gpu_prices } = JSON.parse(readFileSync('pricing/clusters-2026-11-23.json', 'utf8')) as Clusters
  const rented = gpu_prices.filter(
    price => price.gpu === gpu && ['on_demand', 'reserved'].includes(price.kind) && !/model/.test(price.provider),
  )
  const [least] = rented.toSorted((a, b) => exact(a.usd_per_gpu_hour).comparedTo(exact(b.usd_per_gpu_hour)))
  if (!least) throw new Error(`the cluster book has no rented ${gpu}`)
  return {
    usd: exact(least.usd_per_gpu_hour),
    words: `${least.provider}, ${least.term ?? 'on demand'}, ${least.as_of}`,
  }
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

const section = (title: string, claims: readonly Claim[]): string =>
  [
    `## ${title}`,
    '',
    '| The article says | The arithmetic gives | Verdict | Beside it |',
    '| :--------------- | :------------------- | :------ | :-------- |',
    ...claims.map(
      ({ claim, gives, verdict, note = '' }) => `| ${[claim, gives, `**${verdict}**`, note].map(cell).join(' | ')} |`,
    ),
  ].join('\n')

/** One claim, worked out; a test runs it as it does every console block. */
const WORKED_EXAMPLE = `The article gives $0.42 for its coding agent with caching. That is the upper bound; the first of the calls finds an empty cache, so that this is to be expected:

\`\`\`console
$ dsprice estimate scenarios/coding-agent.yaml
coding-agent: $0.73 a run, expected with caching; the cheapest way on offer.
…
  headline              $3.5496          list price, nothing cached
  cache, upper bound    $0.4176  -88.2%  if every input token were cached
> cached                $0.7308  -79.4%  expected with prompt caching
…
\`\`\``

/** The page, from the tool's own results. */
export const claimsPage = async (): Promise<string> => {
  const [article, market] = await Promise.all([loadBook('2026-05-15'), loadBook('2026-11-23')])
  const sections = [
    { title: 'Prices', claims: priceTable(article, market) },
    { title: 'Workloads', claims: await workloads(article) },
    { title: 'Other models, at the article’s prices', claims: await comparisons(article, market) },
    { title: 'Fleets', claims: await fleets(article) },
    { title: 'Self-hosting', claims: await selfHosting(article) },
  ]
  const all = sections.flatMap(({ claims }) => claims)
  const count = (verdict: Verdict): number => all.filter(one => one.verdict === verdict).length
  return `${[
    '# The article’s claims, checked',
    `The project began with an article of ${DAY}. Its table ships as price book \`${DAY}\`; what it claims of numbers is set here beside the arithmetic, worked out by dsprice itself: \`node scripts/claims.mjs\` writes this page, and a test holds it to the results. A claim **holds** where it is the very figure, **rounds** where it is right to its own digits, else it **fails**. "Billed" is what the market book has for that day.`,
    WORKED_EXAMPLE,
    `${all.length} claims: ${count('holds')} hold, ${count('rounds')} round, ${count('fails')} fail.`,
    ...sections.map(({ title, claims }) => section(title, claims)),
  ].join('\n\n')}\n`
}
