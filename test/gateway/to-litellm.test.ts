import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type LitellmConfig, litellmSchema } from '../../src/gateway/litellm.ts'
import type { Book } from '../../src/model/book/book.ts'
import { exact, sum } from '../../src/model/number/money.ts'
import { dsprice, repository } from '../fake-io.ts'

const bookOf = (version: string): Book =>
  JSON.parse(readFileSync(join(repository, 'pricing', `${version}.json`), 'utf8')) as Book

const gateway = async (...settings: readonly string[]) => {
  const { code, out, err } = await dsprice([
    'gateway',
    'scenarios/routing-80-15-5.yaml',
    '--set',
    'routing.fallback=[gpt-5.5, o3]',
    '--quiet',
    ...settings,
  ])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

// As LiteLLM documents them: https://docs.litellm.ai/docs/proxy/config_settings, /docs/proxy/custom_pricing and
// /docs/proxy/configs, read in November 2026. Only the keys of the parts that we write into.
const DOCUMENTED = {
  top: ['model_list', 'router_settings', 'litellm_settings', 'general_settings', 'environment_variables'],
  deployment: ['model_name', 'litellm_params', 'model_info'],
  params: ['model', 'api_key', 'api_base', 'api_version', 'weight', 'order', 'rpm', 'tpm', 'timeout', 'max_retries'],
  router: [
    'routing_strategy',
    'enable_pre_call_checks',
    'content_policy_fallbacks',
    'fallbacks',
    'context_window_fallbacks',
    'default_fallbacks',
    'max_fallbacks',
    'cooldown_time',
    'disable_cooldowns',
    'retry_policy',
    'allowed_fails',
    'timeout',
    'stream_timeout',
    'model_group_alias',
    'num_retries',
    'retry_after',
    'routing_strategy_args',
  ],
  // CustomPricingLiteLLMParams; a threshold's key is read from any _above_<N>k_tokens.
  costs: [
    'input_cost_per_token',
    'output_cost_per_token',
    'cache_read_input_token_cost',
    'cache_creation_input_token_cost',
    'cache_creation_input_token_cost_above_1hr',
  ],
  strategies: ['simple-shuffle', 'least-busy', 'usage-based-routing-v2', 'latency-based-routing', 'cost-based-routing'],
} as const

const keysOf = (value: object): string[] => Object.keys(value)

describe('the file', () => {
  it('has only keys that LiteLLM documents, each in its place', async () => {
    const config = parse(await gateway()) as LitellmConfig
    const strays = (value: object, known: readonly string[]): string[] =>
      keysOf(value).filter(key => !known.includes(key))
    expect(strays(config, DOCUMENTED.top)).toEqual([])
    expect(strays(config.router_settings, DOCUMENTED.router)).toEqual([])
    expect(DOCUMENTED.strategies).toContain(config.router_settings.routing_strategy)
    for (const one of config.model_list) {
      expect(strays(one, DOCUMENTED.deployment)).toEqual([])
      expect(strays(one.litellm_params, DOCUMENTED.params)).toEqual([])
      const costs = keysOf(one.model_info).map(key => key.replace(/_above_\d+k_tokens$/, ''))
      expect(costs.filter(key => !DOCUMENTED.costs.some(known => known === key))).toEqual([])
    }
  })

  it('fits its schema, which takes no key that it does not know and no weight above one', () => {
    const deployment = (params: object) => ({
      model_name: 'a',
      litellm_params: { model: 'openai/o3', ...params },
      model_info: { input_cost_per_token: 1, output_cost_per_token: 1, cache_read_input_token_cost: 1 },
    })
    const config = (params: object, rest: object = {}) => ({
      model_list: [deployment(params)],
      router_settings: { routing_strategy: 'simple-shuffle', num_retries: 0 },
      ...rest,
    })
    const fits = (value: unknown) => litellmSchema.safeParse(value).success
    expect(fits(config({ weight: 1 }))).toBe(true)
    expect([fits(config({ weihgt: 1 })), fits(config({ weight: 1.5 })), fits(config({}, { router: {} }))]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('is one model name for the fleet, whose weights sum to one', async () => {
    const { model_list } = parse(await gateway()) as LitellmConfig
    const legs = model_list.filter(({ model_name }) => model_name === 'routing-80-15-5')
    expect(legs.map(({ litellm_params: { model, weight } }) => [model, weight])).toEqual([
      ['deepseek/deepseek-v4', 0.8],
      ['anthropic/claude-sonnet-4-20250514', 0.15],
      ['anthropic/claude-opus-4-7', 0.05],
    ])
    expect(sum(legs.map(({ litellm_params: { weight = 0 } }) => exact(String(weight)))).toFixed()).toBe('1')
  })

  it('falls back to each fallback under its own name, in order, one key to an item', async () => {
    const { model_list, router_settings } = parse(await gateway()) as LitellmConfig
    expect(router_settings.fallbacks).toEqual([{ 'routing-80-15-5': ['gpt-5.5', 'o3'] }])
    expect(model_list.slice(3).map(({ model_name }) => model_name)).toEqual(['gpt-5.5', 'o3'])
    expect(model_list.slice(3).every(({ litellm_params }) => litellm_params.weight === undefined)).toBe(true)
  })

  it('has the book’s prices to the digit, per token', async () => {
    // The numbers as they stand in the file, before any float.
    const { model_list } = parse(await gateway(), { schema: 'failsafe' })
    const per1M = (text: unknown): string => exact(String(text)).times(1_000_000).toFixed()
    const book = bookOf('2026-05-15')
    const ids = ['deepseek-v4', 'claude-sonnet-4', 'claude-opus-4.7', 'gpt-5.5', 'o3']
    expect(model_list.length).toBe(ids.length)
    for (const [i, id] of ids.entries()) {
      const row = book.models.find(model => model.id === id)?.prices.at(-1)
      const info = model_list[i].model_info
      expect([per1M(info.input_cost_per_token), per1M(info.output_cost_per_token)], id).toEqual([
        row?.input,
        row?.output,
      ])
      expect(per1M(info.cache_read_input_token_cost), id).toBe(row?.cache_read)
      const [tier] = row?.tiers ?? []
      if (!tier) continue
      const suffix = `_above_${tier.threshold / 1000}k_tokens`
      expect(per1M(info[`input_cost_per_token${suffix}`]), id).toBe(tier.input)
      expect(exact(per1M(info[`output_cost_per_token${suffix}`])).eq(tier.output ?? ''), id).toBe(true)
    }
  })

  it('has only numbers that YAML 1.1, which the proxy reads, takes for numbers', async () => {
    // PyYAML wants a point in a float, so 5e-7 would be text.
    for (const [, number] of (await gateway()).matchAll(/(?:cost\w*|weight|num_retries): (.*)/g)) {
      expect(number).toMatch(/^(0|[1-9]\d*)(\.\d+)?$/)
    }
  })

  it.each(['on', 'No', 'y', '12:30', '190:20:30', '2026-05-15', '1_000', '0b11', '<<', '~'])(
    'names the fleet %s, which YAML 1.1 takes for no text unless it is quoted',
    async name => {
      const text = await gateway('--set', `name="${name}"`)
      // PyYAML's own rules, but for a lone y, which is text to it.
      const config = parse(text, { version: '1.1' }) as LitellmConfig
      expect(config.model_list.map(one => one.model_name).slice(0, 3)).toEqual([name, name, name])
      expect(config.router_settings.fallbacks).toEqual([{ [name]: ['gpt-5.5', 'o3'] }])
    },
  )

  it('is the same as JSON', async () => {
    expect(JSON.parse(await gateway('--json'))).toEqual(parse(await gateway()))
  })

  it('names a fallback apart from a fleet of that name', async () => {
    const config = parse(await gateway('--set', 'name=o3')) as LitellmConfig
    expect(config.router_settings.fallbacks).toEqual([{ o3: ['gpt-5.5', 'o3-fallback'] }])
  })

  it('cannot say where a cluster is', async () => {
    const { code, err } = await dsprice(['gateway', '-'], repository, {
      stdin: `name: a
pricing: "2026-05-15"
at: 2026-05-15
routing: {legs: [{self_host: true, share: 40%}, {model: o3, share: 60%}]}
self_host: {model: deepseek-r1, nodes: 1, usd_per_gpu_hour: 2, utilisation: 50%, throughput: {prefill: 9, decode: 9}}
request: {turn: 5}
`,
    })
    expect(code).toBe(2)
    expect(err).toContain('NOT_IN_GATEWAY stdin:4:30 routing.legs.0.self_host')
  })

  it.each([
    ['azure/o3', undefined, '# azure/o3: add the credentials that its provider asks for'],
    ['bedrock/opus', undefined, ''],
    ['openrouter/deepseek/deepseek-chat', 'os.environ/OPENROUTER_API_KEY', ''],
  ])('asks for the key of who serves %s, not of the book’s provider', async (name, key, remark) => {
    const text = await gateway('--map', `deepseek-v4=${name}`)
    const config = parse(text) as LitellmConfig
    expect(config.model_list[0]?.litellm_params).toMatchObject({ model: name })
    expect(config.model_list[0]?.litellm_params.api_key).toBe(key)
    expect(text).toContain(remark)
  })

  it('takes a model by its alias too, and refuses two names for one', async () => {
    const config = parse(await gateway('--map', 'claude-sonnet-4-20250514=bedrock/sonnet')) as LitellmConfig
    expect(config.model_list[1]?.litellm_params.model).toBe('bedrock/sonnet')
    for (const other of ['claude-sonnet-4', 'claude-sonnet-4-20250514']) {
      const maps = ['--map', 'claude-sonnet-4-20250514=bedrock/sonnet', '--map', `${other}=anthropic/sonnet`]
      const { code, err } = await dsprice(['gateway', 'scenarios/routing-80-15-5.yaml', ...maps])
      expect([code, err.includes('twice')]).toEqual([2, true])
    }
  })

  it('tells every fallback that has no price then, at its key, though none of them is costed', async () => {
    const { code, err } = await dsprice([
      'gateway',
      'scenarios/routing-80-15-5.yaml',
      '--set',
      'pricing=2026-11-23',
      '--set',
      'routing={legs: [{model: deepseek-chat, share: 100%}], fallback: [deepseek-v4-pro, deepseek-flash]}',
      '--at',
      '2025-01-10',
    ])
    expect(code).toBe(3)
    expect(err.match(/NO_PRICE_AT .* routing\.fallback\.\d/g)).toHaveLength(2)
  })

  it('says what of the costs it has no place for', async () => {
    const routing = ['--set', 'routing.router.usd_per_1k_requests=1', '--set', 'routing.fallback_share=1%']
    expect(await gateway(...routing)).toContain("not part of this configuration: the router's own cost, fallback_share")
    expect(await gateway()).not.toContain('not part of this configuration')
  })

  it('takes the name that one gives', async () => {
    const { model_list } = parse(await gateway('--map', 'deepseek-v4=deepseek/deepseek-chat')) as LitellmConfig
    expect(model_list[0]?.litellm_params.model).toBe('deepseek/deepseek-chat')
  })
})
