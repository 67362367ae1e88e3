import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/**
 * Usage in Parquet: CPU seconds of a bare scan of its columns, of the survey, and of the whole command, which should be
 * at most twice the scan; and peak memory, which should not grow with the rows. Run by hand, the best of several:
 * node bench/usage-parquet.mjs [rows, default 10000000] [rounds]; --huge adds ten times the rows.
 */

const [rows = 10_000_000, rounds = 3] = process.argv
  .slice(2)
  .filter(arg => !arg.startsWith('--'))
  .map(Number)
const bin = join(import.meta.dirname, '../bin/dsprice.js')
const folder = mkdtempSync(join(tmpdir(), 'dsprice-parquet-'))

const MODELS = "['gpt-5.5', 'claude-opus-4-7', 'deepseek-v4-pro', 'claude-sonnet-4-6', 'gpt-5.4-mini']"
const MONTH_US = 30 * 86_400_000_000

/** 30 days of requests, in order, with heavy tails. */
const usageOf = count => `
  select timestamp '2026-10-01' + to_microseconds(i * ${Math.floor(MONTH_US / count)}) as "at",
    (${MODELS})[1 + (hash(i) % 5)::integer] as model,
    (exp(7.6 + 1.8 * sqrt(-2 * ln(1 - random())) * cos(6.283185307 * random())))::bigint % 400000 as input,
    (case when random() < 0.5 then random() * 20000 else 0 end)::bigint as cache_read,
    (case when random() < 0.2 then random() * 5000 else 0 end)::bigint as cache_write,
    (random() * 1500)::bigint as output
  from range(${count}) as t(i)`

const SCAN = 'sum(input), sum(cache_read), sum(cache_write), sum(output), max("at"), max(model)'

const cpuOf = async work => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const probe = join(folder, 'probe.cjs')
const out = join(folder, 'probe.json')
writeFileSync(
  probe,
  `process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    const cpu = (userCPUTime + systemCPUTime) / 1e6
    require('node:fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify({ cpu, mb: maxRSS / 1024 }))
  })`,
)

/** The whole command, in a process of its own. */
const command = (file, ...more) => {
  const { status, stderr } = spawnSync(process.execPath, ['--require', probe, bin, 'usage', file, ...more])
  if (status !== 0) throw new Error(String(stderr))
  return JSON.parse(readFileSync(out, 'utf8'))
}

const measure = async (connection, count) => {
  const file = join(folder, `${count}.parquet`)
  await connection.run(`copy (${usageOf(count)}) to '${file}' (format parquet, compression zstd)`)
  const found = { scan: [], survey: [], command: [], models: [] }
  let peak = 0
  for (let round = 0; round < rounds; round++) {
    found.scan.push(await cpuOf(() => connection.runAndReadAll(`select ${SCAN} from '${file}'`)))
    found.survey.push(
      await cpuOf(async () => {
        await connection.runAndReadAll(`select model, count(*) from '${file}' group by model`)
        await connection.runAndReadAll(`select min("at"), max("at") from '${file}'`)
      }),
    )
    for (const [name, more] of [
      ['command', []],
      ['models', ['--models', 'gpt-5.5,deepseek-v4-pro']],
    ]) {
      const { cpu, mb } = command(file, ...more)
      found[name].push(cpu)
      peak = Math.max(peak, mb)
    }
  }
  const best = Object.fromEntries(Object.entries(found).map(([name, all]) => [name, Math.min(...all)]))
  const cells = Object.entries(best).map(([name, cpu]) => `${name} ${cpu.toFixed(2)}`)
  const size = (statSync(file).size / 1e6).toFixed(0)
  console.log(
    `${count} rows, ${size} MB: CPU seconds: ${cells.join(', ')}; command / scan ${(best.command / best.scan).toFixed(1)}; peak ${peak.toFixed(0)} MiB`,
  )
  rmSync(file)
}

try {
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: folder,
    preserve_insertion_order: 'false',
  })
  const connection = await instance.connect()
  for (const count of process.argv.includes('--huge') ? [rows, 10 * rows] : [rows]) await measure(connection, count)
} finally {
  rmSync(folder, { recursive: true })
}
