import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { repository } from '../fake-io.ts'
import { removeFolder } from '../remove-folder.ts'
import { type Job, play, type Setting } from './job.ts'

/** Repositories to check, as a workflow would check them out. */

export const scratch = mkdtempSync(join(tmpdir(), 'dsprice-action-'))

export const clean = (): void => removeFolder(scratch)

let count = 0

/** A new folder. */
export const newFolder = (): string => {
  const folder = join(scratch, String(++count))
  mkdirSync(folder, { recursive: true })
  return folder
}

export const git = (folder: string, ...argv: readonly string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main', ...argv],
    { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  ).trim()

export const write = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

export const commit = (folder: string, files: Readonly<Record<string, string>>): string => {
  write(folder, files)
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'change')
  return git(folder, 'rev-parse', 'HEAD')
}

/**
 * One request of 100K tokens in, at $1.74 and $3.48 per 1M: headline = 0.174 + output × 0.00000348.
 * 10K out costs $0.2088, 100K out $0.522.
 */
export const bot = (
  output = '10K',
  budget = '{ view: headline, per_period: 0.30, max_increase: 10% }',
): string => `name: bot
pricing: "2026-05-15"
at: 2026-05-15
model: deepseek-v4-pro
request: { turn: 100K, output: ${output} }
budget: ${budget}
`

/** A repository with one commit. */
export const newRepository = (files: Readonly<Record<string, string>>): { folder: string; first: string } => {
  const folder = newFolder()
  git(folder, 'init', '-q')
  return { folder, first: commit(folder, files) }
}

export interface PullRequest {
  /** The clone that the job works in. */
  readonly workspace: string
  readonly event: object
  /** What the pull request is merged into. */
  readonly base: string
}

/** A pull request as actions/checkout leaves it: HEAD is a merge of the head into the base, in a clone of some depth. */
export const pullRequest = (
  { before, after }: Readonly<Record<'before' | 'after', Readonly<Record<string, string>>>>,
  { depth = 1, number = 7 } = {},
): PullRequest => {
  const { folder } = newRepository({ 'README.md': 'x', ...before })
  const old = git(folder, 'rev-parse', 'HEAD')
  git(folder, 'checkout', '-qb', 'topic')
  const head = commit(folder, after)
  git(folder, 'checkout', '-q', 'main')
  // The base has moved on since, and the event may name the commit before.
  const base = commit(folder, { 'other.txt': 'y' })
  git(folder, 'checkout', '-q', '--detach')
  git(folder, 'merge', '-q', '--no-ff', '-m', 'merge', 'topic')
  git(folder, 'branch', 'merged')
  git(folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const workspace = join(newFolder(), 'work')
  git(scratch, 'clone', '-q', `--depth=${depth}`, '--branch=merged', `file://${folder}`, workspace)
  return { workspace, base, event: { pull_request: { number, base: { sha: old }, head: { sha: head } } } }
}

/**
 * Puts a dsprice into node_modules that is the real one, but for the formats given, which print what is given.
 * Takes `source: local`.
 */
export const standIn = (workspace: string, formats: Readonly<Record<string, string>>): void =>
  write(join(workspace, 'node_modules/dsprice'), {
    'package.json': '{ "name": "dsprice", "type": "commonjs" }',
    'bin/dsprice.js': `const { spawnSync } = require('node:child_process')
const { writeFileSync } = require('node:fs')
const argv = process.argv.slice(2)
const valueOf = flag => argv.find(argument => argument.startsWith(flag))?.slice(flag.length)
const text = argv[0] === 'render' ? ${JSON.stringify(formats)}[valueOf('--format=')] : undefined
if (text === undefined) {
  process.exitCode = spawnSync(process.execPath, [${JSON.stringify(join(repository, 'bin/dsprice.js'))}, ...argv], { stdio: 'inherit' }).status
} else if (valueOf('--output=')) writeFileSync(valueOf('--output='), text)
else process.stdout.write(text)
`,
  })

/** Its check and its verdict, without reports. */
export const playIn = (workspace: string, { inputs, ...setting }: Partial<Setting> = {}): Promise<Job> =>
  play({
    temp: newFolder(),
    done: { install: { program: join(repository, 'bin/dsprice.js') }, report: {} },
    ...setting,
    workspace,
    inputs: { scenarios: 'bot.yaml', comment: 'false', ...inputs },
  })

/** The result that a job handed on. */
export const resultOf = ({ outputs }: Job): unknown => JSON.parse(readFileSync(outputs['result'] ?? '', 'utf8'))
