import type { Catalogue, Listed, ListedRow, Written } from './catalogue.ts'
import type { ImportCode } from './codes.ts'
import {
  countOf,
  dayOf,
  differs,
  type Fields,
  fieldsOf,
  inside,
  isCharged,
  listOf,
  mappingsOf,
  textOf,
} from './shape.ts'

/**
 * OpenRouter's list: USD per token as text, the price of whichever host is cheapest that hour. It is what OpenRouter
 * bills, never the maker's price, so every id stays under `openrouter/`.
 */
export const openrouter: Catalogue = {
  name: 'openrouter',
  title: 'OpenRouter: models',
  where: 'https://openrouter.ai/api/v1/models',
  unit: 'token',
  silence: 'not_offered',
  dates: 'none',
  read: data => {
    const models = mappingsOf(inside(data, 'data'))
    const known = models.some(one => textOf(one['id']) !== null && fieldsOf(one['pricing']))
    return known ? { date: null, sellers: { openrouter: 'OpenRouter' }, models: models.map(listed) } : null
  },
}

const listed = (model: Fields): Listed => {
  const id = textOf(model['id']) ?? ''
  const pricing = fieldsOf(model['pricing']) ?? {}
  const leaves = dayOf(model['expiration_date'])
  const storage = id.startsWith('google/') && isCharged(pricing['input_cache_write'])
  const skip = id === '' ? 'NOT_A_MODEL' : isRouter(pricing) ? 'VARIABLE_PRICE' : null
  return {
    ...{ name: id, seller: 'openrouter', provider: 'openrouter', model: id },
    ...(skip === null ? {} : { skip }),
    warnings: [...lostOf(pricing), ...(storage ? (['STORAGE_AS_WRITE'] as const) : [])],
    context: model['context_length'],
    maxOutput: inside(model['top_provider'], 'max_completion_tokens'),
    free: id.endsWith(':free'),
    ...(leaves === null ? {} : { note: `Leaves OpenRouter on ${leaves}` }),
    rows: [rowOf(pricing, storage)],
  }
}

const isRouter = ({ prompt, completion }: Fields): boolean => Number(prompt) < 0 || Number(completion) < 0

const ratesOf = (pricing: Fields, storage: boolean): Written => ({
  input: pricing['prompt'],
  output: pricing['completion'],
  cache_read: pricing['input_cache_read'],
  ...(storage ? {} : { cache_write: pricing['input_cache_write'], cache_write_1h: pricing['input_cache_write_1h'] }),
})

const rowOf = (pricing: Fields, storage: boolean): ListedRow => {
  const overrides = mappingsOf(pricing['overrides'])
  return {
    rates: ratesOf(pricing, storage),
    outputUnknown: differs(pricing['internal_reasoning'], pricing['completion']),
    tiers: overrides.flatMap(one => {
      const threshold = countOf(one['min_prompt_tokens'])
      return threshold === null ? [] : [{ ...ratesOf(one, storage), threshold, operator: '>=' as const }]
    }),
    ...(storage ? { dropped: [pricing['input_cache_write']] } : {}),
  }
}

const lostOf = (pricing: Fields): ImportCode[] => {
  const found: ImportCode[] = []
  const { prompt, completion } = pricing
  if (differs(pricing['internal_reasoning'], completion)) found.push('REASONING_PRICE')
  if (isCharged(pricing['web_search'])) found.push('LOST:search')
  if (differs(pricing['audio'], prompt) || differs(pricing['audio_output'], completion)) found.push('LOST:audio')
  if (differs(pricing['image'], prompt) || differs(pricing['image_output'], completion)) found.push('LOST:image')
  if (isCharged(pricing['request'])) found.push('LOST:requests')
  // Other conditions than the length of the prompt.
  if (listOf(pricing['overrides']).some(one => countOf(inside(one, 'min_prompt_tokens')) === null)) {
    found.push('LOST:other')
  }
  return found
}
