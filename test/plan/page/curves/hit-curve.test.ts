import { describe, expect, it } from 'vitest'
import { estimate } from '../../../../src/cost/result/estimate.ts'
import { hitCurve } from '../../../../src/plan/page/curves/hit-curve.ts'
import { opened } from './opened.ts'

describe('hitCurve', () => {
  it.each([
    { file: 'damage-claims.yaml', percent: 40 },
    { file: 'routing-70-25-5.yaml', percent: 70 },
    { file: 'support-desk.yaml', percent: 60 },
    { file: 'self-host-v4.yaml', percent: 0 },
    { file: 'chat.yaml', percent: 100 },
  ])('of $file meets the cost of a scenario that states $percent%', async ({ file, percent }) => {
    const { scenario, priced, at } = await opened(file, [`cache={hit_share: ${percent}%}`])
    const [result] = estimate([scenario], priced, at).scenarios
    const curve = hitCurve(scenario, priced, at)
    const point = curve?.points.find(({ share }) => share === percent / 100)
    expect(point?.cost).toEqual((result?.per_month ?? result?.costs)?.cached)
    expect(curve?.own).toEqual({ share: result?.cache.hit_share, cost: point?.cost, reason: null })
    expect(curve?.isRun).toBe(result?.per === 'run')
  })

  // 1,000 requests a month, 2,000,000 tokens of input at 0.5 and 2,000,000 of output at 1.5, a read at 0.05: 1 + 3 = 4, or 0.1 + 3 = 3.1.
  it('goes from the rate of input to that of reads', async () => {
    const set = ['traffic.requests=1000', 'traffic.per=month', 'request.turn=2000', 'request.output=2000']
    const { scenario, priced, at } = await opened('self-host-v4.yaml', set)
    const points = hitCurve(scenario, priced, at)?.points ?? []
    expect([points[0], points[5], points[10]].map(point => point?.cost)).toEqual(['4', '3.55', '3.1'])
    expect(points.map(({ share }) => share)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
  })

  it('says why the cost is unknown where that of reads is', async () => {
    const { scenario, priced, at } = await opened('self-host-v4.yaml')
    const models = priced.book.models.map(model => ({
      ...model,
      prices: model.prices.map(row => ({ ...row, cache_read: null })),
    }))
    const points = hitCurve(scenario, { ...priced, book: { ...priced.book, models } }, at)?.points ?? []
    expect(points.at(-1)?.cost).toBe(null)
    expect(points.at(-1)?.reason).toContain('deepseek-v4')
  })

  it('has no share to vary where the scenario states its cached tokens', async () => {
    const { scenario, priced, at } = await opened('known-usage.yaml')
    expect(scenario.cache.policy).toBe('usage')
    expect(hitCurve(scenario, priced, at)).toBe(null)
  })
})
