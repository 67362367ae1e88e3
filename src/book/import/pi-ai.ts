import type { Catalogue, Listed, ListedRow, Written } from './catalogue.ts'
import type { ImportCode } from './codes.ts'
import { isMaker, providerOf } from './sellers.ts'
import { countOf, dayOf, type Fields, fieldsOf, inside, listOf, textOf } from './shape.ts'

/** pi-ai's data: provider → API → `type:id`, USD per 1M tokens, with the day on which all of it was gathered. */
export const piAi: Catalogue = {
  name: 'pi-ai',
  title: '@earendil-works/pi-ai, data of its providers',
  where:
    'https://www.npmjs.com/package/@earendil-works/pi-ai, dist/providers/data (MIT); made from models.dev (MIT, Copyright (c) 2025 models.dev)',
  unit: 'million',
  silence: null,
  dates: 'file',
  read: data => {
    const providers = fieldsOf(inside(data, 'providers'))
    if (!providers || !Object.values(providers).some(apis => fieldsOf(apis))) return null
    const models = Object.entries(providers).flatMap(([seller, apis]) =>
      Object.values(fieldsOf(apis) ?? {}).flatMap(entries =>
        Object.entries(fieldsOf(entries) ?? {}).map(([key, model]) => listed(seller, key, fieldsOf(model) ?? {})),
      ),
    )
    return models.length === 0 ? null : { date: dayOf(inside(data, 'generatedAt')), models }
  },
}

const listed = (seller: string, key: string, one: Fields): Listed => {
  const [, prefix = '', named = key] = /^([a-z]+):(.*)$/s.exec(key) ?? []
  const provider = providerOf(seller)
  const id = textOf(one['id']) ?? named
  const cost = fieldsOf(one['cost'])
  const row = cost ? rowOf(cost) : null
  const context = countOf(one['contextWindow'])
  const capped = row?.tiers?.some(({ threshold }) => threshold === context) ?? false
  return {
    ...{ name: `${seller}/${key}`, seller, provider, ...namesOf(provider, id) },
    ...((textOf(one['type']) ?? prefix) === 'chat' ? {} : { skip: 'TYPE' as const }),
    warnings: [...(capped ? (['CONTEXT_CAPPED'] as const) : []), ...(cost ? lostOf(cost) : [])],
    context: capped ? null : context,
    maxOutput: one['maxTokens'],
    rows: row ? [row] : [],
  }
}

/** What gateways write before a name to say which host it is called at. */
const PREFIXES: Readonly<Record<string, string>> = {
  'aws-bedrock': 'bedrock',
  'azure-ai-foundry': 'azure',
  fireworks: 'fireworks_ai',
  'google-vertex': 'vertex_ai',
  together: 'together_ai',
}

/** A model's name without what names its host, and its names in logs: as the host writes it, and in a gateway's words. */
const namesOf = (provider: string, id: string): { readonly model: string; readonly aliases: readonly string[] } => {
  if (isMaker(provider)) return { model: id, aliases: [] }
  const prefix = Object.hasOwn(PREFIXES, provider) ? PREFIXES[provider] : undefined
  const aliases = [id, ...(prefix === undefined ? [] : [`${prefix}/${id}`])]
  const [, short] = /^accounts\/fireworks\/(?:models|routers)\/(.+)$/.exec(id) ?? []
  if (short === undefined) return { model: id, aliases }
  return { model: short, aliases: [...aliases, `${provider}/${short.replaceAll(/(\d)p(\d)/g, '$1.$2')}`] }
}

const ratesOf = (cost: Fields): Written => ({
  input: cost['input'],
  output: cost['output'],
  cache_read: cost['cacheRead'],
  cache_write: cost['cacheWrite'],
})

const rowOf = (cost: Fields): ListedRow => ({
  rates: ratesOf(cost),
  tiers: listOf(cost['tiers']).flatMap(tier => {
    const threshold = countOf(inside(tier, 'inputTokensAbove'))
    return threshold === null ? [] : [{ ...ratesOf(fieldsOf(tier) ?? {}), threshold, operator: '>' as const }]
  }),
})

const lostOf = (cost: Fields): ImportCode[] =>
  listOf(cost['tiers']).some(tier => countOf(inside(tier, 'inputTokensAbove')) === null) ? ['LOST:other'] : []
