import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { moduleOf } from '../scripts/build/bundle.mjs'

/**
 * Reading usage: MB of text per CPU second, and memory. Generated lines, OpenAI, Anthropic and LiteLLM mixed, and the
 * same without what this program does with them, JSON.parse alone. Run by hand: node bench/usage.mjs [lines]
 */

const lines = Number(process.argv[2] ?? 500_000)
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

const measure = async (name, bytes, work) => {
  const before = process.cpuUsage()
  const start = performance.now()
  const found = await work()
  const { user, system } = process.cpuUsage(before)
  const cpu = (user + system) / 1e6
  const mb = bytes / 1e6
  const rss = process.resourceUsage().maxRSS / 1024
  console.log(
    `${name.padEnd(28)} ${mb.toFixed(0)} MB, ${(mb / cpu).toFixed(0)} MB per CPU second, ` +
      `${((performance.now() - start) / 1000).toFixed(2)} s, peak ${rss.toFixed(0)} MiB, ${found}`,
  )
}

const files = { ...nodeFiles({ root }), glob: async () => ({ files: [], left: [], entries: 0 }) }

const read = async path => {
  let tokens = 0
  const { files: readings } = await readUsage([path], files, {
    visit: record => {
      tokens += record.input + record.output
    },
  })
  return `${readings[0].records} records, ${tokens} tokens`
}

const parse = path => {
  let count = 0
  const splitter = splitLines(line => {
    if (JSON.parse(line)) count++
  })
  for (const { bytes } of files.pieces(path, 2 ** 18)) splitter.push(bytes.slice())
  splitter.end()
  return `${count} lines`
}

try {
  const all = Object.values(KINDS)
  const mixed = write('mixed.jsonl', all)
  for (let round = 0; round < 2; round++) {
    await measure('mixed: JSON.parse alone', mixed.bytes, () => parse(mixed.path))
    await measure('mixed: records', mixed.bytes, () => read(mixed.path))
  }
  for (const [name, kind] of Object.entries(KINDS)) {
    const { path, bytes } = write(`${name}.jsonl`, [kind])
    await measure(`${name}: JSON.parse alone`, bytes, () => parse(path))
    await measure(`${name}: records`, bytes, () => read(path))
  }
} finally {
  rmSync(folder, { recursive: true })
}
