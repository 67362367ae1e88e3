import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fetchNodes, installPackage, listReleases, newestOf } from '../nodes.mjs'

/**
 * Installs the one tarball of a folder elsewhere and runs it, without a network where that can be had, on the oldest
 * Node that the package names, one in the middle of that major, and the newest of each major with long support. Every
 * run must end as it should, and with the same bytes on all of them.
 * Usage: node every-node.mjs FOLDER
 */

const MAJORS = [20, 22, 24, 26]

/** What the installed package is asked, and the exit code that it must end with; its own scenarios, at a fixed day. */
const own = path => join('node_modules/dsprice/scenarios', path)
const RUNS = [
  [0, ['--version']],
  [0, ['estimate', own('coding-agent.yaml')]],
  [0, ['estimate', own('market-today.yaml'), own('support-bot.yaml'), '--json', '--at', '2026-11-23']],
  [0, ['compare', own('support-bot.yaml'), '--all', '--at', '2026-11-23']],
  [0, ['compare', '--models', 'deepseek-v4-pro,gpt-5.5,claude-opus-4.7', '--format', 'csv', '--at', '2026-11-23']],
  [0, ['tokens', own('support-bot/system.md'), '--model', 'deepseek-v4-pro']],
  [0, ['tokens', own('support-bot/system.md'), '--model', 'gpt-5.5', '--json']],
  [0, ['check', own('support-bot.yaml'), '--at', '2026-11-23']],
  [1, ['check', own('support-bot.yaml'), '--at', '2026-11-23', '--set', 'request.turns=6']],
  [2, ['estimate', 'no-such-file.yaml']],
  [3, ['estimate', own('coding-agent.yaml'), '--set', 'model=no-such-model']],
]

const releases = listReleases()

/** The oldest Node of the manifest's `>=20.19`, the newest of its major, and what lies half-way between. */
const versionsFor = ({ engines }) => {
  const oldest = `${engines.node.replace('>=', '')}.0`
  const major = Number(oldest.split('.')[0])
  const first = releases.indexOf(oldest)
  if (first < 0) throw new Error(`the npm package node has no ${oldest}, the oldest that package.json names`)
  const last = releases.indexOf(newestOf(releases, major))
  return [...new Set([oldest, releases[(first + last) >> 1], ...MAJORS.map(line => newestOf(releases, line))])]
}

const hasNoNetwork = spawnSync('unshare', ['--net', 'true']).status === 0

/** One run: how it ended, and all that it wrote. */
const ask = (node, argv, cwd) => {
  const call = [...(hasNoNetwork ? ['unshare', '--net'] : []), node, 'node_modules/dsprice/bin/dsprice.js', ...argv]
  const { status, signal, stdout, stderr, error } = spawnSync(call[0], call.slice(1), {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd },
    maxBuffer: 1 << 26,
  })
  if (error) throw error
  return { ended: signal ?? status, stdout: stdout.toString('latin1'), stderr: stderr.toString('latin1') }
}

const digest = runs => createHash('sha256').update(JSON.stringify(runs)).digest('hex').slice(0, 12)

/** Why a run is not as it should be, or nothing; `wanted` is the first run of the same call that ended as it should. */
const faultOf = (code, run, wanted) => {
  if (run.ended !== code) return `ended with ${run.ended}, not ${code}: ${run.stderr.slice(0, 500)}`
  if (code < 2 && run.stdout === '') return 'printed nothing'
  for (const stream of ['stdout', 'stderr']) if (run[stream] !== wanted[stream]) return `other bytes on ${stream}`
  return null
}

const [folder] = process.argv.slice(2).map(path => resolve(path))
const [tarball, ...others] = readdirSync(folder).filter(name => name.endsWith('.tgz'))
if (tarball === undefined || others.length > 0) throw new Error(`${folder} has not one tarball`)

const work = mkdtempSync(join(tmpdir(), 'dsprice-nodes-'))
try {
  const app = join(work, 'app')
  installPackage(join(folder, tarball), app)
  const manifest = JSON.parse(readFileSync(join(app, 'node_modules/dsprice/package.json'), 'utf8'))
  const nodes = fetchNodes(versionsFor(manifest), join(work, 'nodes'))
  console.log(`${tarball}, ${hasNoNetwork ? 'without a network' : 'with a network: unshare is not to be had'}`)
  const asked = [...nodes].map(([version, node]) => ({ version, runs: RUNS.map(([, argv]) => ask(node, argv, app)) }))
  let failed = 0
  for (const { version, runs } of asked) {
    console.log(`Node ${version.padEnd(8)} ${digest(runs)}`)
    for (const [i, [code, argv]] of RUNS.entries()) {
      const wanted = asked.map(other => other.runs[i]).find(run => run.ended === code)
      const fault = faultOf(code, runs[i], wanted)
      if (fault === null) continue
      failed += 1
      console.log(`  dsprice ${argv.join(' ')}\n    ${fault}`)
    }
  }
  const all = nodes.size * RUNS.length
  console.log(`Runs  ${failed} failed | ${all - failed} passed (${all})`)
  process.exitCode = failed > 0 ? 1 : 0
} finally {
  rmSync(work, { recursive: true, force: true })
}
