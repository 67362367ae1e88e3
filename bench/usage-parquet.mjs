import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/**
 * Usage in Parquet: CPU seconds and wall time of the whole command, which should take at most twice a bare scan of the
 * columns that it reads, and peak memory, which should not grow with the rows. Beside it, in turn: the scan in a process
 * that runs already; the same as a process of its own (Node, DuckDB, the scan), which is what a command compares with; a
 * plain sum by model, hour and length of prompt, below which no grouping can be; and the command on one row, so that what
 * more rows take can be compared with the scan alone. Run by hand, the best of several:
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

const scanOf = file => `select ${SCAN} from '${file}'`

/** Of which every command needs at least this much: rates change with the hour and with the length of a prompt. */
const groupsOf = file => `
  select model, epoch_ms("at") // 3600000 as hour, input + cache_read + cache_write > 200000 as is_long,
    sum(input), sum(cache_read), sum(cache_write), sum(output), count(*)
  from '${file}' group by all`

const timeOf = async work => {
  const [start, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 }
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

/** A program, in a process of its own. */
const whole = (...args) => {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--require', probe, ...args])
  if (status !== 0) throw new Error(String(stderr))
  return { ...JSON.parse(readFileSync(out, 'utf8')), wall: (performance.now() - start) / 1e3 }
}

/** The scan as a program. */
const scanner = join(folder, 'scan.mjs')
writeFileSync(
  scanner,
  `const { DuckDBInstance } = await import(${JSON.stringify(import.meta.resolve('@duckdb/node-api'))})
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.runAndReadAll(process.argv[2])
  connection.closeSync()
  instance.closeSync()`,
)

const measure = async (connection, count) => {
  const file = join(folder, `${count}.parquet`)
  await connection.run(`copy (${usageOf(count)}) to '${file}' (format parquet, compression zstd)`)
  const one = join(folder, 'one.parquet')
  await connection.run(`copy (select * from '${file}' limit 1) to '${one}' (format parquet, compression zstd)`)
  const ways = {
    'scan, in process': () => timeOf(() => connection.runAndReadAll(scanOf(file))),
    'plain groups, in process': () => timeOf(() => connection.runAndReadAll(groupsOf(file))),
    'scan, whole process': () => whole(scanner, scanOf(file)),
    'whole command': () => whole(bin, 'usage', file),
    'whole command, one row': () => whole(bin, 'usage', one),
    'with --models': () => whole(bin, 'usage', file, '--models', 'gpt-5.5,deepseek-v4-pro'),
  }
  const best = {}
  let peak = 0
  for (let round = 0; round < rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const { cpu, wall, mb = 0 } = await way()
      const { cpu: least = cpu, wall: shortest = wall } = best[name] ?? {}
      best[name] = { cpu: Math.min(cpu, least), wall: Math.min(wall, shortest) }
      if (name !== 'scan, whole process') peak = Math.max(peak, mb)
    }
  }
  console.log(
    `${count} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB, best of ${rounds}; peak ${peak.toFixed(0)} MiB`,
  )
  const { 'scan, in process': inside, 'scan, whole process': alone } = best
  for (const [name, { cpu, wall }] of Object.entries(best)) {
    const ratios = [inside, alone].map(scan => `${(cpu / scan.cpu).toFixed(2)} x`)
    console.log(
      `  ${name}: CPU ${cpu.toFixed(2)} s, wall ${wall.toFixed(2)} s; ${ratios[0]} the scan in process, ${ratios[1]} the scan as a process`,
    )
  }
  const { 'whole command': all, 'whole command, one row': single } = best
  console.log(`  the rows alone: ${((all.cpu - single.cpu) / inside.cpu).toFixed(2)} x the scan in process`)
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
