import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { repository } from '../fake-io.ts'

/** Plays action.yml as a runner does: its own steps and scripts, in order, by their conditions. */

const text = z.strictObject({
  description: z.string(),
  default: z.string().optional(),
  required: z.boolean().optional(),
})

const common = {
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
  'continue-on-error': z.boolean().default(false),
}

const ran = z.strictObject({
  ...common,
  run: z.string(),
  shell: z.string(),
  'working-directory': z.string().optional(),
})
const used = z.strictObject({ ...common, uses: z.string(), with: z.record(z.string(), z.string()).default({}) })

/** What GitHub documents of a composite action's metadata; an unknown key is an error. */
const schema = z.strictObject({
  name: z.string(),
  author: z.string().optional(),
  description: z.string(),
  branding: z.strictObject({ icon: z.string(), color: z.string() }).optional(),
  inputs: z.record(z.string().regex(/^[a-z][a-z-]*$/), text),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(z.union([ran, used])) }),
})

export const action = schema.parse(parse(readFileSync(join(repository, 'action.yml'), 'utf8')))

type Step = (typeof action)['runs']['steps'][number]

export interface Setting {
  /** The checked-out repository. */
  readonly workspace: string
  /** RUNNER_TEMP; new for each job. */
  readonly temp: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly eventName?: string
  readonly event?: object
  readonly api?: string
  /** Where the action was checked out. */
  readonly home?: string
  readonly token?: string
  /** Steps that are not played, with the outputs that they would have set. */
  readonly done?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface Job {
  /** 0, or the exit code of the last step that failed. */
  readonly code: number
  /** All that the steps printed, with what they wrote to stderr. */
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
  /** Exit codes of the steps that ran, by id or name; -1: an action of others, not played. */
  readonly ran: Readonly<Record<string, number>>
  /** What the actions of others were given, by name. */
  readonly given: Readonly<Record<string, Readonly<Record<string, string>>>>
}

interface State {
  readonly outputs: Record<string, Readonly<Record<string, string>>>
  failed: number
}

/** The few forms of GitHub's expressions that action.yml has; any other is an error. */
const evaluate = (written: string, inputs: Readonly<Record<string, string>>, { token, state }: Known): string => {
  const of = (term: string): string => {
    const [, input] = /^inputs\.([a-z-]+)$/.exec(term) ?? []
    if (input !== undefined) {
      const value = inputs[input]
      if (value === undefined) throw new Error(`no input ${input}`)
      return value
    }
    const [, id, output] = /^steps\.([a-z]+)\.outputs\.([a-z-]+)$/.exec(term) ?? []
    if (id !== undefined && output !== undefined) return state.outputs[id]?.[output] ?? ''
    const [, literal] = /^'([^']*)'$/.exec(term) ?? []
    if (literal !== undefined) return literal
    if (term === 'github.token') return token
    if (term === '!cancelled()') return 'true'
    const [, left, right] = /^(\S+) != (\S+)$/.exec(term) ?? []
    if (left !== undefined && right !== undefined) return of(left) === of(right) ? '' : 'true'
    throw new Error(`cannot evaluate ${term}`)
  }
  return written.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    if (expression.includes(' || ')) return expression.split(' || ').map(of).find(Boolean) ?? ''
    return expression.split(' && ').reduce((held, term) => held && of(term), 'true')
  })
}

interface Known {
  readonly token: string
  readonly state: State
}

const readOutputs = (file: string): Record<string, string> =>
  Object.fromEntries(
    [...readFileSync(file, 'utf8').matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(
      ([, name = '', , value = '']) => [name, value],
    ),
  )

/** As a runner calls `shell: bash`. */
const runBash = (
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; log: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], { cwd, env })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? 4, log: Buffer.concat(chunks).toString() }))
  })

/** A clean environment: what a runner sets, and nothing of ours. */
const environment = (
  { workspace, temp, eventName = 'push', event = {}, api = 'http://127.0.0.1:9', home = repository }: Setting,
  files: Readonly<Record<string, string>>,
): Record<string, string> => {
  const path = join(temp, 'event.json')
  writeFileSync(path, JSON.stringify(event))
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: temp,
    GIT_CONFIG_NOSYSTEM: '1',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: home,
    GITHUB_API_URL: api,
    GITHUB_GRAPHQL_URL: `${api}/graphql`,
    GITHUB_EVENT_NAME: eventName,
    GITHUB_EVENT_PATH: path,
    GITHUB_REPOSITORY: 'acme/bots',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    ...files,
  }
}

const nameOf = ({ id, name = '' }: Step): string => id ?? name

/** Plays the job to its end. */
export const play = async (setting: Setting): Promise<Job> => {
  const { workspace, temp, token = '', done = {} } = setting
  const state: State = { outputs: { ...done }, failed: 0 }
  const defaults = Object.entries(action.inputs).map(([name, { default: value = '' }]): [string, string] => [
    name,
    evaluate(value, {}, { token, state }),
  ])
  const inputs = { ...Object.fromEntries(defaults), ...setting.inputs }
  const fill = (written: string): string => evaluate(written, inputs, { token, state })
  const fillAll = (written: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(written).map(([name, value]) => [name, fill(value)]))
  const [ranSteps, given]: [Job['ran'] & Record<string, number>, Record<string, Record<string, string>>] = [{}, {}]
  let [log, summary] = ['', '']
  for (const [i, step] of action.runs.steps.entries()) {
    if (nameOf(step) in done) continue
    if (step.if === undefined ? state.failed > 0 : fill(step.if) === '') continue
    if ('uses' in step) {
      ranSteps[nameOf(step)] = -1
      given[nameOf(step)] = fillAll(step.with)
      continue
    }
    const files = join(temp, `step-${i}`)
    mkdirSync(files)
    const paths = { GITHUB_OUTPUT: join(files, 'output'), GITHUB_STEP_SUMMARY: join(files, 'summary') }
    for (const path of Object.values(paths)) writeFileSync(path, '')
    writeFileSync(join(files, 'run.sh'), step.run)
    const env = { ...environment(setting, paths), ...fillAll(step.env) }
    const { code, log: said } = await runBash(join(files, 'run.sh'), workspace, env)
    ranSteps[nameOf(step)] = code
    if (code !== 0) state.failed = code
    state.outputs[nameOf(step)] = readOutputs(paths.GITHUB_OUTPUT)
    log += said
    summary += readFileSync(paths.GITHUB_STEP_SUMMARY, 'utf8')
  }
  const outputs = fillAll(Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, value])))
  return { code: state.failed, log, summary, outputs, ran: ranSteps, given }
}
