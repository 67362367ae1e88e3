import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Replay } from '../../src/model/result/replay.ts'
import { describeBeside } from '../beside.ts'
import { dsprice, repository } from '../fake-io.ts'

interface Expected {
  readonly requests: number
  readonly input_tokens: number
  readonly cached_tokens: number
  readonly blocks_full: number
  readonly hit_blocks: number
}

/** How the command is asked for each row of the expected answers. */
const FLAGS: Readonly<Record<string, string>> = {
  infinite: '--policy infinite',
  infinite_partial: '--policy infinite --partial',
  infinite_warm50: '--policy infinite --warmup 50%',
  ttl60_refresh: '--policy ttl --ttl 60s',
  ttl300_refresh: '--policy ttl --ttl 5m',
  ttl300_norefresh: '--policy ttl --ttl 5m --no-refresh',
  ttl3600_refresh: '--policy ttl --ttl 1h',
  lru100: '--policy lru --capacity 100',
  lru1000: '--policy lru --capacity 1000',
  infinite_delay3000ms: '--policy infinite --delay 3s',
  units: '--policy units --ttl 366d',
  units_ttl300: '--policy units --ttl 5m',
}

const replay = async (files: readonly string[], flags: string): Promise<Replay> => {
  const { out, err } = await dsprice(['replay', ...files, '--json', '--quiet', ...flags.split(' ')], repository)
  if (out === '') throw new Error(err)
  return JSON.parse(out)
}

/** The command agrees with every row. @param hasMinimum - of tokens, below which what is found does not count */
const agrees = (
  files: readonly string[],
  { more, hasMinimum = false }: { more: string; hasMinimum?: boolean },
  expected: Readonly<Record<string, Expected>>,
): void => {
  it.each(Object.entries(FLAGS))('%s', async (name, flags) => {
    const answer = expected[name]
    if (!answer) throw new Error(`no row ${name}`)
    const { rows } = await replay(files, `${flags} ${more}`)
    const isPartial = flags.includes('--partial')
    expect(rows[0]).toMatchObject({
      requests: answer.requests,
      input_tokens: answer.input_tokens,
      ...(hasMinimum ? {} : { cached_tokens: answer.cached_tokens }),
      hit_blocks: answer.hit_blocks,
      ...(isPartial ? {} : { full_blocks: answer.blocks_full }),
    })
  })
}

describe('the command on the trace of edge cases', () => {
  const folder = join(repository, 'test/fixtures/replay')
  const { policies } = JSON.parse(readFileSync(join(folder, 'edge.expected.json'), 'utf8'))
  agrees([join(folder, 'edge.jsonl')], { more: '--block 10' }, policies)
})

describe('lru', () => {
  // Of two models whose lifetimes and minimums differ, in turn.
  const lines = ['gpt-5.5', 'deepseek-v4-pro', 'gpt-5.5', 'deepseek-v4-pro'].map((model, timestamp) =>
    JSON.stringify({ timestamp, model, input_length: 2048, output_length: 0, hash_ids: [1] }),
  )
  it.each([
    { flags: '--capacity 1', hits: 0, capacity: 1 },
    { flags: '--capacity 1 --ttl 5m', hits: 0, capacity: 1 },
    { flags: '--capacity 2', hits: 2, capacity: 2 },
  ])('has one room for all models: $flags', async ({ flags, hits, capacity }) => {
    const more = ['--block', '2048', '--policy', 'lru', ...flags.split(' '), '--json']
    const { out } = await dsprice(['replay', '-', ...more], repository, { stdin: lines.join('\n') })
    expect(JSON.parse(out).rows[0]).toMatchObject({ hit_blocks: hits, capacity_blocks: capacity })
  })
})

describeBeside(
  'the command on published traces',
  ['fixtures/expected-fixtures.json', 'fixtures/mooncake_conversation_sessions.jsonl', 'fixtures/kvct/trace_0265.json'],
  (answers, mooncake, conversation) => {
    const all = JSON.parse(readFileSync(answers, 'utf8'))
    const conversations = readdirSync(dirname(conversation)).map(name => join(dirname(conversation), name))
    describe('mooncake', () =>
      agrees([mooncake], { more: '--window 60s' }, all['mooncake_conversation_sessions.jsonl'].policies))
    describe('kvct, of models whose rules differ', () =>
      agrees(
        conversations.sort(),
        { more: '--block 64', hasMinimum: true },
        all['kvct/ (per conversation and model)'].policies,
      ))
  },
)
