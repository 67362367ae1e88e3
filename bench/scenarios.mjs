import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateScenarios } from './generate-scenarios.mjs'

/**
 * Many scenarios: whole processes over 1, 10, 100 and 1000 of them, in turn, so that a drift of the machine meets them
 * all alike. Run by hand, after npm run build: npm run bench:scenarios [rounds]
 */

const rounds = Number(process.argv[2] ?? 5)
const counts = [1, 10, 100, 1000]
const program = join(import.meta.dirname, '../bin/dsprice.js')
const home = mkdtempSync(join(tmpdir(), 'dsprice-bench-'))

// What the process used, told on its way out; programs that it ran (git) are in the wall time alone.
const usage = join(home, 'usage.cjs')
writeFileSync(
  usage,
  `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  require('node:fs').writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, mib: maxRSS / 1024 }))
})`,
)

const kinds = { numbers: 0, 'two fifths text': 0.4 }
const folders = Object.entries(kinds).flatMap(([kind, text]) =>
  counts.map(count => {
    const folder = join(home, `${kind}-${count}`)
    mkdirSync(folder)
    return { kind, count, folder, paths: generateScenarios(folder, count, text) }
  }),
)
const commands = {
  estimate: ({ paths }) => ['estimate', ...paths, '--json'],
  check: () => ['check', 'scenarios', '--json'],
  'check --baseline git:HEAD~1': () => ['check', 'scenarios', '--baseline', 'git:HEAD~1', '--json'],
}

const run = (args, cwd) => {
  const start = process.hrtime.bigint()
  const { status, output } = spawnSync(process.execPath, ['--require', usage, program, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  // 1: over a budget.
  if (status !== 0 && status !== 1) throw new Error(`exit ${status}: dsprice ${args.slice(0, 9).join(' ')}`)
  return { wall: Number(process.hrtime.bigint() - start) / 1e6, ...JSON.parse(String(output[3])) }
}

const cases = Object.entries(commands).flatMap(([name, argsOf]) =>
  folders.map(folder => ({ ...folder, name, args: argsOf(folder), runs: [] })),
)
for (let round = 0; round < rounds; round++) {
  for (const { args, folder, runs } of cases) runs.push(run(args, folder))
}
rmSync(home, { recursive: true })

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const of = ({ runs }, key) => median(runs.map(one => one[key]))
console.log(`Node ${process.version}, ${rounds} rounds in turn, medians\n`)
console.log('| command | scenarios | N | ms | CPU ms | × one (CPU) | more CPU ms each | peak MiB |')
console.log('| :-- | :-- | --: | --: | --: | --: | --: | --: |')
for (const one of cases) {
  const { name, kind, count } = one
  const first = cases.find(other => other.name === name && other.kind === kind && other.count === 1)
  const cpu = of(one, 'cpu')
  const more = count === 1 ? '' : ((cpu - of(first, 'cpu')) / (count - 1)).toFixed(2)
  const cells = [of(one, 'wall').toFixed(0), cpu.toFixed(0), (cpu / of(first, 'cpu')).toFixed(2), more]
  console.log(`| ${[name, kind, count, ...cells, of(one, 'mib').toFixed(0)].join(' | ')} |`)
}
