import type { Catalogue, Listed, ListedRow, Written } from './catalogue.ts'
import type { ImportCode } from './codes.ts'
import { providerOf } from './sellers.ts'
import { countOf, differs, type Fields, fieldsOf, inside, isCharged, listOf, mappingsOf, textOf } from './shape.ts'

/** LiteLLM's providers under other names than ours. */
const SELLERS: Readonly<Record<string, string>> = {
  azure: 'azure-openai',
  azure_ai: 'azure-ai-foundry',
  bedrock: 'aws-bedrock',
  bedrock_converse: 'aws-bedrock',
  cohere_chat: 'cohere',
  dashscope: 'alibaba',
  fireworks_ai: 'fireworks',
  gemini: 'google',
  'text-completion-openai': 'openai',
  together_ai: 'together',
}

const MODES: readonly unknown[] = ['chat', 'completion', 'responses', 'embedding']

/** LiteLLM's list: a flat record by name, USD per token, without dates; tiers are suffixes of keys or a list of ranges. */
export const litellm: Catalogue = {
  name: 'litellm',
  title: 'LiteLLM: model prices and context windows',
  where: 'https://github.com/BerriAI/litellm, model_prices_and_context_window.json (MIT)',
  unit: 'token',
  silence: null,
  dates: 'none',
  read: data => {
    const fields = fieldsOf(data)
    const entries = Object.entries(fields ?? {})
    const known = entries.some(([, one]) => textOf(inside(one, 'litellm_provider')) !== null)
    return known ? { date: null, models: entries.map(([name, one]) => listed(name, fieldsOf(one))) } : null
  },
}

const listed = (name: string, one: Fields | null): Listed => {
  const seller = textOf(one?.['litellm_provider'])
  if (one === null || seller === null || name === 'sample_spec') {
    return { name, seller: '', provider: '', model: name, skip: 'NOT_A_MODEL', rows: [] }
  }
  const provider = seller.startsWith('vertex_ai') ? 'google-vertex' : providerOf(seller, SELLERS)
  const about = { name, seller, provider, model: modelIn(name, provider), aliases: [name] }
  const embedding = one['mode'] === 'embedding'
  const gone = textOf(one['deprecation_date'])
  return {
    ...about,
    ...(MODES.includes(one['mode']) ? {} : { skip: 'MODE' }),
    ...{ embedding, context: one['max_input_tokens'], maxOutput: one['max_output_tokens'], warnings: lostOf(one) },
    ...(gone === null ? {} : { note: `Deprecated on ${gone} (litellm)` }),
    rows: [rowOf(one)],
  }
}

/** The model's own name: without the prefix that names its provider. */
const modelIn = (name: string, provider: string): string => {
  const [prefix = '', ...rest] = name.split('/')
  const own = prefix.startsWith('vertex_ai') ? 'google-vertex' : providerOf(prefix, SELLERS)
  return rest.length > 0 && own === provider ? rest.join('/') : name
}

const KEYS = {
  input: 'input_cost_per_token',
  output: 'output_cost_per_token',
  cache_read: 'cache_read_input_token_cost',
  cache_write: 'cache_creation_input_token_cost',
  cache_write_1h: 'cache_creation_input_token_cost_above_1hr',
} as const satisfies Readonly<Record<keyof Written, string>>

const REASONING = 'output_cost_per_reasoning_token'

/** Rates under LiteLLM's keys, each with a suffix. */
const ratesOf = (one: Fields, suffix = ''): Written =>
  Object.fromEntries(Object.entries(KEYS).map(([meter, key]) => [meter, one[`${key}${suffix}`]]))

const rowOf = (one: Fields): ListedRow => {
  const [first, ...ranges] = mappingsOf(one['tiered_pricing'])
  const rates = isCharged(one[KEYS.input]) || !first ? one : first
  const batched = isCharged(one[`${KEYS.input}_batches`]) || isCharged(one[`${KEYS.output}_batches`])
  return {
    rates: ratesOf(rates),
    outputUnknown: differs(rates[REASONING], rates[KEYS.output]),
    tiers: [
      ...ranges.flatMap(rangeOf),
      ...thresholdsOf(one).map(([suffix, threshold]) => above(one, suffix, threshold)),
    ],
    ...(batched ? { batch: ratesOf(one, '_batches') } : {}),
  }
}

const above = (one: Fields, suffix: string, threshold: number) => ({
  ...ratesOf(one, suffix),
  threshold,
  operator: '>' as const,
})

const rangeOf = (range: Fields): NonNullable<ListedRow['tiers']>[number][] => {
  const threshold = countOf(listOf(range['range'])[0])
  return threshold === null ? [] : [above(range, '', threshold)]
}

/** Suffixes of long prompts, such as `_above_200k_tokens`, with their thresholds, shortest first. */
const thresholdsOf = (one: Fields): (readonly [suffix: string, threshold: number])[] => {
  const found = new Map<string, number>()
  for (const key of Object.keys(one)) {
    const [, base = '', suffix = '', thousands] = /^(.+?)(_above_(\d+)k_tokens)$/.exec(key) ?? []
    if ((Object.values(KEYS) as string[]).includes(base) && isCharged(one[key]))
      found.set(suffix, Number(thousands) * 1000)
  }
  return [...found].sort(([, a], [, b]) => a - b)
}

const LOST: readonly (readonly [RegExp, ImportCode])[] = [
  [/^search_context_cost_per_query$/, 'LOST:search'],
  [/_(?:priority|flex|fast)$/, 'LOST:service-tier'],
  [/^regional_processing_uplift/, 'LOST:region'],
  [/audio/, 'LOST:audio'],
  [/image|pixel|video/, 'LOST:image'],
  [/per_request|per_session/, 'LOST:requests'],
  [/cost_per_(?!token|reasoning)/, 'LOST:other'],
]

const lostOf = (one: Fields): ImportCode[] => {
  const codes = Object.keys(one).flatMap(key => {
    const charged = isCharged(one[key]) || Object.values(fieldsOf(one[key]) ?? {}).some(isCharged)
    return charged ? (LOST.find(([pattern]) => pattern.test(key))?.[1] ?? []) : []
  })
  return differs(one[REASONING], one[KEYS.output]) ? [...codes, 'REASONING_PRICE'] : codes
}
