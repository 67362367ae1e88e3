import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

const line = (timestamp: number, more: object = {}): string =>
  JSON.stringify({ timestamp, input_length: 64, output_length: 1, hash_ids: [1], ...more })
const replay = (flags: string, lines: readonly string[] = [line(0), line(1)], terminal?: number) =>
  dsprice(['replay', '-', '--block', '64', ...flags.split(' ').filter(Boolean)], repository, {
    ...{ stdin: lines.join('\n') },
    ...(terminal === undefined ? {} : { terminal }),
  })

describe('a flag', () => {
  it.each([
    { flags: '--spare-nodes 1', what: '--spare-nodes is of the fleet, which needs --throughput' },
    { flags: '--max-utilisation 50%', what: '--max-utilisation is of the fleet, which needs --throughput' },
    { flags: '--capacity 5', what: '--capacity is that of --policy lru' },
    { flags: '--policy ttl --capacity 5', what: '--capacity is that of --policy lru' },
    { flags: '--no-refresh', what: '--no-refresh is of --policy ttl' },
    { flags: '--policy units --no-refresh', what: '--no-refresh is of --policy ttl' },
    { flags: '--ttl 500ms', what: '--ttl must be whole seconds, from 1s to 366d, with the unit s, m, h or d' },
    { flags: '--spare-nodes -1', what: 'write --spare-nodes 1' },
    { flags: '--spare-nodes x', what: 'must be a whole number from 0 to 1e12' },
    { flags: '--max-utilisation 120%', what: 'must be a share above 0, up to 100%, got "120%"' },
  ])('is refused where it has no sense: $flags', async ({ flags, what }) => {
    const { code, err } = await replay(flags)
    expect([code, err]).toEqual([2, expect.stringContaining(what)])
  })

  it.each([
    '--policy ttl --no-refresh',
    '--model gpt-5.5 --no-refresh',
    '--policy lru --capacity 5',
    '--throughput prefill=1K,decode=1K --spare-nodes 0 --max-utilisation 50%',
  ])('is taken where it has: %s', async flags => {
    expect((await replay(flags)).code).toBe(0)
  })
})

describe('the report', () => {
  it('counts in English', async () => {
    expect((await replay('--warmup 50%')).out).toContain('Hits of the 1 request after the warm-up;')
    expect((await replay('')).out).toContain('Hits of 2 requests;')
    const one = [line(0, { model: 'deepseek-v4-pro' }), line(1, { model: 'x-1' })]
    expect((await replay('--quiet', one)).out).toContain('USD for 1 of 2 requests; the other has no price:')
  })

  it('sets in what goes on in the next line of a row', async () => {
    const flags = '--model deepseek-v4-pro --policy units,marks --delay 3s'
    const { out } = await replay(flags, [line(0), line(1)], 60)
    expect(stripVTControlCharacters(out)).toMatch(/^> whole prefixes.*\n {4}ready/m)
  })
})
