import { describe, expect, it } from 'vitest'
import { deepseekExport } from '../../../src/usage/bills/deepseek-export.ts'
import { takeFiles } from '../take-values.ts'

const costOf = (utc_date: string, cost: string, currency = 'USD') => ({
  ...{ user_id: 'u', utc_date, model: 'm', wallet_type: 'Paid', cost, currency },
})
const amountOf = (utc_date: string, api_key_name: string, amount: string) => ({
  ...{ user_id: 'u', utc_date, model: 'm', api_key_name, api_key: 's' },
  ...{ type: 'output_tokens', price: '0.000002', amount },
})
const read = (...files: readonly (readonly object[])[]) => {
  const { records, readings } = takeFiles(deepseekExport, 'csv', ...files)
  return {
    records: records.map(({ at, model, output, stated_usd }) => [
      ...[new Date(Number(at)).toISOString().slice(0, 10), model, output, stated_usd],
    ]),
    skipped: readings.map(({ skipped }) => skipped),
    readings,
  }
}
const STANDS = 'costs that stand with the amounts of their time and model'

describe('the costs of an export', () => {
  it('are money alone on a day without amounts, whatever amounts there are of others', () => {
    const { records, skipped } = read(
      [costOf('2026-10-10', '900'), costOf('2026-11-02', '2')],
      [amountOf('2026-11-02', 'k', '1000000')],
    )
    expect(records).toEqual([
      ['2026-11-02', 'm', 1_000_000, '2'],
      ['2026-10-10', null, 0, '900'],
    ])
    expect(skipped).toEqual([{ [STANDS]: 1 }, {}])
  })

  it.each([[['costs', 'amounts']], [['amounts', 'costs']]])('are what is stated of amounts, read as %j', order => {
    const files = { costs: [costOf('2026-10-10', '9')], amounts: [amountOf('2026-10-10', 'k', '2662')] }
    const { records } = read(...order.map(name => files[name as keyof typeof files]))
    // The prices tell 2662 × 0.000002 = 0.005324.
    expect(records).toEqual([['2026-10-10', 'm', 2662, '9']])
  })

  it('of several wallets and keys add up, and what the prices do not tell is with the largest', () => {
    const costs = [costOf('2026-10-10', '4'), costOf('2026-10-10', '3')]
    const amounts = [amountOf('2026-10-10', 'a', '1000000'), amountOf('2026-10-10', 'b', '2000000')]
    expect(read(costs, amounts).records).toEqual([
      ['2026-10-10', 'm', 1_000_000, '2'],
      ['2026-10-10', 'm', 2_000_000, '5'],
    ])
  })

  it('of a day are those of its hours', () => {
    const hour = { start_time_iso: '2026-10-10T05:00:00Z', end_time_iso: '2026-10-10T06:00:00Z' }
    const { utc_date: _, ...row } = amountOf('', 'k', '1000000')
    expect(read([costOf('2026-10-10', '7')], [{ ...row, ...hour }]).records).toEqual([
      ['2026-10-10', 'm', 1_000_000, '7'],
    ])
  })

  it('of another model are not those of these amounts', () => {
    const other = { ...costOf('2026-10-10', '7'), model: 'n' }
    expect(read([other], [amountOf('2026-10-10', 'k', '1000000')]).records).toEqual([
      ['2026-10-10', 'm', 1_000_000, '2'],
      ['2026-10-10', null, 0, '7'],
    ])
  })

  it('in CNY are told with their sum, and are no dollars', () => {
    const costs = [costOf('2026-10-09', '12.50', 'CNY'), costOf('2026-10-10', '7.25', 'CNY')]
    const why = 'costs in CNY, 19.75 in all: only those in USD are counted'
    expect(read(costs)).toMatchObject({ records: [], skipped: [{ [why]: 2 }] })
    const { records, skipped } = read([costOf('2026-10-10', '7', 'CNY')], [amountOf('2026-10-10', 'k', '1000000')])
    expect(records).toEqual([['2026-10-10', 'm', 1_000_000, null]])
    expect(skipped).toEqual([{ [STANDS]: 1 }, {}])
  })

  it('that are missing are bad records', () => {
    expect(read([costOf('2026-10-10', '')]).readings[0]).toMatchObject({
      bad: 1,
      places: [{ why: 'its cost is missing' }],
    })
  })
})
