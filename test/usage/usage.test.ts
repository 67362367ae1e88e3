import { describe, expect, it } from 'vitest'
import { loadBook } from '../../src/index.ts'
import { bookWith, MILLION, modelWith, rowWith } from '../cost/build.ts'
import { faultsOf } from '../faults-of.ts'
import { heldOf, recordWith, usageOf } from './build.ts'

// $1 in, $0.10 read, $2 out per 1M tokens, unless a test says otherwise.
const call = { input: MILLION, cache_read: 2 * MILLION, output: MILLION }

describe('the total', () => {
  it('is what each call costs, and what caching saved is the headline less that', () => {
    // 1 + 2 × 0.1 + 2 = 3.2; headline 3 × 1 + 2 = 5.
    const { total } = usageOf([recordWith(call), recordWith(call)])
    expect(total).toMatchObject({ cost: '6.4', headline: '10', caching_saved: '3.6', requests: 2, records: 2 })
    expect(total.tokens).toEqual({
      ...{ input: 2 * MILLION, cache_read: 4 * MILLION, cache_write: 0, cache_write_1h: 0 },
      output: 2 * MILLION,
    })
  })

  it('says that caching cost more where writing is dearer than reading saves', () => {
    // 1M written at 1.25 instead of 1.
    const { total } = usageOf([recordWith({ cache_write: MILLION })], {
      book: bookWith({ row: { cache_write: '1.25' } }),
    })
    expect(total).toMatchObject({ cost: '1.25', headline: '1', caching_saved: '-0.25' })
  })

  it('keeps every digit of sums beyond 2^53', () => {
    const most = Number.MAX_SAFE_INTEGER
    // 3 × 9,007,199,254,740,991 tokens at $1 per 1M.
    expect(usageOf([1, 2, 3].map(() => recordWith({ input: most }))).total).toMatchObject({
      cost: '27021597764.222973',
      tokens: { input: '27021597764222973' },
    })
  })

  it('is at least what is known, and lists what has no price with its tokens', () => {
    const report = usageOf([
      recordWith(call),
      recordWith({ ...call, model: 'nope' }),
      recordWith({ ...call, at: '2025-12-31T23:59:59.999Z' }),
    ])
    expect(report.total).toMatchObject({ cost: null, at_least: '3.2' })
    expect(report.unpriced.map(({ model, code, requests, tokens }) => [model, code, requests, tokens.output])).toEqual([
      ['demo', 'NO_PRICE_AT', 1, MILLION],
      ['nope', 'UNKNOWN_MODEL', 1, MILLION],
    ])
    expect(report.warnings.map(({ code }) => code)).toEqual(['UNPRICED', 'UNPRICED'])
  })

  it('is an error where nothing has a price, and where there is no record', () => {
    expect(() => usageOf([recordWith({ ...call, model: 'nope' })])).toThrow('has no model "nope"')
    expect(() => usageOf([])).toThrow('no record of usage was found in test')
  })

  it('is one error for each model and reason where nothing has a price, however many days there are', () => {
    const days = ['2019-11-01', '2019-11-02', '2019-11-03'].map(day => `${day}T10:00:00Z`)
    const records = days.flatMap(at => [recordWith({ ...call, at }), recordWith({ ...call, at, model: 'nope' })])
    expect(faultsOf(() => usageOf(records))).toMatchObject([
      {
        code: 'NO_PRICE_AT',
        what: 'demo has no price for 3 records from 2019-11-01T10:00:00Z to 2019-11-03T10:00:00Z',
        fix: 'give the price of that time in your own file with --pricing mine.json',
      },
      { code: 'UNKNOWN_MODEL' },
    ])
    expect(faultsOf(() => usageOf([recordWith({ ...call, at: '2019-11-02T10:00:00.5Z' })]))).toMatchObject([
      { code: 'NO_PRICE_AT', what: 'demo has no price at 2019-11-02T10:00:00.500Z' },
    ])
  })

  it('bills a meter that the model does not offer as input, and warns', () => {
    const report = usageOf([recordWith({ input: MILLION, cache_write: MILLION })])
    expect(report.total.cost).toBe('2')
    expect(report.warnings.map(({ code }) => code)).toEqual(['METER_NOT_OFFERED'])
  })
})

describe('what a source does not tell', () => {
  it('leaves the headline known and the cost unknown', () => {
    const { total, unpriced } = usageOf([recordWith({ input: MILLION, output: MILLION, cache_read: null })])
    expect(total).toMatchObject({ cost: null, at_least: null, headline: '3', caching_saved: null })
    expect(total.reason).toBe('demo: the source does not tell cache_read')
    expect(unpriced).toMatchObject([{ model: 'demo', records: 1, tokens: { cache_read: null } }])
  })

  it('does not matter where the model does not offer it', () => {
    expect(usageOf([recordWith({ input: MILLION, cache_write: null })]).total.cost).toBe('1')
  })

  it('leaves what other records tell, and is named beside it', () => {
    const untold = recordWith({ input: 5000, output: 900, cache_write: null })
    const { total, by_day } = usageOf([
      recordWith({ input: 100_000, cache_read: 900_000, cache_write: 100_000, output: 45_000 }),
      { ...untold, at: Date.parse('2026-11-11T10:00Z') },
    ])
    expect(total).toMatchObject({
      tokens: { input: 105_000, cache_read: 900_000, cache_write: 100_000, cache_write_1h: 0, output: 45_900 },
      untold: ['cache_write'],
    })
    expect(by_day.map(({ tokens, untold }) => [tokens.cache_write, untold])).toEqual([
      [100_000, []],
      [null, ['cache_write']],
    ])
  })

  it('leaves money only its stated cost', () => {
    const { total, granularity, month } = usageOf([
      recordWith({ model: null, requests: null, stated_usd: '12.5', end: Date.parse('2026-11-12T12:00Z') }),
    ])
    expect(total).toMatchObject({
      requests: null,
      tokens: { input: null, cache_read: null, cache_write: null, cache_write_1h: null, output: null },
      untold: ['input', 'cache_read', 'cache_write', 'cache_write_1h', 'output'],
    })
    expect(total).toMatchObject({ cost: null, at_least: null, stated: '12.5', difference: null })
    expect(total.reason).toBe('the source tells money, not tokens')
    expect(granularity).toEqual({ call: 0, bucket: 0, money: 1 })
    // 48 hours: 12.5 ÷ 48 × 720.
    expect(month).toMatchObject({ of: 'stated', spend: '12.5', end: '187.5' })
  })

  it('prices records without a time over the time that was asked for, and else names the flags', () => {
    const timeless = recordWith({ at: null, input: MILLION })
    const book = bookWith({
      models: [modelWith({ prices: [rowWith({ to: '2026-11-02' }), rowWith({ from: '2026-11-02', input: '3' })] })],
    })
    const [since, until] = [Date.parse('2026-11-01'), Date.parse('2026-11-03')]
    expect(usageOf([timeless], { book, since, until }).total.cost).toEqual({ low: '1', high: '3' })
    expect(() => usageOf([timeless], { book })).toThrow('records of demo tell no time')
  })
})

describe('a source’s own cost', () => {
  it('is set beside ours by model and day', () => {
    const { total, differences } = usageOf([
      recordWith({ ...call, stated_usd: '3' }),
      recordWith({ ...call, stated_usd: '3.2', at: '2026-11-11T00:00Z' }),
      recordWith(call),
    ])
    expect(total).toMatchObject({ cost: '9.6', stated: '6.2', stated_records: 2, difference: '0.2' })
    expect(differences).toEqual([
      { model: 'demo', day: '2026-11-10', cost: '3.2', stated: '3', difference: '0.2' },
      { model: 'demo', day: '2026-11-11', cost: '3.2', stated: '3.2', difference: '0' },
    ])
  })
})

describe('a bucket', () => {
  const end = Date.parse('2026-11-11T12:00Z')
  const tiers = [{ threshold: 200_000, operator: '>' as const, input: '2', cache_read: '0.2', output: '3' }]

  it('costs from the cheapest to the dearest of the rates that it can contain', () => {
    const bucket = recordWith({ ...call, end, requests: 50 })
    // Base 3.2; long prompts 2 + 0.4 + 3 = 5.4.
    const { total, granularity } = usageOf([bucket], { book: bookWith({ row: { tiers } }) })
    expect(total.cost).toEqual({ low: '3.2', high: '5.4' })
    expect(granularity.bucket).toBe(1)
  })

  it('has no tier that all its prompt tokens do not reach', () => {
    const bucket = recordWith({ input: 200_000, end })
    expect(usageOf([bucket], { book: bookWith({ row: { tiers } }) }).total.cost).toBe('0.2')
  })

  it('is exact where the source names the tier', () => {
    const long = recordWith({ ...call, end, rates: { prompt: { from: 200_001, to: null } } })
    const short = recordWith({ ...call, end, rates: { prompt: { from: 0, to: 200_000 } } })
    const book = bookWith({ row: { tiers } })
    expect(usageOf([long], { book }).total.cost).toBe('5.4')
    expect(usageOf([short], { book }).total.cost).toBe('3.2')
  })

  it('is exact where the source’s price names the hours, and equals its own amount', async () => {
    const { book } = await loadBook('2026-11-23')
    // A day of deepseek-v4-pro, its peak part: 1.32 in, 0.044 read, 3.96 out: 1.32 + 0.088 + 3.96.
    const peak = recordWith({
      ...call,
      model: 'deepseek-v4-pro',
      at: '2026-11-19T16:00Z',
      end: Date.parse('2026-11-20T16:00Z'),
      rates: { prices: { input: '1.32', cache_read: '0.044', output: '3.96' }, currency: 'USD' },
      stated_usd: '5.368',
    })
    const { total } = usageOf([peak], { book })
    expect(total).toMatchObject({ cost: '5.368', stated: '5.368', difference: '0' })
    const { rates: _, ...unnamed } = peak
    expect(usageOf([unnamed], { book }).total.cost).toEqual({ low: '2.684', high: '5.368' })
  })
})

describe('the pace', () => {
  // 0.1M tokens of input at $1: $0.10 each.
  const at = (time: string) => recordWith({ at: time, input: 100_000 })

  it('is the spend by the hours from the first record of the month to the last, times the hours of the month', () => {
    // November: $0.20 in 48 hours, × 720. The call of October is not of the month.
    const { month } = usageOf([at('2026-10-31T23:59Z'), at('2026-11-03T00:00Z'), at('2026-11-05T00:00Z')])
    expect(month).toEqual({
      month: '2026-11',
      spend: '0.2',
      of: 'cost',
      hours: 48,
      month_hours: 720,
      end: '3',
      complete: true,
    })
  })

  it('counts from --since and until --until', () => {
    const { month } = usageOf([at('2026-11-03T00:00Z'), at('2026-11-05T00:00Z')], {
      since: Date.parse('2026-10-20'),
      until: Date.parse('2026-11-11'),
    })
    // From the start of the month, 240 hours: 0.2 ÷ 240 × 720.
    expect(month).toMatchObject({ hours: 240, end: '0.6' })
  })

  it('is of what is known where not all of the month has a price, or may be of it', () => {
    const days = [at('2026-11-03T00:00Z'), at('2026-11-05T00:00Z')]
    const lost = recordWith({ at: '2026-11-04T00:00Z', model: 'nope', input: 1 })
    const untimed = recordWith({ at: null, input: 1 })
    const known = { spend: '0.2', end: '3', complete: false }
    expect(usageOf([...days, lost]).month).toMatchObject(known)
    expect(usageOf([...days, untimed]).month).toMatchObject(known)
    const [since, until] = [Date.parse('2026-11-03'), Date.parse('2026-11-05')]
    // Of another month.
    expect(usageOf([...days, { ...lost, at: Date.parse('2026-10-31') }]).month).toMatchObject({ complete: true })
    // $0.100001 in 48 hours: × 15.
    expect(usageOf([...days, untimed], { since, until }).month).toMatchObject({ spend: '0.100001', complete: true })
  })

  it('is of the time that was asked for where no record tells its own', () => {
    const [since, until] = [Date.parse('2026-11-03'), Date.parse('2026-11-05')]
    const { month } = usageOf([recordWith({ at: null, input: 100_000 })], { since, until })
    expect(month).toMatchObject({ spend: '0.1', hours: 48, end: '1.5', complete: true })
  })

  it('is not reckoned under 24 hours', () => {
    expect(usageOf([at('2026-11-03T00:00Z'), at('2026-11-03T23:00Z')]).month).toMatchObject({ hours: 23, end: null })
  })

  it('counts a bucket from its start to its end', () => {
    const bucket = { ...at('2026-11-03T00:00Z'), end: Date.parse('2026-11-04T00:00Z') }
    // 0.1 ÷ 24 × 720.
    expect(usageOf([bucket]).month).toMatchObject({ hours: 24, end: '3' })
  })

  it('takes the month of the zone, with the hours that it has', () => {
    // 22:30Z on 31 October is 23:30 in Berlin: October, whose clocks went back: 745 hours.
    const { month, by_day: days } = usageOf([at('2026-10-30T22:30Z'), at('2026-10-31T22:30Z')], {
      at: '2026-10-31T12:00Z',
      timezone: 'Europe/Berlin',
    })
    expect(month).toMatchObject({ month: '2026-10', hours: 24, month_hours: 745 })
    expect(days.map(({ keys }) => keys)).toEqual([['2026-10-30'], ['2026-10-31']])
    // One hour later it is November there.
    expect(usageOf([at('2026-10-31T23:30Z')], { timezone: 'Europe/Berlin' }).month?.month).toBe('2026-11')
  })
})

describe('a breakdown', () => {
  const record = (team: string | null, input: number) =>
    recordWith({ input, keys: team === null ? {} : { team, 'tag.app': 'bot' } })

  it('is by the keys of the records, the dearest first, the rest added up', () => {
    const records = [record('a', MILLION), record('b', 3 * MILLION), record('c', MILLION), record(null, 2 * MILLION)]
    const { breakdown } = usageOf(records, { by: ['team', 'tag.app'], top: 2 })
    expect(breakdown?.rows.map(({ keys, cost }) => [...keys, cost])).toEqual([
      ['b', 'bot', '3'],
      ['(none)', '(none)', '2'],
    ])
    expect(breakdown?.others).toMatchObject({ rows: 2, cost: '2', records: 2 })
  })

  it('warns of a key that no record has', () => {
    const warned = (...by: string[]) => {
      const { warnings } = usageOf([record('a', MILLION), record(null, 1)], { by })
      return warnings.map(({ code, what, fix }) => [code, what, fix])
    }
    expect(warned('team')).toEqual([])
    expect(warned('model', 'day', 'month')).toEqual([])
    expect(warned('taem', 'tag.app')).toEqual([
      ['NO_SUCH_KEY', 'no record has the key "taem"', 'write --by team,tag.app'],
    ])
    expect(warned('zebra')[0]?.[2]).toBe(
      'write one of user, team, project, conversation, day, month, model, tag.NAME or another key of the records',
    )
    // Limits break usage down by conversation, which nobody asked for.
    const { warnings } = heldOf([record('a', 1)], { per_request: '1' })
    expect(warnings).toEqual([])
  })

  it('by time is in the order of time', () => {
    const records = [recordWith({ input: 1 }), recordWith({ input: 9, at: '2026-10-10T00:00Z' })]
    expect(usageOf(records, { by: ['month'] }).breakdown?.rows.map(({ keys }) => keys)).toEqual([
      ['2026-10'],
      ['2026-11'],
    ])
  })
})

describe('the same usage on other models', () => {
  const rows = (row: object, more: object = {}) =>
    modelWith({ prices: [rowWith(row)], tokenizer: 'o200k_base', ...more })
  const batch = { batch: { discount: '0.5', stacking: 'multiply' as const, source: 'made-up' } }

  it('has the counts as they stand where the tokenizer is the same', () => {
    const book = bookWith({ models: [rows({}), rows({ input: '5', cache_read: 'not_offered' }, { id: 'other' })] })
    const { elsewhere } = usageOf([recordWith(call)], { book, models: ['other'] })
    // Reads are not offered there: 3 × 5 + 2.
    expect(elsewhere).toMatchObject([
      { model: 'other', cost: '17', served: '3.2', exact: true, as_input: ['cache_read'] },
    ])
  })

  it('takes a batch where the other model has it, and else standard rates, counted', () => {
    const with_batch = bookWith({ provider: batch, models: [rows({}), rows({ input: '5' }, { id: 'other' })] })
    const one = recordWith({ input: MILLION, batch: true })
    expect(usageOf([one], { book: with_batch, models: ['other'] }).elsewhere).toMatchObject([
      { cost: '2.5', as_standard: 0 },
    ])
    const without = bookWith({
      provider: batch,
      models: [rows({}), rows({ input: '5', batch: 'not_offered' }, { id: 'other' })],
    })
    expect(usageOf([one], { book: without, models: ['other'] }).elsewhere).toMatchObject([
      { cost: '5', as_standard: 1 },
    ])
  })

  it('converts the counts to another tokenizer as a band', () => {
    const book = bookWith({
      models: [rows({}, { tokenizer: 'o200k_base' }), rows({}, { id: 'other', tokenizer: 'claude' })],
    })
    const options = {
      book,
      models: ['other'],
      factorFor: ({ id }: { readonly id: string }) => ({
        tokenizer: id,
        factor: id === 'demo' ? { percent: 100, low: 90, high: 110 } : { percent: 120, low: 99, high: 180 },
      }),
    }
    // 1M × 1.2; from 99 ÷ 110 to 180 ÷ 90.
    expect(usageOf([recordWith({ input: MILLION })], options as never).elsewhere).toMatchObject([
      { cost: { low: '0.9', high: '2' }, at_factor: '1.2', exact: false },
    ])
  })

  it('refuses a model that the book does not have', () => {
    expect(() => usageOf([recordWith()], { models: ['nope'] })).toThrow('has no model "nope"')
  })
})

describe('a region', () => {
  const model = (id: string) =>
    modelWith({ id, prices: [rowWith({ input: '1', output: '2' })], tokenizer: 'o200k_base' })
  const book = bookWith({
    provider: { regions: { us: [{ factor: '1.1', models: ['demo'], source: 'made-up' }] } },
    models: [model('demo'), model('plain')],
  })

  it('multiplies every rate, and is told on the line', () => {
    const report = usageOf([recordWith({ input: MILLION, region: 'us' }), recordWith({ input: MILLION })], {
      book,
      lines: 'explained',
    })
    expect(report.total.cost).toBe('2.1')
    expect(report.lines?.map(({ region, rate, cost }) => [region, rate, cost])).toEqual([
      [null, '1', '1'],
      ['us', '1.1', '1.1'],
    ])
  })

  it('that the model does not have leaves the record without a price', () => {
    const report = usageOf([recordWith({ input: MILLION, model: 'plain', region: 'us' }), recordWith({ input: 1 })], {
      book,
    })
    expect(report.unpriced.map(({ code, reason }) => [code, reason])).toEqual([
      ['NO_REGION', 'the book has no such region of it at that time'],
    ])
  })

  it('is left out on a model that does not have it, and counted', () => {
    const { elsewhere } = usageOf([recordWith({ input: MILLION, region: 'us' })], { book, models: ['plain'] })
    expect(elsewhere).toMatchObject([{ cost: '1', served: '1.1', as_standard: 1 }])
  })
})

describe('levers', () => {
  it('say what a batch and the cheapest hours would have saved', async () => {
    const { book } = await loadBook('2026-11-23')
    // Friday 10:00 in Beijing is peak: 1.32; off-peak 0.66. DeepSeek offers no batch.
    const { levers } = usageOf([recordWith({ model: 'deepseek-v4-pro', at: '2026-11-20T02:00Z', input: MILLION })], {
      book,
    })
    expect(levers).toEqual({ batch: null, cheap_hours: { saves: '0.66', records: 1 } })
    const batch = bookWith({ provider: { batch: { discount: '0.5', stacking: 'no-cache', source: 'made-up' } } })
    // In a batch reads are billed as discounted input: 3 × 0.5 + 1 = 2.5 instead of 3.2.
    expect(usageOf([recordWith(call)], { book: batch }).levers.batch).toEqual({ saves: '0.7', records: 1 })
  })
})
