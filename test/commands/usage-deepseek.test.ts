import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { UsageReport } from '../../src/model/result/usage.ts'
import { dsprice, repository } from '../fake-io.ts'

const samples = join(repository, 'test/fixtures/usage')
const folder = mkdtempSync(join(tmpdir(), 'dsprice-deepseek-'))
mkdirSync(join(folder, '.git'))
afterAll(() => rmSync(folder, { recursive: true }))

const totalOf = async (argv: readonly string[], cwd: string) => {
  const { out, err } = await dsprice(['usage', ...argv, '--json'], cwd)
  const { total } = JSON.parse(out || err) as UsageReport
  return [total.cost, total.stated, total.difference]
}

describe("DeepSeek's export with its prices", () => {
  const [amounts, costs] = ['deepseek-amount-2026-09-23_2026-09-23.csv', 'deepseek-cost-2026-09-23_2026-09-23.csv']

  // The peak hour 0.1M × 1.32 + 1M × 0.044 + 0.02M × 3.96, the other 0.06M × 0.66 + 0.5M × 0.022 + 0.009M × 1.98.
  it.each([
    ['2026-09-23T01:00Z', '2026-09-23T02:00Z', '0.2552'],
    ['2026-09-23T04:00Z', '2026-09-23T05:00Z', '0.06842'],
    ['2026-09-23T00:00Z', '2026-09-24T00:00Z', '0.32362'],
  ])('costs what it says, from %s until %s: %s', async (since, until, usd) => {
    const span = ['--since', since, '--until', until]
    expect(await totalOf([amounts, costs, ...span], samples)).toEqual([usd, usd, '0'])
    // Without the file of costs no currency is told.
    expect(await totalOf([amounts, ...span], samples)).toEqual([usd, null, null])
  })

  it('costs what it says by the day too', async () => {
    // 3874 × 0.14 + 6656 × 0.0028 + 3102 × 0.28, by the million.
    expect(await totalOf(['deepseek-amount-2026-6.csv'], samples)).toEqual(['0.0014295568', null, null])
  })
})

describe("a day of DeepSeek's with peak hours", () => {
  const write = (currency: string | null, rows: readonly string[]): string[] => {
    const span = '2026-11-20T00:00:00+08:00,2026-11-21T00:00:00+08:00,deepseek-v4-pro'
    const amount = ['start_time_iso,end_time_iso,model,api_key_name,api_key,type,price,amount']
    writeFileSync(join(folder, 'amount-1.csv'), [...amount, ...rows.map(row => `${span},k,s,${row}`), ''].join('\n'))
    if (currency === null) return ['amount-1.csv']
    const cost = `start_time_iso,end_time_iso,model,wallet_type,cost,currency\n${span},Paid,0.4224,${currency}\n`
    writeFileSync(join(folder, 'cost-1.csv'), cost)
    return ['amount-1.csv', 'cost-1.csv']
  }
  /** Peak: 0.1M in and 0.02M out; else 0.2M and 0.04M. Prices of a million off peak. */
  const day = (input: number, output: number): string[] => [
    `input_cache_miss_tokens,${(input / 1e6).toFixed(9)},200000`,
    `input_cache_miss_tokens,${((2 * input) / 1e6).toFixed(9)},100000`,
    `output_tokens,${(output / 1e6).toFixed(9)},40000`,
    `output_tokens,${((2 * output) / 1e6).toFixed(9)},20000`,
  ]

  // 0.1M × 1.32 + 0.02M × 3.96 at peak, and 0.2M × 0.66 + 0.04M × 1.98: $0.2112 each.
  it.each<[string, string | null, string[], readonly unknown[]]>([
    ['USD', 'USD', day(0.66, 1.98), ['0.4224', '0.4224', '0']],
    ['CNY, where the source’s own cost is in no USD', 'CNY', day(4.5, 13.5), ['0.4224', null, null]],
    ['USD that nobody names', null, day(0.66, 1.98), ['0.4224', null, null]],
    ['CNY that nobody names', null, day(4.5, 13.5), ['0.4224', null, null]],
    // Prices of nobody's: everything at the cheapest to everything at the dearest rate.
    ['CNY of another list', 'CNY', day(9000, 27_000), [{ low: '0.3168', high: '0.6336' }, null, null]],
    ['another currency', 'EUR', day(4.5, 13.5), [{ low: '0.3168', high: '0.6336' }, null, null]],
  ])('is exact by the prices of its rows: %s', async (_, currency, rows, wanted) => {
    expect(await totalOf(write(currency, rows), folder)).toEqual(wanted)
  })

  it('knows its hours from one row alone', async () => {
    const peak = ['output_tokens,0.000027,20000']
    // 0.02M × 3.96.
    expect(await totalOf(write('CNY', peak), folder)).toEqual(['0.0792', null, null])
  })
})
