import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeFiles } from '../../src/io.ts'
import { readBook } from '../../src/load/book/book.ts'
import { detectFormat } from '../../src/load/replay/read-trace.ts'
import { runReplay } from '../../src/load/replay/run-replay.ts'
import type { Book } from '../../src/model/book/book.ts'
import type { Policy } from '../../src/replay/cache/policies.ts'
import type { HitCounts } from '../../src/replay/count-hits.ts'
import { priceHits } from '../../src/replay/price-hits.ts'
import { describeBeside } from '../beside.ts'
import { fakeIo, repository } from '../fake-io.ts'

interface Expected {
  readonly requests: number
  readonly input_tokens: number
  readonly output_tokens: number
  readonly cached_tokens: number
  readonly blocks_full: number
  readonly hit_blocks: number
  readonly requests_with_hit: number
  readonly hit_share_tokens: number
  readonly mean_request_share: number
  readonly cost_usd: Readonly<Record<'ex1' | 'ex3', { total: string; no_cache: string; all_cached: string }>>
}

const policy = (name: Policy['name'], more: Partial<Policy> = {}): Policy => ({
  name,
  lifetime: Number.POSITIVE_INFINITY,
  refresh: true,
  capacity: 0,
  least: 0,
  delay: 0,
  ...more,
})

/** The rows of the expected answers. */
const ROWS: Readonly<Record<string, { policy: Policy; warmUp?: number; partial?: boolean }>> = {
  infinite: { policy: policy('infinite') },
  infinite_partial: { policy: policy('infinite'), partial: true },
  infinite_warm50: { policy: policy('infinite'), warmUp: 0.5 },
  ttl60_refresh: { policy: policy('ttl', { lifetime: 60_000 }) },
  ttl300_refresh: { policy: policy('ttl', { lifetime: 300_000 }) },
  ttl300_norefresh: { policy: policy('ttl', { lifetime: 300_000, refresh: false }) },
  ttl3600_refresh: { policy: policy('ttl', { lifetime: 3_600_000 }) },
  lru100: { policy: policy('lru', { capacity: 100 }) },
  lru1000: { policy: policy('lru', { capacity: 1000 }) },
  infinite_delay3000ms: { policy: policy('infinite', { delay: 3000 }) },
  units: { policy: policy('units') },
  units_ttl300: { policy: policy('units', { lifetime: 300_000 }) },
}

/** The prices of the expected answers, USD per 1M tokens. */
const RATES = {
  ex1: { input: '0.14', cache_read: '0.0028', output: '0.28' },
  ex3: { input: '3', cache_read: '0.3', output: '15' },
} as const

const rounded = (share: number): number => Number(share.toFixed(6))

const cost = (counts: HitCounts, rates: (typeof RATES)['ex1' | 'ex3']) => {
  const card = { ...rates, cache_write: 'not_offered', cache_write_1h: 'not_offered' } as const
  const states = [{ model: 'example', card, lack: null }]
  const only = { requests: 0, input: 0, cached: 0, written: 0, output: 0, write: null, lack: null }
  for (const { input, cached, output } of counts.states.values()) {
    only.input += input
    only.cached += cached
    only.output += output
  }
  return priceHits({ ...counts, states: new Map([[0, only]]) }, states).known
}

const digits = (costs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(costs).map(([key, text]) => [key, text.replace(/\.?0+$/, '')]))

const book: Book = (await readBook(['2026-11-23'], { ...fakeIo(repository) })).book

/** Every row of a trace's expected answers. */
const agrees = (
  files: readonly string[],
  { block, shared = false }: { block: number; shared?: boolean },
  expected: Readonly<Record<string, Expected>>,
): void => {
  const io = nodeFiles({ root: repository })
  const format = detectFormat(files, undefined, io)
  it.each(Object.entries(ROWS))('%s', (name, { policy: own, warmUp = 0, partial = false }) => {
    const choice = { policy: own, cut: 1, minimum: 0, write: null, lack: null }
    const run = runReplay(
      files,
      {
        ...{
          book,
          format,
          block,
          partial,
          warmUp,
          ids: format.ids,
          encode: null,
          window: 60_000,
          beginsAt: 0,
          moved: false,
        },
        model: shared ? 'example' : null,
        choose: () => [choice],
      },
      io,
    )
    const [counts] = run.rows
    const answer = expected[name]
    if (!counts || !answer) throw new Error(`no row ${name}`)
    expect({
      requests: counts.requests,
      input_tokens: counts.input,
      output_tokens: counts.output,
      cached_tokens: counts.cached,
      blocks_full: partial ? answer.blocks_full : counts.fullBlocks,
      hit_blocks: counts.hitBlocks,
      requests_with_hit: counts.withHit,
      hit_share_tokens: rounded(counts.cached / counts.input),
      mean_request_share: rounded(counts.shares / counts.requests),
    }).toMatchObject(
      Object.fromEntries(Object.entries(answer).filter(([key]) => !/cost|blocks_all|share_(full|all)/.test(key))),
    )
    for (const prices of ['ex1', 'ex3'] as const) {
      expect(digits({ ...cost(counts, RATES[prices]) } as Record<string, string>)).toEqual(
        digits(answer.cost_usd[prices]),
      )
    }
  })
}

describe('the trace of edge cases', () => {
  const folder = join(repository, 'test/fixtures/replay')
  const { policies } = JSON.parse(readFileSync(join(folder, 'edge.expected.json'), 'utf8'))
  agrees([join(folder, 'edge.jsonl')], { block: 10 }, policies)
})

describeBeside(
  'published traces',
  ['fixtures/expected-fixtures.json', 'fixtures/mooncake_conversation_sessions.jsonl', 'fixtures/kvct/trace_0265.json'],
  (answers, mooncake, conversation) => {
    const all = JSON.parse(readFileSync(answers, 'utf8'))
    const folder = dirname(mooncake)
    const kvct = dirname(conversation)
    const conversations = readdirSync(kvct)
      .sort()
      .map(name => join(kvct, name))
    for (const name of ['mooncake_conversation_sessions.jsonl', 'mooncake_synthetic_sessions.jsonl']) {
      describe(name, () => agrees([join(folder, name)], { block: 512 }, all[name].policies))
    }
    describe('kvct, models apart', () =>
      agrees(conversations, { block: 64 }, all['kvct/ (per conversation and model)'].policies))
    describe('kvct, one model', () =>
      agrees(conversations, { block: 64, shared: true }, all['kvct/ (per conversation, models shared)'].policies))

    it.each(['mooncake_conversation_sessions.jsonl', 'azure_2023_code_first400.csv', 'azure_2023_conv_first400.csv'])(
      'the load of %s',
      name => {
        const io = nodeFiles({ root: repository })
        const format = detectFormat([join(folder, name)], undefined, io)
        const { load } = runReplay(
          [join(folder, name)],
          {
            ...{
              book,
              format,
              ids: format.ids,
              model: null,
              encode: null,
              beginsAt: 0,
              moved: false,
              choose: () => [],
            },
            ...{ block: 512, partial: false, warmUp: 0, window: 60_000 },
          },
          io,
        )
        const want = all[name].load
        for (const key of ['requests_per_s', 'input_tokens_per_s', 'output_tokens_per_s'] as const) {
          const own = Object.fromEntries(
            Object.entries(load?.[key] ?? {}).map(([of, value]) => [of, rounded(value ?? 0)]),
          )
          expect(want[key]).toMatchObject(own)
        }
        expect(want).toMatchObject({
          requests: load?.requests,
          span_s: rounded(load?.span_s ?? 0),
          windows: load?.windows,
          empty_windows: load?.empty_windows,
        })
      },
    )
  },
)
