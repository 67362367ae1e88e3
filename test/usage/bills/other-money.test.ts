import { expect, it } from 'vitest'
import { anthropicUsage } from '../../../src/usage/bills/anthropic-csv.ts'
import { focus } from '../../../src/usage/bills/focus.ts'
import { openaiUsage } from '../../../src/usage/bills/openai-usage.ts'
import { otherMoney } from '../../../src/usage/bills/other-money.ts'
import { takeFiles } from '../take-values.ts'

it('tells each currency once for each of its costs, with their exact sum', () => {
  const told: string[] = []
  const money = otherMoney({ skip: why => told.push(why) })
  money.add('eur', '0.1')
  money.add('CNY', '5')
  money.add('EUR', '0.2')
  money.add('a secret', '1')
  money.end()
  money.end()
  const eur = 'costs in EUR, 0.3 in all: only those in USD are counted'
  expect(told).toEqual([
    ...[eur, eur, 'costs in CNY, 5 in all: only those in USD are counted'],
    'costs in a currency that is not told, 1 in all: only those in USD are counted',
  ])
})

const span = { start_time: 1_790_812_800, end_time: 1_790_899_200 }
const costs = (value: number, currency: string) => ({ ...span, results: [{ amount: { value, currency } }] })
const charge = {
  ...{ ChargePeriodStart: '2026-10-01', ChargePeriodEnd: '2026-10-02', ServiceCategory: 'AI and Machine Learning' },
  ...{ SkuId: 's', SkuMeter: 'seats', BilledCost: '7', BillingCurrency: 'EUR' },
}
const dashboard = { start_time: '1790812800', end_time: '1790899200', amount_value: '7', amount_currency: 'eur' }
const report = {
  ...{ starting_at: '2026-10-01T00:00:00Z', ending_at: '2026-10-02T00:00:00Z' },
  results: [{ amount: '700', currency: 'EUR' }],
}

it.each([
  ['OpenAI’s costs', openaiUsage, 'json', costs(7, 'eur')],
  ['OpenAI’s dashboard', openaiUsage, 'csv', dashboard],
  ['Anthropic’s cost report, which is in cents', anthropicUsage, 'json', report],
  ['FOCUS', focus, 'csv', charge],
] as const)('money of %s in euros is told with its sum', (_, format, form, value) => {
  const { records, readings } = takeFiles(format, form, [value])
  expect(records).toEqual([])
  expect(readings[0]?.skipped).toEqual({ 'costs in EUR, 7 in all: only those in USD are counted': 1 })
})
