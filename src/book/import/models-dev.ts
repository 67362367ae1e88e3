import type { Catalogue, Listed, ListedRow, Written } from './catalogue.ts'
import type { ImportCode } from './codes.ts'
import { providerOf } from './sellers.ts'
import { countOf, differs, type Fields, fieldsOf, inside, isCharged, listOf, textOf } from './shape.ts'

/** models.dev's `api.json`: providers with models, USD per 1M tokens, without dates of prices. */
export const modelsDev: Catalogue = {
  name: 'models.dev',
  title: 'models.dev',
  where: 'https://models.dev/api.json (MIT, Copyright (c) 2025 models.dev)',
  unit: 'million',
  silence: null,
  dates: 'none',
  read: data => {
    const providers = Object.entries(fieldsOf(data) ?? {}).flatMap(([id, one]) => {
      const fields = fieldsOf(one)
      return fields && fieldsOf(fields['models']) ? [[id, fields] as const] : []
    })
    if (providers.length === 0) return null
    return {
      date: null,
      sellers: Object.fromEntries(providers.map(([id, one]) => [id, textOf(one['name']) ?? id])),
      models: providers.flatMap(([seller, one]) =>
        Object.entries(fieldsOf(one['models']) ?? {}).map(([id, model]) => listed(seller, id, fieldsOf(model) ?? {})),
      ),
    }
  },
}

const listed = (seller: string, id: string, model: Fields): Listed => {
  const cost = fieldsOf(model['cost'])
  const { open_weights: open } = model as { open_weights?: unknown }
  const status = textOf(model['status'])
  return {
    ...{ name: `${seller}/${id}`, seller, provider: providerOf(seller), model: id },
    warnings: cost ? lostOf(cost, model) : [],
    context: inside(model['limit'], 'context'),
    maxOutput: inside(model['limit'], 'output'),
    ...(typeof open === 'boolean' ? { openWeights: open } : {}),
    ...(status === null ? {} : { note: `Status: ${status} (models.dev)` }),
    embedding: /embed/i.test(id) && !isCharged(cost?.['output']),
    rows: cost ? [rowOf(cost)] : [],
  }
}

const ratesOf = ({ input, output, cache_read, cache_write }: Fields): Written => ({
  ...{ input, output, cache_read, cache_write },
})

const rowOf = (cost: Fields): ListedRow => {
  const listedTiers = listOf(cost['tiers']).flatMap(tier => tierOf(fieldsOf(tier) ?? {}))
  const long = fieldsOf(cost['context_over_200k'])
  return {
    rates: ratesOf(cost),
    outputUnknown: differs(cost['reasoning'], cost['output']),
    // `context_over_200k` is derived from `tiers`, if there are any.
    tiers: listedTiers.length > 0 || !long ? listedTiers : [{ ...ratesOf(long), threshold: 200_000, operator: '>' }],
  }
}

const tierOf = (tier: Fields): NonNullable<ListedRow['tiers']>[number][] => {
  const threshold = countOf(inside(tier['tier'], 'size'))
  const known = threshold !== null && inside(tier['tier'], 'type') === 'context'
  return known ? [{ ...ratesOf(tier), threshold, operator: '>' }] : []
}

const lostOf = (cost: Fields, model: Fields): ImportCode[] => {
  const found: ImportCode[] = []
  const { input, output } = cost
  if (differs(cost['reasoning'], output)) found.push('REASONING_PRICE')
  if (differs(cost['input_audio'], input) || differs(cost['output_audio'], output)) found.push('LOST:audio')
  if (fieldsOf(inside(model['experimental'], 'modes'))) found.push('LOST:service-tier')
  const tiers = listOf(cost['tiers'])
  if (tiers.some(tier => tierOf(fieldsOf(tier) ?? {}).length === 0)) found.push('LOST:other')
  return found
}
