import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROWS } from './scaling-rows.mjs'

/**
 * Large and hostile inputs, each in two sizes: what a whole process takes, and how that grew. A row over its limits
 * fails. Run by hand, after npm run build: npm run bench:scaling [words of a row's name]
 */

const LIMITS = { cpu_ms: 2000, mib: 500 }
const HARD = { wall_ms: Number(process.env.SCALING_TIMEOUT_MS ?? 60_000), heap_mib: 4096 }

const program = join(import.meta.dirname, '../bin/dsprice.js')
const home = mkdtempSync(join(tmpdir(), 'dsprice-scaling-'))

// What the process used, told on its way out.
const usage = join(home, 'usage.cjs')
writeFileSync(
  usage,
  `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  require('node:fs').writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, mib: maxRSS / 1024 }))
})`,
)

/** One run in an empty folder. CPU time, as wall time is also the other processes'. */
const run = ({ make }, size) => {
  const folder = join(home, 'run')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const args = make(folder, size)
  const argv = ['--require', usage, `--max-old-space-size=${HARD.heap_mib}`, program, ...args]
  const { status, signal, output } = spawnSync(process.execPath, argv, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: home, NO_COLOR: '1', COLUMNS: '100' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: HARD.wall_ms,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 29,
  })
  const used = output?.[3]?.length ? JSON.parse(String(output[3])) : { cpu: Number.POSITIVE_INFINITY, mib: Number.NaN }
  const written = (output?.[1]?.length ?? 0) + (output?.[2]?.length ?? 0)
  return { ...used, status: status ?? signal, written, said: String(output?.[2] ?? '').slice(0, 200) }
}

const kib = bytes => (bytes / 1024).toFixed(0)
const wanted = process.argv.slice(2).join(' ')
const failed = []
// What a process takes that does next to nothing is no growth.
const idle = Math.min(...[1, 2, 3].map(() => run({ make: () => ['--version'] }, 0).cpu))
console.log(`Node ${process.version}; starting takes ${idle.toFixed(0)} ms of CPU time, taken off for the growth\n`)
console.log('| input | size | exit | CPU ms | MiB | KiB out | grew |')
console.log('| :-- | --: | --: | --: | --: | --: | --: |')
for (const row of ROWS.filter(({ name }) => name.includes(wanted))) {
  const [small, large] = [run(row, row.small), run(row, row.large)]
  const grew = Math.max(1, large.cpu - idle) / Math.max(10, small.cpu - idle)
  const cells = [large.cpu.toFixed(0), large.mib.toFixed(0), kib(large.written), `${grew.toFixed(1)}x`]
  const right = row.ends.includes(large.status)
  const ok = right && large.cpu <= LIMITS.cpu_ms && large.mib <= LIMITS.mib
  if (!ok) failed.push(row.name)
  console.log(
    `| ${[row.name, `${row.small} → ${row.large}`, large.status, ...cells].join(' | ')} |${ok ? '' : ' <- over'}`,
  )
  if (!right || process.env.SCALING_SAYS) console.log(`  ${large.said.replaceAll('\n', '\n  ')}`)
}
rmSync(home, { recursive: true })
if (failed.length > 0) {
  console.log(`\n${failed.length} rows fail: ${failed.join('; ')}`)
  process.exitCode = 1
}
