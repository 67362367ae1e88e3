import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Runs the built command line on inputs made at random: scenarios, price files, results, configurations and names.
 * Every run must end with an exit code from 0 to 3 (1 of `check` alone) within two seconds, and may print no control
 * character but line breaks, and no bidirectional mark.
 *
 * node bench/fuzz.mjs [--seed 1] [--runs 20000] [--seconds 300]; the same seed makes the same runs.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '300' },
  },
})
const [seed, runs, seconds] = [Number(values.seed), Number(values.runs), Number(values.seconds)]

/** A run that goes on for so long is ended and counts as a failure, milliseconds. */
const KILLED_AFTER = 10_000
const until = Date.now() + seconds * 1000
const home = mkdtempSync(join(tmpdir(), 'dsprice-fuzz-'))
const tally = new Map()
const failures = []
let [done, slowest] = [0, 0]

const count = (kind, exit) => {
  const row = tally.get(kind) ?? new Map()
  row.set(exit, (row.get(exit) ?? 0) + 1)
  tally.set(kind, row)
}

/** Goes on from run `first` in a process of its own. @returns the run to go on from; `null` where all is done */
const runFrom = first =>
  new Promise(resolve => {
    const child = fork(join(import.meta.dirname, 'fuzz/run.mjs'), [String(seed), String(first), String(runs), home], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    let [at, watch] = [first, null]
    const end = next => {
      clearTimeout(watch)
      child.removeAllListeners()
      child.kill('SIGKILL')
      resolve(next)
    }
    child.on('message', message => {
      clearTimeout(watch)
      if (message.begins !== undefined) {
        at = message.begins
        if (Date.now() > until) return end(null)
        watch = setTimeout(() => {
          failures.push({ run: at, argv: message.argv, why: `not ended after ${KILLED_AFTER} ms` })
          end(at + 1)
        }, KILLED_AFTER)
        return
      }
      const { kind, exit, ms, faults, argv } = message
      done++
      slowest = Math.max(slowest, ms)
      count(kind, exit)
      for (const why of faults) failures.push({ run: at, argv, why })
    })
    child.on('exit', code => {
      if (code === 0) return end(null)
      failures.push({ run: at, why: `the process ended with ${code}` })
      end(at + 1)
    })
  })

try {
  for (let next = 0; next !== null && next < runs; ) next = await runFrom(next)
} finally {
  rmSync(home, { recursive: true, force: true })
}

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
console.log(
  `dsprice ${version}, Node ${process.version}, seed ${seed}: ${done} runs, the slowest ${Math.round(slowest)} ms`,
)
for (const [kind, row] of [...tally].sort()) {
  const exits = [...row].sort(([a], [b]) => a - b).map(([exit, times]) => `exit ${exit}: ${times}`)
  console.log(`  ${kind.padEnd(14)} ${exits.join(', ')}`)
}
for (const { run, argv, why } of failures.slice(0, 20))
  console.log(`FAILED run ${run}: ${why}\n  ${JSON.stringify(argv)}`)
console.log(`${done - failures.length} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
