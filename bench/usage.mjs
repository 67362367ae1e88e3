import { spawnSync } from 'node:child_process'
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { moduleOf } from '../scripts/build/bundle.mjs'

/**
 * Reading usage: MB of text per CPU second. Generated lines of OpenAI, Anthropic and LiteLLM, mixed and apart, of our own
 * form, and of long answers: the whole of `dsprice usage`, with its start and its report, and JSON.parse of each line, each
 * in a process of its own, beside looking for newlines and readline with JSON.parse. The best of some rounds, as other
 * programs take their share of a CPU. Run by hand: npm run build && node bench/usage.mjs [MB a file] [rounds]; --huge adds
 * a file of 3,000,000 mixed lines
 */

const [megabytes = 400, rounds = 3] = process.argv
  .slice(2)
  .filter(arg => !arg.startsWith('--'))
  .map(Number)
const HUGE = 3_000_000
const root = join(import.meta.dirname, '..')
const { nodeFiles } = await moduleOf(root, 'src/io.ts')

const START = 1_790_848_800

/** The same lines in every run, and no two alike. */
let seed = 1
const random = () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return seed / 0x7fffffff
}
const upTo = count => Math.floor(random() * count)
const oneOf = list => list[upTo(list.length)]
const letters = length => Array.from({ length }, () => upTo(36).toString(36)).join('')
const WORDS =
  'prices of tokens fall while caches hit and a long answer goes on until the morning comes with rain'.split(' ')
const text = words => Array.from({ length: words }, () => oneOf(WORDS)).join(' ')
const secondOf = i => START + Math.floor(i / 3)
const timeOf = i => new Date(secondOf(i) * 1000 + upTo(1000)).toISOString()
const countsOf = () => {
  const [prompt, output] = [500 + upTo(90_000), 10 + upTo(3000)]
  return { prompt, output, cached: upTo(prompt / 128) * 128, reasoning: upTo(output) }
}

const openai = (i, words) => {
  const { prompt, output, cached, reasoning } = countsOf()
  return {
    ...{ id: `chatcmpl-${letters(24)}`, object: 'chat.completion', created: secondOf(i) },
    model: oneOf(['gpt-5.5-2026-04-23', 'gpt-5-mini', 'gpt-5']),
    choices: [{ index: 0, message: { role: 'assistant', content: text(words), refusal: null }, finish_reason: 'stop' }],
    usage: {
      ...{ prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output },
      prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0 },
    },
    ...{ service_tier: 'default', system_fingerprint: `fp_${letters(10)}` },
  }
}

const KINDS = {
  openai: i => openai(i, 10 + upTo(60)),
  anthropic: i => {
    const [short, long] = [upTo(4000), upTo(1000)]
    return {
      timestamp: timeOf(i),
      body: {
        ...{ id: `msg_${letters(24)}`, type: 'message', role: 'assistant' },
        model: oneOf(['claude-opus-4-7', 'claude-sonnet-4-6', 'claude-haiku-4-5-20251001']),
        content: [{ type: 'text', text: text(10 + upTo(60)) }],
        ...{ stop_reason: 'end_turn', stop_sequence: null },
        usage: {
          ...{ input_tokens: 1 + upTo(5000), cache_creation_input_tokens: short + long },
          cache_read_input_tokens: upTo(90_000),
          cache_creation: { ephemeral_5m_input_tokens: short, ephemeral_1h_input_tokens: long },
          ...{ output_tokens: 1 + upTo(4000), service_tier: 'standard' },
        },
      },
    }
  },
  litellm: i => {
    const { prompt, output, cached } = countsOf()
    return {
      ...{ request_id: `req-${letters(24)}`, call_type: 'acompletion', api_key: letters(64) },
      ...{ spend: upTo(200_000) / 1e6, total_tokens: prompt + output, prompt_tokens: prompt },
      ...{ completion_tokens: output, startTime: timeOf(i), endTime: timeOf(i + 9) },
      ...{ model: oneOf(['gpt-5.5', 'gpt-5-mini', 'claude-opus-4-7']), model_group: 'chat' },
      metadata: {
        ...{ status: 'success', user_api_key_alias: `team-${upTo(40)}` },
        additional_usage_values: { prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 } },
      },
      ...{ cache_hit: 'None', request_tags: ['team:support'], team_id: `team-${upTo(40)}` },
      ...{ end_user: `user-${upTo(20_000)}`, status: 'success' },
    }
  },
}

const OTHERS = {
  'our own': i => {
    const { prompt, output, cached } = countsOf()
    return {
      ...{ at: timeOf(i), model: oneOf(['gpt-5.5', 'deepseek-v4-pro']), input: prompt, cache_read: cached, output },
      ...{ id: letters(24), team: `team-${upTo(40)}` },
    }
  },
  long: i => openai(i, 700),
}

const folder = mkdtempSync(join(tmpdir(), 'dsprice-usage-'))

/** Writes lines until there are so many, or so many bytes. */
const write = (name, kinds, { most = Number.POSITIVE_INFINITY, size = Number.POSITIVE_INFINITY }) => {
  const path = join(folder, name)
  const file = openSync(path, 'w')
  let [lines, bytes] = [0, 0]
  while (lines < most && bytes < size) {
    const some = Array.from({ length: 1000 }, (_, i) => JSON.stringify(kinds[(lines + i) % kinds.length](lines + i)))
    bytes += writeSync(file, `${some.join('\n')}\n`)
    lines += some.length
  }
  closeSync(file)
  return { path, bytes, lines }
}

/** CPU of some work, microseconds. */
const measure = async work => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const probe = join(folder, 'probe.cjs')
const told = join(folder, 'probe.json')
writeFileSync(
  probe,
  `process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    require('node:fs').writeFileSync(${JSON.stringify(told)}, String(user + system))
  })`,
)

/** The same of a process of its own. */
const processOf = (...args) => {
  const { status, stderr } = spawnSync(process.execPath, ['--require', probe, ...args], { maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(String(stderr))
  return Number(readFileSync(told, 'utf8'))
}

const files = { ...nodeFiles({ root }), glob: async () => ({ files: [], left: [], entries: 0 }) }

const newlines = path => {
  let count = 0
  for (const { bytes } of files.pieces(path, 2 ** 18)) {
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  }
  return count
}

const readlines = async path => {
  let count = 0
  for await (const line of createInterface({ input: createReadStream(path) })) if (JSON.parse(line)) count++
  return count
}

/** Lines split by ourselves, and JSON.parse of each. */
const ALONE = `
  const { openSync, readSync } = require('node:fs')
  const file = openSync(process.argv.at(-1))
  const buffer = Buffer.alloc(2 ** 18)
  let rest = Buffer.alloc(0)
  for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
    const chunk = Buffer.concat([rest, buffer.subarray(0, read)])
    let from = 0
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      JSON.parse(chunk.toString('utf8', from, to))
      from = to + 1
    }
    rest = chunk.subarray(from)
  }`

const alone = join(folder, 'alone.cjs')
writeFileSync(alone, ALONE)

const WAYS = {
  'newlines alone': path => measure(() => newlines(path)),
  'JSON.parse alone': path => processOf(alone, path),
  'readline, JSON.parse': path => measure(() => readlines(path)),
  'dsprice usage': path => processOf(join(root, 'bin/dsprice.js'), 'usage', path, '--json'),
}

const compare = async (name, kinds, limit) => {
  const { path, bytes, lines } = write(`${name}.jsonl`, kinds, limit)
  const best = {}
  for (let round = 0; round < rounds; round++) {
    for (const [way, work] of Object.entries(WAYS)) best[way] = Math.max(best[way] ?? 0, bytes / (await work(path)))
  }
  rmSync(path)
  const found = Object.entries(best).map(([way, mb]) => `${way} ${mb.toFixed(0)}`)
  const size = `${lines} lines of ${(bytes / lines).toFixed(0)} bytes, ${(bytes / 1e6).toFixed(0)} MB`
  console.log(`${name}, ${size}; MB per CPU second: ${found.join(', ')}`)
}

try {
  const mixed = Object.values(KINDS)
  for (const [name, kind] of Object.entries({ mixed, ...KINDS, ...OTHERS })) {
    await compare(name, [kind].flat(), { size: megabytes * 1e6 })
  }
  if (process.argv.includes('--huge')) await compare('huge', mixed, { most: HUGE })
} finally {
  rmSync(folder, { recursive: true })
}
