import { describe, expect, it } from 'vitest'
import type { UsageReport } from '../../../src/model/result/usage.ts'
import { PLAIN } from '../../../src/report/blocks/renderer.ts'
import { renderDocument } from '../../../src/report/index.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { bookWith, MILLION, modelWith } from '../../cost/build.ts'
import { type Given, recordWith, usageOf } from '../../usage/build.ts'

const names = ['deepseek-v4-pro', 'claude-opus-4.7', 'gpt-5.5', 'gemini-3-pro', 'claude-sonnet-4.6']
const book = bookWith({ models: names.map(id => modelWith({ id })) })

const textOf = (report: UsageReport, width = 80): Promise<string> =>
  renderDocument(report, 'table', { width, paint: PLAIN, explain: false })

/** A month of each model, whose costs are stated. */
const months = (): UsageRecord[] =>
  names.map((model, i) =>
    recordWith({
      ...{ model, input: 123 * MILLION * (i + 1), output: 12 * MILLION, requests: 12_345 },
      stated_usd: String(140 * (i + 1)),
    }),
  )

const asked = (given: Given): Promise<string> => textOf(usageOf(months(), { book, ...given }))

describe('tables of usage', () => {
  it('stay tables at 80 columns', async () => {
    const text = await asked({})
    expect(text).not.toContain('model: ')
    expect(text).toMatch(/^model +requests +tokens in +(out +)?cost +stated$/m)
    expect(text).toMatch(/^Left out at this width: headline, difference/m)
  })

  it('of models alone stand once, with their total', async () => {
    const text = await asked({ by: ['model'] })
    expect(text.match(/^By model$/gm)).toHaveLength(1)
    expect(text).toMatch(/^> total /m)
    const cut = await asked({ by: ['model'], top: 2 })
    expect(cut).toMatch(/^ {2}3 others /m)
    expect(cut).toMatch(/^> total /m)
    expect(cut).toContain('Each row of the breakdown by itself: --top all.')
  })

  it('count records where some of the rows do not count their requests', async () => {
    const money = recordWith({ model: null, requests: null, stated_usd: '7', at: '2026-11-10T12:00:00Z' })
    const text = await textOf(usageOf([...months(), money], { book }), 200)
    expect(text).toMatch(/^model +records /m)
    expect(text).toMatch(/^ {2}no model told +1 +unknown +unknown /m)
    // 123M × (1 + … + 5) = 1,845M; of the money nothing is told.
    expect(text).toMatch(/^> total +6 +≥ 1,845,000,000 +≥ 60,000,000 /m)
  })
})

describe('what the figures rest on', () => {
  const end = Date.parse('2026-11-11T12:00Z')
  const tiers = [{ threshold: 200_000, operator: '>' as const, input: '2', cache_read: '0.2', output: '3' }]
  const bucket = recordWith({ input: MILLION, end, requests: 50 })

  it('names ranges only where a cost is one', async () => {
    expect(await textOf(usageOf([bucket]))).toContain('1 record: 1 bucket.')
    expect(await textOf(usageOf([bucket], { book: bookWith({ row: { tiers } }) }))).toContain(
      '1 record: 1 bucket, whose costs are ranges over the rates that they can contain.',
    )
  })
})

it('says what the levers would be, with thousands grouped', async () => {
  const batch = { batch: { discount: '0.5', stacking: 'multiply' as const, source: 'made-up' } }
  const call = recordWith({ input: MILLION })
  const report = usageOf(
    Array.from({ length: 1200 }, () => call),
    { book: bookWith({ provider: batch }) },
  )
  expect(await textOf(report)).toContain('1,200 records, if all were in a batch: $600.00 less.')
  const one = await textOf(usageOf([call], { book: bookWith({ provider: batch }) }))
  expect(one).toContain('1 record, if it were in a batch: $0.5000 less.')
})

it('says how to see all differences', async () => {
  const days = Array.from({ length: 12 }, (_, i) =>
    recordWith({ input: MILLION, stated_usd: '2', at: `2026-11-${String(i + 1).padStart(2, '0')}T00:00:00Z` }),
  )
  expect(await textOf(usageOf(days))).toContain('the largest 10 of 12 (--json has all)')
})
