import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { moduleOf } from '../scripts/build/bundle.mjs'

/**
 * Reading usage: MB of text per CPU second. Generated lines of OpenAI, Anthropic and LiteLLM, mixed and apart, and of
 * long answers, each beside the bare alternatives in turn: looking for newlines, JSON.parse, readline and JSON.parse.
 * The best of some rounds, as other programs take their share of a CPU. Run by hand: node bench/usage.mjs [lines] [rounds]
 */

const lines = Number(process.argv[2] ?? 100_000)
const rounds = Number(process.argv[3] ?? 6)
const root = join(import.meta.dirname, '..')
const { readUsage } = await moduleOf(root, 'src/load/usage/read-usage.ts')
const { nodeFiles } = await moduleOf(root, 'src/io.ts')
const { splitLines } = await moduleOf(root, 'src/load/usage/split-lines.ts')

const START = 1_790_848_800
const text = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit. '.repeat(3)

const KINDS = {
  openai: i => ({
    ...{ id: `chatcmpl-${i.toString(36).padStart(20, '0')}`, object: 'chat.completion', created: START + i },
    model: 'gpt-5.5-2026-04-23',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage: {
      ...{ prompt_tokens: 5000 + (i % 900), completion_tokens: 700, total_tokens: 5700 + (i % 900) },
      prompt_tokens_details: { cached_tokens: 3840, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 512, audio_tokens: 0 },
    },
    service_tier: 'default',
  }),
  anthropic: i => ({
    timestamp: new Date((START + i) * 1000).toISOString(),
    body: {
      ...{ id: `msg_${i.toString(36).padStart(20, '0')}`, type: 'message', role: 'assistant' },
      ...{ model: 'claude-opus-4-7', content: [{ type: 'text', text }], stop_reason: 'end_turn' },
      usage: {
        ...{ input_tokens: 12, cache_creation_input_tokens: 3000, cache_read_input_tokens: 30_000 + (i % 900) },
        cache_creation: { ephemeral_5m_input_tokens: 2000, ephemeral_1h_input_tokens: 1000 },
        ...{ output_tokens: 450, service_tier: 'standard' },
      },
    },
  }),
  litellm: i => ({
    ...{ request_id: `req-${i.toString(36).padStart(20, '0')}`, call_type: 'acompletion', spend: 0.029 },
    ...{ total_tokens: 5700, prompt_tokens: 5000, completion_tokens: 700, model: 'gpt-5.5', model_group: 'chat' },
    startTime: new Date((START + i) * 1000).toISOString(),
    metadata: {
      status: 'success',
      additional_usage_values: { prompt_tokens_details: { cached_tokens: 3840, audio_tokens: 0 } },
    },
    ...{ cache_hit: 'None', request_tags: ['team:support'], team_id: 'team', status: 'success' },
  }),
}

const LONG = {
  long: i => {
    const body = KINDS.openai(i)
    body.choices[0].message.content = `${text}\n`.repeat(25)
    return body
  },
}

const folder = mkdtempSync(join(tmpdir(), 'dsprice-usage-'))

const write = (name, kinds) => {
  const path = join(folder, name)
  const file = openSync(path, 'w')
  let bytes = 0
  for (let i = 0; i < lines; i += 1000) {
    const some = Array.from({ length: 1000 }, (_, j) => JSON.stringify(kinds[(i + j) % kinds.length](i + j)))
    bytes += writeSync(file, `${some.join('\n')}\n`)
  }
  closeSync(file)
  return { path, bytes }
}

const measure = async (bytes, work) => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return bytes / (user + system)
}

const files = { ...nodeFiles({ root }), glob: async () => ({ files: [], left: [], entries: 0 }) }

const newlines = path => {
  let count = 0
  for (const { bytes } of files.pieces(path, 2 ** 18)) {
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  }
  return count
}

const parse = path => {
  let count = 0
  const splitter = splitLines(line => {
    if (JSON.parse(line)) count++
  })
  for (const { bytes } of files.pieces(path, 2 ** 18)) splitter.push(bytes.slice())
  splitter.end()
  return count
}

const readlines = async path => {
  let count = 0
  for await (const line of createInterface({ input: createReadStream(path) })) if (JSON.parse(line)) count++
  return count
}

const records = async path => {
  let count = 0
  await readUsage([path], files, {
    visit: () => {
      count++
    },
  })
  return count
}

const WAYS = { 'newlines alone': newlines, 'JSON.parse alone': parse, 'readline, JSON.parse': readlines, records }

try {
  for (const [name, kinds] of Object.entries({ mixed: Object.values(KINDS), ...KINDS, ...LONG })) {
    const { path, bytes } = write(`${name}.jsonl`, [kinds].flat())
    const best = {}
    for (let round = 0; round < rounds; round++) {
      for (const [way, work] of Object.entries(WAYS)) {
        best[way] = Math.max(best[way] ?? 0, await measure(bytes, () => work(path)))
      }
    }
    const found = Object.entries(best).map(([way, mb]) => `${way} ${mb.toFixed(0)}`)
    console.log(`${name}, ${(bytes / lines).toFixed(0)} bytes a line; MB per CPU second: ${found.join(', ')}`)
  }
  console.log(`peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`)
} finally {
  rmSync(folder, { recursive: true })
}
