import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Price } from '../../src/model/book/book.ts'
import type { GpuPrice, Throughput } from '../../src/model/book/clusters.ts'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))
const book = join(repository, 'test/fixtures/book.json')

const json = async <T>(...argv: string[]): Promise<T> => {
  const { code, out, err } = await dsprice(['prices', ...argv, '--json'], folder)
  if (code !== 0) throw new Error(err)
  return JSON.parse(out) as T
}

interface List {
  readonly models: readonly { readonly id: string; readonly price: Price }[]
}

describe('list', () => {
  it.each([
    { filter: 'plain', ids: ['plain'] },
    { filter: 'LATEST', ids: ['plain'] },
    { filter: 'wren', ids: ['writer', 'peaky', 'half-known'] },
    { filter: 'nothing', ids: [] },
  ])('$filter finds $ids', async ({ filter, ids }) => {
    expect((await json<List>('list', filter, '--pricing', book)).models.map(({ id }) => id)).toEqual(ids)
  })

  it.each([
    { at: '2025-12-31', input: undefined },
    { at: '2026-01-01', input: '3' },
    { at: '2026-05-31T23:59:59Z', input: '3' },
    { at: '2026-06-01', input: '2' },
    { at: '2026-06-01T01:59+02:00', input: '3' },
    { at: '2026-06-01T02:00+02:00', input: '2' },
  ])('plain at $at costs $input', async ({ at, input }) => {
    expect((await json<List>('list', 'plain', '--pricing', book, '--at', at)).models[0]?.price.input).toBe(input)
  })

  it('shows the rate in force at an instant inside a window', async () => {
    const { out } = await dsprice(['prices', 'list', 'peaky', '--pricing', book, '--at', '2026-11-24T10:00Z'])
    expect(out).toMatch(/peaky +\$2\.00/)
  })

  it('gives plain numbers in CSV', async () => {
    const { out } = await dsprice(['prices', 'list', 'plain', '--pricing', book, '--format', 'csv'])
    expect(out).toMatch(/^plain,2,0\.2,[^']*,8,100000/m)
  })
})

describe('gpus', () => {
  const prices = async (...filter: string[]) => (await json<{ gpu_prices: GpuPrice[] }>('gpus', ...filter)).gpu_prices

  it('are all of the book, the cheapest of each GPU and term first', async () => {
    const all = await prices()
    expect(all).toHaveLength(179)
    for (const [i, { gpu, kind, usd_per_gpu_hour }] of all.entries()) {
      const before = all[i - 1]
      if (before?.gpu === gpu && before.kind === kind) {
        expect(Number(before.usd_per_gpu_hour)).toBeLessThanOrEqual(Number(usd_per_gpu_hour))
      }
    }
  })

  it('are found by GPU, which is no part of another, and by part of a provider', async () => {
    expect(new Set((await prices('h200')).map(({ gpu }) => gpu))).toEqual(new Set(['h200']))
    expect((await prices('AZURE')).every(({ provider }) => provider.includes('Azure'))).toBe(true)
  })

  it('have what gpu: h100 takes, and the source of each where they are few', async () => {
    const { out } = await dsprice(['prices', 'gpus', 'h800'], folder)
    expect(out).toContain('gpu: h800 takes $2.00 to $2.00: the lease that DeepSeek assumed for its own figures.')
    expect(out).toContain('Source: deepseek-ai/open-infra-index')
    expect((await dsprice(['prices', 'gpus', 'h100'], folder)).out).toContain('gpu: h100 takes $2.04 to $6.88')
  })
})

describe('throughput', () => {
  it('has every row, and each that it calls usable can be named in a scenario', async () => {
    const { throughput } = await json<{ throughput: Throughput[] }>('throughput')
    expect(throughput).toHaveLength(125)
    const { out } = await dsprice(['prices', 'throughput'], folder)
    const usable = throughput.filter(({ unusable }) => unusable === undefined)
    expect(out).toContain(`${usable.length} of 125 rows can be named`)
    for (const { id, rate } of usable) {
      const prompt_tokens = rate?.kind === 'phases' && typeof rate.prefill !== 'string' ? ', prompt_tokens: 4000' : ''
      const stdin = `name: s\nmodel: deepseek-v4\npricing: "2026-05-15"\nrequest: {turn: 1000, output: 100}
self_host: {usd_per_gpu_hour: 2, utilisation: 50%, throughput: {ref: ${id}${prompt_tokens}}}\n`
      const { code, err } = await dsprice(['estimate', '-', '--quiet'], folder, { stdin })
      expect({ id, code, err }).toEqual({ id, code: 0, err: '' })
    }
  })

  it('never shortens a name that is to be copied, and gives lengths, caveat and source where rows are few', async () => {
    const { out } = await dsprice(['prices', 'throughput', 'gb300-nvl'], folder, { terminal: 60 })
    expect(out).toContain('mlperf-v5.1-nvidia-gb300-nvl72')
    const one = await dsprice(['prices', 'throughput', '96xh100'], folder)
    expect(one.out).toMatch(/prefill 57,674 at 1,000 tokens, 54,543 at 2,000.*decode 22,282 at 2,000.*source lm-sys/)
  })
})

describe('diff', () => {
  const changed = (
    change: (data: { providers: Record<string, { batch: unknown }>; models: { context: unknown }[] }) => void,
  ) => {
    const data = JSON.parse(readFileSync(book, 'utf8'))
    change(data)
    writeFileSync(join(folder, 'newer.json'), JSON.stringify(data))
    return json<{ changes: unknown[] }>('diff', book, 'newer.json')
  }

  it('of a book with itself is empty', async () => {
    expect((await json<{ changes: unknown[] }>('diff', book, book)).changes).toEqual([])
    expect((await json<{ changes: unknown[] }>('diff', '2026-11-23', '2026-11-23')).changes).toEqual([])
  })

  it('of a book and a file over it heads each column with its own name', async () => {
    const deal = { provider: 'deepseek', off: '0.5', from: '2026-05-15', source: 'deal' }
    const source = { title: 'Contract', where: 'contract.pdf', retrieved: null, grade: 'own' }
    const layer = { schema: 'dsprice/pricing/1', extends: '2026-05-15', sources: { deal: source }, discounts: [deal] }
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(layer))
    const { out } = await dsprice(['prices', 'diff', '2026-05-15', 'mine.json', '--format', 'csv'], folder)
    // Half of $0.50 (the article's V4, input): one column must not swallow the other.
    expect(out).toMatch(/^model,row from,what,2026-05-15,mine\.json\n/)
    expect(out).toMatch(/^deepseek-v4,2026-05-15,input,0\.5,0\.25$/m)
    expect(await json('diff', '2026-05-15', 'mine.json')).toMatchObject({ a: '2026-05-15', b: 'mine.json' })
  })

  it('of two files over one book, or of one version in two files, names the files', async () => {
    for (const file of ['one.json', 'two.json']) writeFileSync(join(folder, file), readFileSync(book))
    expect(await json('diff', 'one.json', 'two.json')).toMatchObject({ a: 'one.json', b: 'two.json' })
  })

  it('of two bundled books works both ways', async () => {
    const one = (await json<{ changes: unknown[] }>('diff', '2026-05-15', '2026-11-23')).changes
    const other = (await json<{ changes: unknown[] }>('diff', '2026-11-23', '2026-05-15')).changes
    expect(other).toHaveLength(one.length)
  })

  it('sees a provider’s rules', async () => {
    const { changes } = await changed(({ providers }) =>
      Object.assign(providers['acme'] ?? {}, { batch: 'not_offered' }),
    )
    expect(changes).not.toEqual([])
  })

  it('sees a context that belongs to a row', async () => {
    const { changes } = await changed(({ models }) => {
      const { prices } = models[0] as unknown as { prices: object[] }
      Object.assign(prices[0] ?? {}, { context: 1 })
    })
    expect(changes).toMatchObject([{ what: 'context' }])
  })

  it('sees a model’s context', async () => {
    const { changes } = await changed(({ models }) => Object.assign(models[0] ?? {}, { context: 1 }))
    expect(changes).not.toEqual([])
  })
})

describe('lint', () => {
  it('finds nothing in the bundled books', async () => {
    expect(await dsprice(['prices', 'lint'])).toMatchObject({ code: 0, err: '' })
  })

  it('tells of every file at once', async () => {
    writeFileSync(join(folder, 'a.json'), '{"schema": "x"}')
    const { code, err } = await dsprice(['prices', 'lint', 'a.json', 'b.json'], folder)
    expect(code).toBe(2)
    expect(err).toMatch(/a\.json[\s\S]*NO_FILE/)
  })

  it('takes a layer as the book that it makes', async () => {
    const rows = [{ from: '2026-11-01', input: '1', cache_read: '2', output: '1', source: 'article', grade: 'own' }]
    writeFileSync(
      join(folder, 'layer.json'),
      JSON.stringify({ schema: 'dsprice/pricing/1', models: [{ id: 'o3', prices: rows }] }),
    )
    const { code, err } = await dsprice(['prices', 'lint', 'layer.json'], folder)
    expect(code).toBe(2)
    expect(err).toContain('error READ_ABOVE_INPUT')
  })

  it('places a finding of a layer in its file', async () => {
    const { err } = await dsprice(['prices', 'lint', 'layer.json'], folder)
    expect(err).toMatch(/READ_ABOVE_INPUT layer\.json:\d+:\d+ /)
  })
})

describe('age', () => {
  interface Age {
    readonly age_days: number
    readonly providers: readonly { readonly old: boolean }[]
  }

  // Reviewed 2026-11-20, every 30 days: old from the 31st day on.
  it.each([
    { at: '2026-11-19', age: 0, old: false },
    { at: '2026-11-20', age: 0, old: false },
    { at: '2026-11-21T23:59Z', age: 1, old: false },
    { at: '2026-12-20', age: 30, old: false },
    { at: '2026-12-21', age: 31, old: true },
  ])('at $at is $age days, old: $old', async ({ at, age, old }) => {
    const found = await json<Age>('age', '--pricing', book, '--at', at)
    expect([found.age_days, found.providers.map(one => one.old)]).toEqual([age, [old, old]])
  })
})
