import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A replay of a generated trace, 1M requests with 24M blocks, against reading the same file and JSON.parse of each
 * line, in turn. It fails above 3 times that, or above 300 MB. Run by hand, after npm run build: npm run bench:replay
 */

const LIMITS = { times: 3, mb: 300 }
const ROUNDS = Number(process.env.REPLAY_ROUNDS ?? 3)
const REQUESTS = Number(process.env.REPLAY_REQUESTS ?? 1_000_000)

const home = mkdtempSync(join(tmpdir(), 'dsprice-replay-'))
const program = join(import.meta.dirname, '../bin/dsprice.js')

const usage = join(home, 'usage.cjs')
writeFileSync(
  usage,
  `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  require('node:fs').writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, mb: maxRSS / 1024 }))
})`,
)

const plain = join(home, 'plain.cjs')
writeFileSync(
  plain,
  `const { openSync, readSync } = require('node:fs')
const file = openSync(process.argv[2])
const piece = Buffer.alloc(2 ** 20)
let rest = Buffer.alloc(0)
let blocks = 0
for (;;) {
  const length = readSync(file, piece)
  if (length === 0) break
  const bytes = Buffer.concat([rest, piece.subarray(0, length)])
  let from = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
    blocks += JSON.parse(bytes.toString('utf8', from, end)).hash_ids.length
    from = end + 1
  }
  rest = Buffer.from(bytes.subarray(from))
}
process.stdout.write(String(blocks))`,
)

/** Mulberry32: the same trace on every machine. */
let seed = 20
const random = () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

/** Conversations that grow by some blocks at each call; ids as the form says. */
const generate = (path, idOf) => {
  const file = openSync(path, 'w')
  const open = []
  let [next, blocks, text] = [0, 0, '']
  for (let i = 0; i < REQUESTS; i++) {
    const at = i * 20
    const goesOn = random() < 0.7 && open.length > 0
    const slot = goesOn ? Math.floor(random() * open.length) : open.length < 3000 ? open.length : i % 3000
    const ids = goesOn ? open[slot] : [idOf(0)]
    const more = 4 + Math.floor(random() * 9)
    for (let k = 0; k < more; k++) ids.push(idOf(++next))
    open[slot] = ids.length > 60 ? [idOf(0)] : ids
    blocks += ids.length
    text += `{"timestamp": ${at}, "input_length": ${ids.length * 512 - 100}, "output_length": 200, "hash_ids": [${ids.join(', ')}]}\n`
    if (text.length > 2 ** 20 || i === REQUESTS - 1) {
      writeSync(file, text)
      text = ''
    }
  }
  closeSync(file)
  return blocks
}

const wide = n => (BigInt(n) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn

const FORMS = {
  'small numbers': n => n,
  '64-bit numbers': wide,
  '16 hex digits': n => `"${wide(n).toString(16).padStart(16, '0')}"`,
}
const POLICIES = {
  'ttl 5m': ['--policy', 'ttl', '--ttl', '5m'],
  infinite: ['--policy', 'infinite'],
  'units 1h': ['--policy', 'units', '--ttl', '1h'],
  'lru 1M': ['--policy', 'lru', '--capacity', '1M'],
  'marks 5m': ['--policy', 'marks', '--ttl', '5m'],
}

const run = argv => {
  const { status, output } = spawnSync(process.execPath, ['--require', usage, ...argv], {
    env: { PATH: process.env.PATH, HOME: home },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 2 ** 24,
  })
  if (status !== 0) throw new Error(String(output[2]))
  return JSON.parse(String(output[3]))
}

const best = runs => ({ cpu: Math.min(...runs.map(({ cpu }) => cpu)), mb: Math.max(...runs.map(({ mb }) => mb)) })

let failed = false
const trace = join(home, 'trace.jsonl')
for (const [form, idOf] of Object.entries(FORMS)) {
  const blocks = generate(trace, idOf)
  process.stdout.write(`${form}: ${blocks} blocks, ${(statSync(trace).size / 1e6).toFixed(0)} MB\n`)
  const names = Object.keys(POLICIES)
  const runs = Object.fromEntries(['JSON.parse', ...names].map(name => [name, []]))
  for (let round = 0; round < ROUNDS; round++) {
    runs['JSON.parse'].push(run([plain, trace]))
    for (const name of names) runs[name].push(run([program, 'replay', trace, '--json', ...POLICIES[name]]))
  }
  const base = best(runs['JSON.parse'])
  for (const [name, all] of Object.entries(runs)) {
    const { cpu, mb } = best(all)
    const times = cpu / base.cpu
    const over = name !== 'JSON.parse' && (times > LIMITS.times || mb > LIMITS.mb)
    failed ||= over
    process.stdout.write(
      `  ${name.padEnd(12)} ${(cpu / 1000).toFixed(2)} s CPU, × ${times.toFixed(2)}, ${mb.toFixed(0)} MB${over ? '  over its limit' : ''}\n`,
    )
  }
}
rmSync(home, { recursive: true })
process.exitCode = failed ? 1 : 0
