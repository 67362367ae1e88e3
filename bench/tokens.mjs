import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ENGINES } from './tokens/engines.mjs'
import { TEXTS } from './tokens/texts.mjs'

/**
 * Counting text: load time, MB/s and memory of dsprice's engine and of its peers, each in a process of its own, in turn,
 * over texts that this script makes. Run by hand, after npm run build:
 * npm install --prefix bench && node bench/tokens.mjs [rounds]
 */

const rounds = Number(process.argv[2] ?? 3)
const worker = join(import.meta.dirname, 'tokens/worker.mjs')

/** One engine over all texts, in a new process. */
const run = (vocabulary, engine) => {
  const child = spawnSync(process.execPath, [worker, vocabulary, engine], { encoding: 'utf8', timeout: 600_000 })
  if (child.status !== 0) return null
  return JSON.parse(child.stdout)
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const table = (vocabulary, found) => {
  const names = Object.keys(TEXTS)
  console.log(`\n${vocabulary}\n`)
  console.log(`| engine | load, ms | memory, MB | ${names.map(name => `${name}, MB/s`).join(' | ')} | same counts |`)
  console.log(`| :-- | --: | --: | ${names.map(() => '--:').join(' | ')} | :-- |`)
  const ours = found.get('dsprice')[0]
  for (const [engine, runs] of found) {
    const good = runs.filter(one => one !== null)
    if (good.length === 0) {
      console.log(`| ${engine} | failed |`)
      continue
    }
    const of = pick => median(good.map(pick))
    const speeds = names.map(name => of(one => one.speed[name]).toFixed(1))
    const same = names.filter(name => good[0].counts[name] === ours.counts[name])
    const alike = same.length === names.length ? 'yes' : `of ${same.join(', ') || 'none'}`
    console.log(
      `| ${engine} | ${of(one => one.load).toFixed(0)} | ${of(one => one.memory).toFixed(0)} | ${speeds.join(' | ')} | ${alike} |`,
    )
  }
}

console.log(
  `Node ${process.version}, ${rounds} rounds in turn, medians; ${Object.entries(TEXTS)
    .map(([name, make]) => `${name} ${(Buffer.byteLength(make(2)) / 1e6).toFixed(1)} MB`)
    .join(', ')}`,
)
for (const [vocabulary, engines] of Object.entries(ENGINES)) {
  const found = new Map(Object.keys(engines).map(name => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of found.keys()) found.get(name).push(run(vocabulary, name))
  }
  table(vocabulary, found)
}
