import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { CONFIG, KEYS, LAYER, NAMES, SCENARIOS, spoil, toJson, VALUES } from './inputs.mjs'
import { randomOf } from './random.mjs'

/** The runs of one process of the fuzzer, told to its parent one by one. */

const [seed, first, runs, home] = process.argv.slice(2).map((word, i) => (i < 3 ? Number(word) : word))
const root = resolve(import.meta.dirname, '../..')
const { main } = createRequire(import.meta.url)(join(root, 'dist/cli.cjs'))

// The program ends its process where all is written; this one goes on.
process.exit = () => {}

const LIMIT_MS = 2000
// Control characters but the line break, and marks that turn the direction of text or break lines.
const FORBIDDEN = /(?!\n)\p{Cc}|\p{Bidi_Control}|[\u2028\u2029]/u
const FORMATS = {
  estimate: ['table', 'json', 'markdown', 'csv'],
  compare: ['table', 'json', 'markdown', 'csv'],
  check: ['table', 'json', 'markdown', 'github', 'junit'],
  diff: ['table', 'json', 'markdown', 'csv'],
  render: ['table', 'json', 'markdown', 'csv'],
  route: ['table', 'json', 'markdown', 'csv'],
  breakeven: ['table', 'json', 'markdown', 'csv'],
}
process.env.COLUMNS = '80'
delete process.env.FORCE_COLOR

/** Processor time since then, milliseconds: what else the machine does must not count. */
const spent = began => {
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000
}

/** Runs the command line in this process. */
const dsprice = async argv => {
  const real = { out: process.stdout.write, err: process.stderr.write }
  let [text, out] = ['', '']
  process.stdout.write = chunk => {
    text += chunk
    out += chunk
    return true
  }
  process.stderr.write = chunk => {
    text += chunk
    return true
  }
  process.argv = [process.execPath, 'dsprice', ...argv]
  process.exitCode = undefined
  const began = process.cpuUsage()
  try {
    await main(root)
    await new Promise(setImmediate)
    return { exit: process.exitCode ?? 0, text, out, ms: spent(began) }
  } finally {
    process.exitCode = 0
    Object.assign(process.stdout, { write: real.out })
    Object.assign(process.stderr, { write: real.err })
    for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error')
    for (const event of ['uncaughtException', 'unhandledRejection']) process.removeAllListeners(event)
  }
}

const fileName = name => `${name.replaceAll(/[\0/]/g, '_').slice(0, 60)}.yaml`

/** Files and a call for one run. */
const makeRun = random => {
  const share = random.pick([0, 0.005, 0.02, 0.1])
  const scenario = () => toJson(spoil(random.pick(SCENARIOS), random, share))
  const name = random.chance(0.3) ? fileName(random.pick(NAMES)) : 'bot.yaml'
  const kind = random.pick([
    'estimate',
    'compare',
    'check',
    'diff',
    'render',
    'route',
    'breakeven',
    'gateway',
    'prices',
  ])
  const files = { [name]: scenario(), 'prompt.md': 'Hello' }
  const words = ['--pricing', 'mine.json']
  if (random.chance(0.4)) files['mine.json'] = toJson(spoil(LAYER, random, random.pick([0, share])))
  const pricing = files['mine.json'] ? words : []
  const set = random.chance(0.3) ? ['--set', `${random.pick(KEYS)}.${random.pick(KEYS)}=${random.pick(VALUES)}`] : []
  const format = FORMATS[kind] ? ['--format', random.pick(FORMATS[kind])] : []
  const paths = [`./${name}`]
  if (random.chance(0.3)) {
    files['second.yaml'] = scenario()
    if (['estimate', 'check'].includes(kind)) paths.push('second.yaml')
  }
  if (kind === 'check' && random.chance(0.5)) files['dsprice.config.yaml'] = toJson(spoil(CONFIG, random, share))
  switch (kind) {
    case 'compare':
      return {
        kind,
        files,
        argv: [
          kind,
          ...paths,
          '--models',
          `deepseek-v4,${random.pick(['gpt-5.5', 'mine', ...NAMES])}`,
          ...pricing,
          ...set,
          ...format,
        ],
      }
    case 'prices': {
      const own = random.pick([
        ['list'],
        ['show', random.pick(['mine', 'deepseek-v4', ...NAMES])],
        ['lint', 'mine.json'],
        ['age'],
      ])
      return { kind, files, argv: [kind, ...own, ...(own[0] === 'lint' ? [] : pricing)] }
    }
    case 'render':
    case 'diff':
      return { kind, files, argv: [kind], result: { paths, format, share } }
    default:
      return { kind, files, argv: [kind, ...paths, ...pricing, ...set, ...format] }
  }
}

/** A result of a scenario that is right, spoilt. */
const spoiltResult = async ({ share }, random, folder) => {
  writeFileSync(join(folder, 'right.yaml'), JSON.stringify(random.pick(SCENARIOS)))
  const { exit, out } = await dsprice(['estimate', 'right.yaml', '--json', '--quiet'])
  if (exit !== 0) throw new Error(`a scenario that is right ends with ${exit}`)
  return toJson(spoil(JSON.parse(out), random, share / 20))
}

for (let run = first; run < runs; run++) {
  const random = randomOf(seed * 1_000_003 + run)
  const folder = join(home, String(run))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  process.chdir(folder)
  const { kind, files, argv, result } = makeRun(random)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const full = [...argv]
  if (result) {
    writeFileSync(join(folder, 'result.json'), await spoiltResult(result, random, folder))
    full.push(...(kind === 'diff' ? ['result.json', random.pick(['result.json', ...result.paths])] : ['result.json']))
    full.push(...result.format)
  }
  process.send({ begins: run, argv: full })
  const faults = []
  let ended = { exit: -1, ms: 0 }
  try {
    const { exit, text, ms } = await dsprice(full)
    ended = { exit, ms }
    if (exit < 0 || exit > 3) faults.push(`exit ${exit}: ${text.slice(0, 600)}`)
    if (exit === 1 && kind !== 'check') faults.push(`exit 1 of ${kind}`)
    if (ms > LIMIT_MS) faults.push(`took ${Math.round(ms)} ms of processor time`)
    const [mark] = FORBIDDEN.exec(text) ?? []
    if (mark !== undefined) faults.push(`printed U+${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
  } catch (error) {
    faults.push(`threw ${error instanceof Error ? error.stack : error}`)
  }
  if (existsSync(join(folder, 'owned'))) faults.push('a name was run as a command')
  process.send({ kind, ...ended, faults, argv: full })
  process.chdir(home)
  rmSync(folder, { recursive: true, force: true })
}
process.disconnect()
