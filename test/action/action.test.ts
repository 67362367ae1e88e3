import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { repository } from '../fake-io.ts'
import { action } from './job.ts'

const { steps } = action.runs
const read = (path: string): string => readFileSync(join(repository, path), 'utf8')

const workflows = readdirSync(join(repository, '.github/workflows')).map(name => `.github/workflows/${name}`)

describe('action.yml', () => {
  it('pins the actions of others to commits, with their version beside', () => {
    const uses = ['action.yml', ...workflows].flatMap(path => read(path).match(/^.*\buses: .*$/gm) ?? [])
    expect(uses.length).toBeGreaterThan(3)
    for (const line of uses) {
      if (!line.includes('uses: ./')) expect(line).toMatch(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
    }
  })

  it('takes the same commit of an action everywhere', () => {
    const pins = ['action.yml', ...workflows].flatMap(path => read(path).match(/[\w-]+\/[\w-]+@[0-9a-f]{40}/g) ?? [])
    const names = new Set(pins.map(pin => pin.split('@')[0]))
    expect(new Set(pins).size).toBe(names.size)
  })

  it('pastes no expression into a script', () => {
    for (const step of steps) if ('run' in step) expect(step.run).not.toContain('${{')
  })

  it('runs scripts that are there, in a shell that is named', () => {
    for (const step of steps) {
      if (!('run' in step)) continue
      expect(step.shell).toBe('bash')
      const [, script] = /^node "\$GITHUB_ACTION_PATH\/(\.github\/action\/\w+\.mjs)"$/.exec(step.run) ?? []
      if (script === undefined) expect(step.run).toMatch(/^case "\$EXIT_CODE" in/)
      else expect(existsSync(join(repository, script))).toBe(true)
    }
  })

  it('hands the token to the comment alone', () => {
    const holders = steps.filter(step => JSON.stringify(step).includes('inputs.token'))
    expect(holders.map(({ name }) => name)).toEqual(['Comment'])
  })

  it('ends with the verdict, which no earlier failure skips', () => {
    expect(steps.at(-1)).toMatchObject({
      name: 'Verdict',
      if: expect.stringMatching(/^\$\{\{ !cancelled\(\) }}$/),
      'continue-on-error': false,
    })
  })

  it('reads every input, and gives scripts what they read', () => {
    const all = JSON.stringify(action)
    for (const name of Object.keys(action.inputs)) expect(all).toContain(`inputs.${name}`)
    const given = new Set(steps.flatMap(({ env }) => Object.keys(env)))
    for (const name of readdirSync(join(repository, '.github/action'))) {
      const asked = [...read(`.github/action/${name}`).matchAll(/\b(?:input|isOn|oneOf|lines)\('([A-Z_]+)'/g)]
      for (const [, key] of asked) expect(given).toContain(`INPUT_${key}`)
    }
  })
})

const hook = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  entry: z.string(),
  language: z.literal('node'),
  pass_filenames: z.boolean(),
  always_run: z.boolean(),
  stages: z.array(z.enum(['pre-commit', 'pre-push', 'manual'])),
  minimum_pre_commit_version: z.string(),
})

it('has a pre-commit hook that runs a program of this package', () => {
  const [only, ...others] = z.array(hook).parse(parse(read('.pre-commit-hooks.yaml')))
  expect(others).toEqual([])
  expect(only).toMatchObject({ id: 'dsprice-check', entry: 'dsprice check', pass_filenames: false })
  expect(Object.keys(JSON.parse(read('package.json')).bin)).toContain('dsprice')
  // pre-commit takes all that `npm pack` prints for the name of the tarball.
  expect(read('.npmrc')).toMatch(/^foreground-scripts=false$/m)
})
