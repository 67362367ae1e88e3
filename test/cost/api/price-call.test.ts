import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { priceOneCall } from '../../../src/cost/api/price-call.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { repository } from '../../fake-io.ts'

const book = JSON.parse(readFileSync(join(repository, 'test/fixtures/book.json'), 'utf8')) as Book
const NONE = { input: 0, cache_read: 0, cache_write: 0, cache_write_1h: 0, output: 0 }

const price = (call: Partial<Parameters<typeof priceOneCall>[0]>) =>
  priceOneCall({ model: 'plain', at: '2026-05-01', ...NONE, ...call }, book)

it('adds up to the last digit: 1 × $3 + 1 × $0.30 + 1 × $9 per 1M', () => {
  const { total, lines } = price({ input: 1, cache_read: 1, output: 1 })
  expect(lines.map(({ cost }) => cost)).toEqual(['0.000003', '0.0000003', '0.000009'])
  expect(total).toBe('0.0000123')
})

it.each([
  { it: 'the row of the day', call: { at: '2026-06-01', input: 1_000_000 }, total: '2' },
  { it: 'the row of the day before', call: { at: '2026-05-31T23:59Z', input: 1_000_000 }, total: '3' },
  { it: 'both write rates', call: { model: 'writer', cache_write: 1000, cache_write_1h: 1000 }, total: '0.013' },
  { it: 'no tokens, no cost', call: {}, total: '0' },
])('takes $it', ({ call, total }) => {
  expect(price(call).total).toBe(total)
})

it('the whole prompt decides the tier, cached tokens included', () => {
  const call = { model: 'tiered', input: 1, cache_read: 200_000 }
  expect(price(call)).toMatchObject({ tier: '> 200000', total: '0.040002' })
  expect(price({ ...call, input: 0 })).toMatchObject({ tier: null, total: '0.02' })
})

it('the instant decides the hours, and a holiday has none', () => {
  const call = { model: 'peaky', input: 1_000_000 }
  expect(price({ ...call, at: '2026-05-01T09:00Z' })).toMatchObject({ window: 'peak', total: '2' })
  expect(price({ ...call, at: '2026-05-01T15:00Z' })).toMatchObject({ window: 'off-peak', total: '1' })
  expect(price({ ...call, at: '2026-12-25T09:00Z' })).toMatchObject({ window: 'off-peak', total: '1' })
  expect(() => price({ ...call, at: '2026-05-01' })).toThrow('must be an instant, as the rates of peaky depend')
})

it('a rate that is unknown or not offered is a fault of its key, all at once', () => {
  const tried = () => price({ model: 'half-known', cache_read: 1, cache_write: 1, output: 1 })
  expect(tried).toThrow(
    expect.objectContaining({
      problems: ['cache_read', 'cache_write', 'output'].map(key =>
        expect.objectContaining({ code: 'NO_RATE', path: [key] }),
      ),
    }),
  )
  expect(() => price({ model: 'nope' })).toThrow('has no model "nope"')
})
