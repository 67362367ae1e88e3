import { describe, expect, it } from 'vitest'
import { estimate } from '../../../../src/cost/result/estimate.ts'
import { exact, sum, toDecimals } from '../../../../src/model/number/money.ts'
import { weekOf } from '../../../../src/plan/page/curves/week.ts'
import { opened } from './opened.ts'

describe('weekOf', () => {
  it.each([
    { set: [] },
    { set: ['traffic.profile=office-hours', 'traffic.weekdays_only=true'] },
    { set: ['traffic.profile=office-hours', 'traffic.timezone=America/New_York'] },
  ])('has shares that add up to 1 with $set', async ({ set }) => {
    const { scenario, priced, at } = await opened('self-host-measured.yaml', set)
    const week = weekOf(scenario, priced.book, at)
    expect(week?.shares).toHaveLength(168)
    expect(toDecimals(sum(week?.shares ?? []), 40)).toBe('1')
  })

  // 10 hours a day on 5 days: 2% of the requests in each.
  it('puts the traffic into the hours of its profile', async () => {
    const set = ['traffic.profile=office-hours', 'traffic.weekdays_only=true']
    const { scenario, priced, at } = await opened('self-host-v4.yaml', set)
    const shares = weekOf(scenario, priced.book, at)?.shares.map(share => share.toFixed()) ?? []
    expect(shares.slice(8, 20)).toEqual(['0', ...Array<string>(10).fill('0.02'), '0'])
    expect(shares.slice(5 * 24)).toEqual(Array<string>(48).fill('0'))
  })

  it.each([{ set: [] }, { set: ['traffic.profile=office-hours'] }, { set: ['traffic.timezone=Asia/Kolkata'] }])(
    'gives peak hours the share that the estimate has, with $set',
    async ({ set }) => {
      const { scenario, priced, at } = await opened('self-host-measured.yaml', set)
      const [result] = estimate([scenario], priced, at).scenarios
      const week = weekOf(scenario, priced.book, at)
      const [peak] = week?.peaks ?? []
      expect(peak?.model).toBe(result?.model)
      const stated = result?.windows.find(({ name }) => name === peak?.name)?.share
      const added = sum(peak?.fractions.map((fraction, hour) => fraction.times(week?.shares[hour] ?? 0)) ?? [])
      expect(toDecimals(added, 12)).toBe(toDecimals(exact(String(stated)), 12))
      expect(toDecimals(peak?.share ?? exact(0), 12)).toBe(toDecimals(added, 12))
    },
  )

  it('names the models whose price has no hours', async () => {
    const { scenario, priced, at } = await opened('routing-70-25-5.yaml')
    const week = weekOf(scenario, priced.book, at)
    expect(week?.peaks).toEqual([])
    expect(week?.without).toEqual(['deepseek-v4-flash', 'deepseek-v4', 'deepseek-v4-pro'])
  })

  it('has none for a run', async () => {
    const { scenario, priced, at } = await opened('chat.yaml')
    expect(weekOf(scenario, priced.book, at)).toBe(null)
  })
})
