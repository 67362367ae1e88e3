import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * Searches that are made to be hard: each a whole process over folders of its own, with its exit code, time (and that of the
 * processor, without git's) and memory.
 * None may take more than two seconds or 500 MB; beyond a limit it must say so. Run by hand, after npm run build:
 * npm run bench:walk [part of a name]
 */

const wanted = process.argv[2] ?? ''
const program = join(import.meta.dirname, '../bin/dsprice.js')
const home = mkdtempSync(join(tmpdir(), 'dsprice-bench-'))

// What the process used, told on its way out.
const usage = join(home, 'usage.cjs')
writeFileSync(
  usage,
  `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  require('node:fs').writeSync(3, JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024]))
})`,
)

const scenario = (name, turn = '300') =>
  `name: ${name}\nmodel: deepseek-v4-pro\nat: 2026-11-01\nrequest: { turn: ${turn}, output: 300 }\nbudget: { per_period: 5 }\n`

const lay = (folder, files) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

const commit = folder => {
  const git = (...argv) => execFileSync('git', argv, { cwd: folder, stdio: 'ignore' })
  git('init', '-q')
  git('add', '-A')
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', 'first')
}

const range = count => Array.from({ length: count }, (_, i) => i)
const baseline = ['--baseline', 'git:HEAD']

/** Each makes its folder, and says what is run there. */
const cases = {
  'the whole disk': () => ['estimate', '/'],
  '90,000 samples': folder => {
    lay(folder, { 'a.yaml': scenario('a', '{ files: "s/*.txt" }') })
    mkdirSync(join(folder, 's'))
    for (const i of range(90_000)) writeFileSync(join(folder, `s/${i}.txt`), 'hello')
    return ['estimate', 'a.yaml']
  },
  '100,001 entries': folder => {
    mkdirSync(join(folder, 's'))
    for (const i of range(100_001)) writeFileSync(join(folder, `s/${i}.txt`), '')
    return ['estimate', '.']
  },
  '240 folders, each linked once, and a baseline': folder => {
    for (const i of range(240)) {
      lay(folder, { [`real/${i}/a.yaml`]: scenario(`a${i}`) })
      symlinkSync(`real/${i}`, join(folder, `link-${i}`))
    }
    commit(folder)
    return ['check', '.', ...baseline]
  },
  '1,001 entries: 1,000 links to the folder of one file': folder => {
    lay(folder, { 'real/a.yaml': scenario('a') })
    for (const i of range(1000)) symlinkSync('real', join(folder, `link-${i}`))
    commit(folder)
    return ['check', '.', ...baseline]
  },
  '30 folders that each link to all': folder => {
    for (const i of range(30)) {
      lay(folder, { [`f${i}/a.yaml`]: scenario(`a${i}`) })
      for (const j of range(30)) symlinkSync(`../f${j}`, join(folder, `f${i}/to-${j}`))
    }
    commit(folder)
    return ['check', '.', ...baseline]
  },
  '3,000 links to nowhere': folder => {
    lay(folder, { 'a.yaml': scenario('a') })
    for (const i of range(3000)) symlinkSync(`nowhere-${i}`, join(folder, `link-${i}`))
    commit(folder)
    return ['check', '.', ...baseline]
  },
  '3,000 links to one another': folder => {
    lay(folder, { 'a.yaml': scenario('a') })
    for (const i of range(3000)) symlinkSync(`link-${(i + 1) % 3000}`, join(folder, `link-${i}`))
    commit(folder)
    return ['check', '.', ...baseline]
  },
  'links of links: a = b/b, b = c/c …': folder => {
    lay(folder, { 'l30/a.yaml': scenario('a') })
    for (const i of range(30)) symlinkSync(`l${i + 1}/../l${i + 1}`, join(folder, `l${i}`))
    commit(folder)
    return ['check', '.', ...baseline]
  },
  '*a*a*a*a*a*a*a*a*b and a long name': folder => {
    lay(folder, { 'a.yaml': scenario('a', '{ files: "s/*a*a*a*a*a*a*a*a*b" }') })
    for (const i of range(100)) lay(folder, { [`s/${'a'.repeat(200)}${i}`]: 'x' })
    return ['estimate', 'a.yaml']
  },
  'a pattern of 33,000 ?': folder => {
    lay(folder, { 'a.yaml': scenario('a', `{ files: "s/${'?'.repeat(33_000)}" }`), 's/x': 'x' })
    commit(folder)
    return ['check', 'a.yaml', ...baseline]
  },
  'a pattern of 70,000 characters': folder => {
    lay(folder, { 'a.yaml': scenario('a', `{ files: "{${'a,'.repeat(35_000)}b}" }`) })
    return ['estimate', 'a.yaml']
  },
  'patterns that are hard to match': folder => {
    const hard = i => `{ files: "s/{${range(1500).map(n => `*${n % 2 ? 'a' : 'b'}*${i}`)}}" }`
    lay(folder, { 'a.yaml': scenario('a', `[${range(60).map(hard).join(', ')}]`) })
    const name = seed =>
      range(200)
        .map(n => ((seed * 7919 + n * n * 31) % 7 < 3 ? 'a' : 'b'))
        .join('')
    for (const i of range(300)) lay(folder, { [`s/${name(i)}${i}`]: 'x' })
    return ['estimate', 'a.yaml']
  },
  '1,000 scenarios, each with a pattern of its own for 5,000 files': folder => {
    for (const i of range(1000)) lay(folder, { [`${i}.yaml`]: scenario(`a${i}`, `{ files: "s/${i % 10}${i}*.txt" }`) })
    for (const i of range(5000)) lay(folder, { [`s/${i}.txt`]: 'x' })
    return ['estimate', '.']
  },
}

for (const [name, prepare] of Object.entries(cases)) {
  if (!name.includes(wanted)) continue
  const folder = mkdtempSync(join(home, 'case-'))
  const argv = prepare(folder)
  const start = process.hrtime.bigint()
  const { status, output, signal } = spawnSync(process.execPath, ['--require', usage, program, ...argv, '--json'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  })
  const seconds = (Number(process.hrtime.bigint() - start) / 1e9).toFixed(2)
  const code = /"code":"(\w+)"/.exec(String(output?.[2]))?.[1] ?? /warning (\w+)/.exec(String(output?.[2]))?.[1] ?? ''
  const [cpu = Number.NaN, mib = Number.NaN] = JSON.parse(String(output?.[3]) || '[]')
  const memory = mib.toFixed(0).padStart(4)
  console.log(
    `${seconds.padStart(6)} s ${cpu.toFixed(2).padStart(6)} cpu ${memory} MB  exit ${signal ?? status} ${code.padEnd(14)}  ${name}`,
  )
  rmSync(folder, { recursive: true })
}
rmSync(home, { recursive: true })
