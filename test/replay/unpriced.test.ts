import { describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

/** Requests of 1,000,000 tokens in and 1000 out, of two blocks of 500,000. */
const line = (timestamp: number, model?: string): string =>
  JSON.stringify({ timestamp, input_length: 1_000_000, output_length: 1000, hash_ids: [1, 2], model })

const flags = ['--block', '500000', '--policy', 'infinite', '--at', '2026-05-15', '--pricing', '2026-05-15']
const replay = (lines: readonly string[], ...more: readonly string[]) =>
  dsprice(['replay', '-', ...flags, ...more], repository, { stdin: lines.join('\n') })

describe('requests without a price', () => {
  const known = line(0, 'deepseek-v4-pro')
  const some = [known, line(1, 'x-1'), line(2, 'deepseek-v4-pro'), line(3), line(4, 'x-1')]

  it('are listed with what they sent, and the others cost at least what they cost alone', async () => {
    const { code, out, err } = await replay(some, '--json')
    const { rows, unpriced } = JSON.parse(out)
    // Of the two that have a price the second is hit whole: 1.74 + 0.174 and twice 1000 × 3.48 per 1M.
    expect(rows[0]).toMatchObject({
      costs: null,
      at_least: { total: '1.92096', no_cache: '3.48696', all_cached: '0.35496' },
      reason: 'x-1: it is not in the price book',
    })
    const reason = 'no model is named: write --model'
    expect(unpriced).toEqual([
      {
        ...{ model: 'x-1', code: 'UNKNOWN_MODEL', reason: 'it is not in the price book' },
        ...{ requests: 2, input_tokens: 2_000_000, output_tokens: 2000 },
      },
      { model: null, code: 'UNKNOWN_MODEL', reason, requests: 1, input_tokens: 1_000_000, output_tokens: 1000 },
    ])
    expect(err).toContain('UNPRICED')
    expect(code).toBe(0)
  })

  it('are named in the report, whose amounts are marked', async () => {
    const { out } = await replay(some, '--quiet')
    expect(out).toMatch(/^At least \$1\.92 for 5 requests/)
    expect(out).toContain('USD for 2 of 5 requests; the others have no price:')
    expect(out).toContain('≥ $3.4870')
  })

  it('have no answer where none has one', async () => {
    const { code, out, err } = await replay([line(0, 'x-1'), line(1, 'x-1')])
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain('x-1')
  })

  it('are replayed without a cost where no model is named at all', async () => {
    const { code, out } = await replay([line(0), line(1)], '--json')
    const { rows, unpriced, warnings } = JSON.parse(out)
    expect([code, unpriced, warnings, rows[0].cached_tokens, rows[0].at_least]).toEqual([0, [], [], 1_000_000, null])
  })
})

describe('writes', () => {
  // The same 1,000,000 tokens twice, half an hour apart; USD 3.75 to write for 5 minutes, 6 for an hour, 0.30 to read.
  const twice = [0, 1_800_000].map(timestamp =>
    JSON.stringify({ timestamp, input_length: 1_000_000, output_length: 0, hash_ids: [1] }),
  )
  const cost = (...more: readonly string[]) =>
    dsprice(
      ['replay', '-', '--block', '1000000', '--at', '2026-11-23', '--pricing', '2026-11-23', '--json', ...more],
      repository,
      { stdin: twice.join('\n') },
    )

  it.each([
    { ttl: '1h', total: '6.3' },
    { ttl: '5m', total: '7.5' },
    { ttl: null, total: '7.5' },
  ])('are billed at the rate of their lifetime: $ttl', async ({ ttl, total }) => {
    const { out } = await cost('--model', 'claude-sonnet-4.5', ...(ttl === null ? [] : ['--ttl', ttl]))
    expect(JSON.parse(out).rows[0].costs.total).toBe(total)
  })

  it('have no price for a lifetime that the provider does not offer', async () => {
    const { code, out, err } = await cost('--model', 'claude-sonnet-4.5', '--ttl', '30m')
    const [row] = JSON.parse(out).rows
    expect([code, row.cached_tokens, row.costs, row.at_least]).toEqual([0, 1_000_000, null, null])
    expect(row.reason).toContain('keeps a written prefix 300 s or 3600 s, not 1800 s')
    expect(err).toContain('write --ttl 5m or --ttl 1h')
  })

  it('that are free go with any lifetime', async () => {
    const { code, out } = await cost('--model', 'deepseek-v4-pro', '--ttl', '30m')
    expect([code, JSON.parse(out).rows[0].ttl_s]).toEqual([0, 1800])
  })
})
