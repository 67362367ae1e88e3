import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readUsage } from '../../../src/load/usage/read-usage.ts'
import { exact } from '../../../src/model/number/money.ts'
import { skippedIn } from '../../../src/usage/formats/tally.ts'
import { usdText } from '../../../src/usage/reading/usd.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const folder = join(repository, 'test/fixtures/usage')
const copies = mkdtempSync(join(tmpdir(), 'dsprice-samples-'))

afterAll(() => rmSync(copies, { recursive: true }))

/** A record as the samples' own list has it, which another program made. */
interface Expected {
  readonly at: string | null
  readonly model: string | null
  readonly input: number
  readonly cache_read: number | null
  readonly cache_write_5m: number | null
  readonly cache_write_1h: number | null
  readonly output: number
  readonly reasoning?: number
  readonly requests?: number | null
  readonly tier?: string
  readonly speed?: string
  readonly batch?: boolean
  readonly id?: string
  readonly stated_usd?: string
  readonly web_searches?: number
  readonly context_window?: string
  readonly session?: string
  readonly billed?: string
  readonly billed_usd?: string
}

interface Sample {
  readonly granularity: string
  readonly skipped?: number
  readonly batch?: boolean
  readonly bucket_seconds?: number | string
  readonly billed_usd?: string
  readonly records: readonly Expected[]
}

const { files } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { files: Record<string, Sample> }

/** Sessions, whose lines without usage are parts of them, and how many of those the list leaves uncounted: their head. */
const SESSIONS: Readonly<Record<string, number>> = {
  'claude-code.jsonl': 0,
  'codex-rollout.jsonl': 2,
  'codex-exec.jsonl': 0,
}
/** Formats that have several records, or none, in a value. */
const SEVERAL = [
  'otel-traces.jsonl',
  'openai-usage-completions.json',
  'openai-costs.json',
  'anthropic-usage-report.json',
]

const read = async (name: string, format?: string) => {
  const records: UsageRecord[] = []
  const { files } = await readUsage([name], fakeIo(folder), {
    ...(format === undefined ? {} : { format }),
    visit: record => records.push(record),
  })
  const [reading] = files
  if (!reading) throw new Error('no reading')
  return { records, reading }
}

const names = Object.keys(files)

it('every sample is listed', () => {
  expect(
    readdirSync(folder)
      .filter(name => name !== 'expected.json')
      .sort(),
  ).toEqual(Object.keys(files).sort())
})

describe.each(names)('%s', name => {
  const sample = files[name] as Sample

  it('gives its counts, times and models', async () => {
    const { records, reading } = await read(name)
    expect(reading.places).toEqual([])
    expect(reading.broken).toBe(null)
    const found = sample.granularity === 'money only' ? [] : records
    expect(
      found.map(({ at, model, input, cache_read, cache_write, cache_write_1h, output }) => ({
        ...{ at, model, input, cache_read, cache_write_5m: cache_write, cache_write_1h, output },
      })),
    ).toEqual(
      sample.records.map(({ at, model, input, cache_read, cache_write_5m, cache_write_1h, output }) => ({
        ...{
          at: at === null ? null : Date.parse(at),
          model,
          input,
          cache_read,
          cache_write_5m,
          cache_write_1h,
          output,
        },
      })),
    )
  })

  it('gives what else is told', async () => {
    const { records } = await read(name)
    for (const [i, one] of sample.records.entries()) {
      const record = records[i] as UsageRecord
      if (one.reasoning !== undefined) expect(record.reasoning).toBe(one.reasoning)
      if (one.requests !== undefined) expect(record.requests).toBe(one.requests)
      if (one.web_searches !== undefined) expect(record.web_searches).toBe(one.web_searches)
      if (one.session !== undefined) expect(record.keys['conversation']).toBe(one.session)
      if (one.stated_usd !== undefined) expect(usdText(record.stated_usd ?? '')).toBe(one.stated_usd)
      // A batch's custom_id comes again in the next batch, so it is no key by which repeats are dropped.
      const isHeld = record.id !== undefined || record.keys['custom_id'] !== undefined
      if (one.id !== undefined && isHeld) expect([record.id, record.keys['custom_id']]).toContain(one.id)
      expect(record.batch).toBe(one.batch ?? (sample.batch === true || one.tier === 'batch'))
      const usual = one.tier === undefined || ['default', 'standard', 'batch'].includes(one.tier)
      expect(record.service).toBe(one.speed ?? (usual ? null : one.tier))
      if (one.billed !== undefined) expect(costAtOwnPrices(record)).toBe(one.billed)
    }
  })

  it('has no record twice where records have an id', async () => {
    const ids = new Set(sample.records.flatMap(({ id }) => id ?? []))
    if (sample.batch === true || ids.size === 0 || ids.size < sample.records.length) return
    copyFileSync(join(folder, name), join(copies, name))
    const [first, again] = (await readUsage([name, join(copies, name)], fakeIo(folder), { visit: () => {} })).files
    // Sessions hold each message until the last file is read.
    expect(Number(first?.records) + Number(again?.records)).toBe(sample.records.length)
    expect(Number(first?.duplicates) + Number(again?.duplicates)).toBeGreaterThanOrEqual(sample.records.length)
  })

  it('loses nothing: its values and their ends add up', async () => {
    const { records, reading } = await read(name)
    const { parts, duplicates, bad } = reading
    expect(reading.records).toBe(records.length)
    const ends = records.length + parts + duplicates + bad + skippedIn(reading)
    if (!SEVERAL.includes(name)) expect(ends).toBe(reading.values)
    expect(ends).toBeGreaterThanOrEqual(reading.values)
    if (sample.skipped !== undefined)
      expect(skippedIn(reading) + duplicates + (name in SESSIONS ? parts : 0)).toBe(
        sample.skipped + (SESSIONS[name] ?? 0),
      )
  })

  it('is read the same where its format is told', async () => {
    const detected = await read(name)
    const formats = Object.keys(detected.reading.formats)
    expect(formats.length).toBe(1)
    expect(await read(name, formats[0])).toEqual(detected)
  })

  it('says how fine it is', async () => {
    const { records, reading } = await read(name)
    const fine = { call: 'call', bucket: 'bucket', run: 'bucket', 'money only': 'money' }[sample.granularity]
    expect(Object.keys(reading.granularity)).toEqual([fine])
    if (typeof sample.bucket_seconds !== 'number') return
    for (const { at, end } of records) expect(Number(end) - Number(at)).toBe(sample.bucket_seconds * 1000)
  })

  it('says what was billed, where it says so beside its tokens', async () => {
    if (sample.granularity === 'money only' || sample.records.every(({ billed_usd }) => billed_usd === undefined))
      return
    const { records } = await read(name)
    expect(records.map(({ stated_usd }) => (stated_usd === null ? undefined : usdText(stated_usd)))).toEqual(
      sample.records.map(({ billed_usd }) => billed_usd),
    )
  })

  it('says what it cost, where it has money alone', async () => {
    if (sample.granularity !== 'money only') return
    const { records } = await read(name)
    expect(records.every(({ model, input, output }) => model === null && input === 0 && output === 0)).toBe(true)
    const sum = records.reduce((all, { stated_usd }) => all.plus(exact(usdText(stated_usd ?? '0'))), exact('0'))
    expect(sum.toFixed()).toBe(sample.billed_usd)
  })
})

/** Σ meter × the price beside it, per 1M tokens. */
const costAtOwnPrices = ({ input, cache_read, output, rates }: UsageRecord): string => {
  const { input: i = '0', cache_read: r = '0', output: o = '0' } = rates?.prices ?? {}
  const sum = exact(i)
    .times(input)
    .plus(exact(r).times(cache_read ?? 0))
    .plus(exact(o).times(output))
  return sum.times(exact('0.000001')).toFixed()
}
