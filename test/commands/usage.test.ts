import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { UsageReport } from '../../src/model/result/usage.ts'
import { dsprice } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-usage-'))
mkdirSync(join(folder, '.git'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A record of a million tokens in; on a Saturday, when DeepSeek has no peak hours. */
const record = (own: object): string =>
  JSON.stringify({ at: '2026-11-21T10:00:00Z', model: 'deepseek-v4-pro', input: 1_000_000, output: 0, ...own })

describe('models that the catalogue alone has', () => {
  const lines = [
    record({}),
    record({ model: 'songbird-2.5' }),
    record({ model: 'finch/whistler' }),
    record({ model: 'dodo-1' }),
    record({ model: 'finch/songbird-2.5' }),
  ]
  const costs = async (text: string, source: string): Promise<unknown> => {
    writeFileSync(join(folder, 'calls.jsonl'), text)
    const around = { catalogue: true, ...(source === '-' ? { stdin: text } : {}) }
    const { out } = await dsprice(['usage', source, '--json'], folder, around)
    const { total, by_model, unpriced, pricing, warnings } = JSON.parse(out) as UsageReport
    const rows = by_model.map(({ keys: [id], at_least }) => [id, at_least])
    return { records: total.records, at_least: total.at_least, rows, unpriced, pricing, warnings }
  }

  it('are priced from standard input as from a file, in whichever order they come', async () => {
    const wanted = await costs(`${lines.join('\n')}\n`, 'calls.jsonl')
    // 0.66 + 2 + 1 + 2; the fifth name is nobody's.
    expect(wanted).toMatchObject({
      ...{ records: 5, at_least: '5.66' },
      rows: [
        ['finch/songbird-2.5', '4'],
        ['finch/whistler', '1'],
        ['deepseek-v4-pro', '0.66'],
        ['dodo-1', null],
      ],
    })
    expect(await costs(`${lines.join('\n')}\n`, '-')).toEqual(wanted)
    const backwards = await costs(`${lines.toReversed().join('\n')}\n`, '-')
    expect(backwards).toMatchObject({ at_least: '5.66' })
  })

  it('are priced on other models too, and other models on them', async () => {
    const argv = ['usage', '-', '--json', '--models', 'finch/songbird-2.5']
    const stdin = `${record({ model: 'songbird-2.5' })}\n`
    const { out } = await dsprice(argv, folder, { catalogue: true, stdin })
    const { elsewhere } = JSON.parse(out) as UsageReport
    expect(elsewhere).toMatchObject([{ model: 'finch/songbird-2.5', cost: '2', exact: true }])
  })
})

it.each([
  [{ web_fetch_requests: 3 }, ''],
  [{ web_search_requests: 0, web_fetch_requests: 3 }, ''],
  [{ web_search_requests: 2, web_fetch_requests: 3 }, '2 web searches are not in the cost'],
])('of what ran on Anthropic’s side only searches are billed apart: %j', async (server_tool_use, says) => {
  const usage = { input_tokens: 1000, output_tokens: 0, cache_read_input_tokens: 0, server_tool_use }
  const message = { type: 'message', id: 'msg_1', role: 'assistant', model: 'claude-opus-4-7', content: [], usage }
  const stdin = JSON.stringify({ timestamp: '2026-11-20T10:00:00Z', body: message })
  const { code, err } = await dsprice(['usage', '-', '--json'], folder, { stdin })
  expect(code).toBe(0)
  if (says === '') expect(err).toBe('')
  else expect(err).toMatch(says)
})
