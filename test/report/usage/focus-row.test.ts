import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Window } from '../../../src/model/book/book.ts'
import { exact, ZERO } from '../../../src/model/number/money.ts'
import type { UsageReport } from '../../../src/model/result/usage.ts'
import { PLAIN } from '../../../src/report/blocks/renderer.ts'
import { renderDocument } from '../../../src/report/index.ts'
import { FOCUS_COLUMNS } from '../../../src/report/usage/focus-row.ts'
import { focus } from '../../../src/usage/bills/focus.ts'
import { openUsage } from '../../../src/usage/formats/open-usage.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { bookWith, MILLION } from '../../cost/build.ts'
import { repository } from '../../fake-io.ts'
import { type Given, recordWith, usageOf } from '../../usage/build.ts'

/** Charges are held to the columns of FOCUS 1.2, as the specification has them, one by one. */

interface Column {
  readonly level: 'mandatory' | 'conditional' | 'recommended'
  readonly type: string
  readonly null: string
  readonly when?: string
  readonly values?: readonly string[]
}

const { columns: SPEC } = JSON.parse(readFileSync(join(repository, 'test/report/usage/focus-1.2.json'), 'utf8')) as {
  readonly columns: Readonly<Record<string, Column>>
}

/** Conditions of columns that hold for a provider of tokens at list prices. */
const HOLDS = [
  'the provider supports the measurement of usage',
  'the provider supports unit pricing concepts and publishes price lists',
  'the provider publishes unit prices exclusive of discounts',
  'the provider supports negotiated pricing concepts',
  'the provider supports more than one pricing category across all SKUs',
]

const NUMBER = /^-?\d+(\.\d+)?$/
const TYPES: Readonly<Record<string, RegExp>> = {
  string: /\S/,
  decimal: NUMBER,
  price: /^\d+(\.\d+)?$/,
  currency: /^[A-Z]{3}$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  unit: /^(\d+ )?[A-Z][a-z]+s$/,
  'keys and values': /^\{.*\}$/,
}

type Row = Readonly<Record<string, string>>

/** CSV by RFC 4180, read apart from the code that is tested. */
const parsed = (text: string): { header: string[]; rows: Row[] } => {
  const lines = text
    .trimEnd()
    .split('\n')
    .map(line =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)]
        .slice(0, line.endsWith(',') ? undefined : -1)
        .map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)),
    )
  const [header = [], ...rest] = lines
  return { header, rows: rest.map(cells => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']))) }
}

const charged = async (records: readonly UsageRecord[], given: Given = {}) => {
  const report = usageOf(records, { ...given, lines: 'charges' })
  return { report, ...parsed(await textOf(report)) }
}

const textOf = (report: UsageReport): Promise<string> =>
  renderDocument(report, 'focus', { width: 80, paint: PLAIN, explain: false })

const sumOf = (rows: readonly Row[], column: string): string =>
  rows.reduce((all, row) => all.plus(exact(row[column] ?? '')), ZERO).toFixed()

const night: Window = {
  name: 'night',
  timezone: 'Asia/Kolkata',
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  hours: ['00:00-06:00'],
  holidays: 'apply',
  input: '0.3333333',
  cache_read: '0.01',
  output: '0.7',
}

const tiers = [{ threshold: 200_000, operator: '>' as const, input: '2', cache_read: '0.2', output: '3' }]

const priced = { input: 1003, cache_read: 77, output: 19 }

/** Everything that tells charges apart: hours, tiers, days, services, batches. */
const LOGS: Readonly<Record<string, { records: UsageRecord[]; given: Given }>> = {
  hours: {
    records: [
      recordWith({ ...priced, at: '2026-11-10T20:00Z' }),
      recordWith({ ...priced, at: '2026-11-10T12:00Z' }),
      recordWith({ ...priced, at: '2026-11-30T22:59:59Z' }),
      recordWith({ ...priced, at: '2026-11-30T23:00Z' }),
    ],
    given: { book: bookWith({ row: { windows: [night] } }), timezone: 'Europe/Berlin' },
  },
  tiers: {
    records: [recordWith(priced), recordWith({ ...priced, input: 200_000 })],
    given: { book: bookWith({ row: { tiers } }) },
  },
  'services and regions': {
    records: [
      recordWith(priced),
      recordWith({ ...priced, service: 'flex' }),
      recordWith({ ...priced, batch: true }),
      recordWith({ ...priced, region: 'us' }),
      recordWith({ ...priced, service: 'flex', region: 'us' }),
      recordWith({ ...priced, at: '2026-11-11T12:00Z' }),
    ],
    given: {
      book: bookWith({
        row: { services: { flex: { factor: '0.5', source: 'made-up' } } },
        provider: {
          batch: { discount: '0.25', stacking: 'multiply', source: 'made-up' },
          regions: { us: [{ factor: '1.1', source: 'made-up' }] },
        },
      }),
    },
  },
}

describe.each(Object.entries(LOGS))('charges of %s', (_, { records, given }) => {
  it('have every column that FOCUS asks for, and no other without x_', async () => {
    const { header } = await charged(records, given)
    const needed = Object.entries(SPEC)
      .filter(([, { level, when }]) => level === 'mandatory' || (when !== undefined && HOLDS.includes(when)))
      .map(([name]) => name)
    expect(header).toEqual(expect.arrayContaining(needed))
    expect(header.filter(name => !Object.hasOwn(SPEC, name) && !/^x_[A-Z]\w+$/.test(name))).toEqual([])
    // FOCUS columns come first, each group by its name.
    const own = header.filter(name => name.startsWith('x_'))
    expect(header).toEqual([...header.filter(name => !own.includes(name)).sort(), ...own.sort()])
    expect(new Set(header).size).toBe(header.length)
  })

  it('have values of the type and list of each column, and null only where it may be', async () => {
    const { header, rows } = await charged(records, given)
    for (const name of header) {
      const column = SPEC[name]
      if (!column) continue
      for (const row of rows) {
        const value = row[name] ?? ''
        if (value === '') expect(column.null, name).toMatch(/^(may|must|should not)/)
        else {
          expect(column.null, name).not.toMatch(/^must/)
          expect(value, name).toMatch(TYPES[column.type] ?? /^never$/)
          if (column.values) expect(column.values, name).toContain(value)
        }
      }
    }
  })

  it('lie in their periods, and each price id has one price and one SKU', async () => {
    const { rows } = await charged(records, given)
    for (const row of rows) {
      const [from, start, end] = [row['BillingPeriodStart'], row['ChargePeriodStart'], row['ChargePeriodEnd']]
      expect([from, start, end, row['BillingPeriodEnd']].sort()).toEqual([from, start, end, row['BillingPeriodEnd']])
      expect(start).not.toBe(end)
      const details = JSON.parse(row['SkuPriceDetails'] ?? '')
      expect(Object.keys(details).filter(key => !key.startsWith('x_'))).toEqual([])
    }
    for (const column of ['ListUnitPrice', 'SkuId', 'SkuPriceDetails']) {
      const pairs = new Set(rows.map(row => `${row['SkuPriceId']} ${row[column]}`))
      expect(pairs.size, column).toBe(new Set(rows.map(row => row['SkuPriceId'])).size)
    }
    expect(new Set(rows.map(row => `${row['SkuId']} ${row['SkuMeter']}`)).size).toBe(
      new Set(rows.map(row => row['SkuId'])).size,
    )
  })

  it('cost quantity × price to the digit, and together what the report says', async () => {
    const { rows, report } = await charged(records, given)
    for (const row of rows) {
      const millions = exact(row['ConsumedQuantity'] ?? '').times(exact('0.000001'))
      expect(row['PricingQuantity']).toBe(millions.toFixed())
      const cost = millions.times(exact(row['ListUnitPrice'] ?? '')).toFixed()
      for (const column of ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost']) expect(row[column]).toBe(cost)
      expect(row['ContractedUnitPrice']).toBe(row['ListUnitPrice'])
    }
    // Reports print 12 decimals; a rate with seven has thirteen in its costs.
    const [whole = '', decimals = ''] = sumOf(rows, 'BilledCost').split('.')
    expect(decimals.length).toBeLessThanOrEqual(13)
    const close = exact(report.total.cost as string).minus(exact(`${whole}.${decimals || '0'}`))
    expect(close.abs().lte(exact('0.0000000000005'))).toBe(true)
    if (decimals.length <= 12) expect(close.isZero()).toBe(true)
  })

  it('are read again as the same costs, stated and ours', async () => {
    const { rows, report } = await charged(records, given)
    const read: UsageRecord[] = []
    const run = openUsage([focus], record => read.push(record))
    const file = run.open('charges.csv')
    for (const [i, row] of rows.entries()) file.take(row, 'csv', { line: i + 2, byte: 0 })
    file.end()
    run.end()
    expect(file.reading).toMatchObject({ bad: 0 })
    const again = usageOf(read, given).total
    expect(again).toMatchObject({ stated: report.total.cost, cost: report.total.cost, tokens: report.total.tokens })
  })
})

it('has a row for each day, meter and price, with the day of the zone in UTC', async () => {
  const { rows } = await charged(LOGS['hours']?.records ?? [], LOGS['hours']?.given)
  // Night in Kolkata is 18:30 to 00:30 UTC. In Berlin 30 November ends at 23:00 UTC; then December begins.
  expect(rows.filter(row => row['SkuMeter'] === 'input')).toMatchObject([
    { ChargePeriodStart: '2026-11-09T23:00:00Z', x_Hours: 'night', BilledCost: '0.0003343332999' },
    { ChargePeriodStart: '2026-11-09T23:00:00Z', x_Hours: 'other hours', BilledCost: '0.001003' },
    {
      ChargePeriodStart: '2026-11-29T23:00:00Z',
      ChargePeriodEnd: '2026-11-30T23:00:00Z',
      BillingPeriodStart: '2026-10-31T23:00:00Z',
      BillingPeriodEnd: '2026-11-30T23:00:00Z',
    },
    { ChargePeriodStart: '2026-11-30T23:00:00Z', BillingPeriodEnd: '2026-12-31T23:00:00Z' },
  ])
})

it('leaves out what has no one cost, whole, and counts it', async () => {
  const end = Date.parse('2026-11-11T12:00Z')
  const bucket = recordWith({ ...priced, input: MILLION, end, requests: null })
  const lacking = recordWith({ ...priced, model: 'nobody-knows' })
  const given = { book: bookWith({ row: { tiers } }) }
  const { rows, report } = await charged([recordWith(priced), bucket, lacking], given)
  // 1003 + 7.7 + 38, per million.
  expect(sumOf(rows, 'BilledCost')).toBe('0.0010487')
  // The bucket: 1 + 0.0000077 + 0.000038, to 2 + 0.0000154 + 0.000057.
  expect(report.warnings.filter(({ code }) => code === 'NOT_A_CHARGE')).toMatchObject([
    {
      what: 'a charge has one cost, so these are left out: 1 record of unknown cost; 1 record of $1.0000457 to $2.0000724',
    },
  ])
})

it('has a header where there is nothing to charge', async () => {
  const { header, rows } = await charged([recordWith()])
  expect(header).toEqual([...FOCUS_COLUMNS])
  expect(rows).toEqual([])
})

it('refuses a report without charges by the day, and says what to type', async () => {
  await expect(textOf(usageOf([recordWith(priced)]))).rejects.toThrow('no charges by the day')
})
