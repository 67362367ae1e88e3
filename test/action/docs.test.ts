import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { dsprice, repository } from '../fake-io.ts'
import { action } from './job.ts'
import { bot, clean, git, newFolder, pullRequest, write } from './repo.ts'

// What docs/ci.md says to paste, tried.

const page = readFileSync(join(repository, 'docs/ci.md'), 'utf8')

const blocks = [...page.matchAll(/^```(yaml|sh)\n([\s\S]*?)^```$/gm)].map(([, , text = '']) => text)

const blockWith = (part: string): string => {
  const [found, ...others] = blocks.filter(text => text.includes(part))
  if (found === undefined || others.length > 0) throw new Error(`not one block with ${part}`)
  return found
}

const tools = newFolder()

beforeAll(() => {
  write(tools, {
    npm: '#!/bin/sh\nexit 0\n',
    npx: `#!/bin/sh\nshift 2\nexec ${process.execPath} ${join(repository, 'bin/dsprice.js')} "$@"\n`,
  })
  for (const name of ['npm', 'npx']) chmodSync(join(tools, name), 0o755)
})

afterAll(clean)

const bash = (
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { code: number; log: string } => {
  const PATH = `${tools}:${process.env['PATH']}`
  const ran = spawnSync('bash', ['-eo', 'pipefail', '-c', script], { cwd, env: { PATH, ...env }, encoding: 'utf8' })
  return { code: ran.status ?? -1, log: ran.stdout + ran.stderr }
}

const config = 'scenarios: [bot.yaml]\n'

const grownTo = (output: string): ReturnType<typeof pullRequest> =>
  pullRequest(
    {
      before: { 'bot.yaml': bot(), 'dsprice.config.yaml': config },
      after: { 'bot.yaml': bot(output), 'note.txt': 'x' },
    },
    { depth: 100 },
  )

describe('the GitLab job', () => {
  const job = z
    .strictObject({
      image: z.string(),
      rules: z.array(z.strictObject({ if: z.string() })),
      variables: z.record(z.string(), z.union([z.string(), z.number()])),
      script: z.array(z.string()),
      artifacts: z.strictObject({
        when: z.literal('always'),
        paths: z.array(z.string()),
        reports: z.strictObject({ junit: z.string() }),
      }),
    })
    .parse(parse(blockWith('CI_MERGE_REQUEST_DIFF_BASE_SHA')).cost)
  const script = job.script.join('\n')

  it.each([
    // 0.2088 and 0.2436 USD: within 10% more, and over it.
    ['10K', 0],
    ['20K', 1],
  ])('an answer of %s ends it with %i', (output, code) => {
    const { workspace, base } = grownTo(output)
    expect(bash(script, workspace, { CI_MERGE_REQUEST_DIFF_BASE_SHA: base })).toMatchObject({ code })
    for (const name of job.artifacts.paths) expect(existsSync(join(workspace, name))).toBe(true)
    expect(existsSync(join(workspace, job.artifacts.reports.junit))).toBe(true)
  })

  it('ends with 2 where there is no such baseline', () => {
    const { workspace } = grownTo('10K')
    expect(bash(script, workspace, { CI_MERGE_REQUEST_DIFF_BASE_SHA: 'f'.repeat(40) })).toMatchObject({ code: 2 })
  })
})

it('the pre-push hook compares with where the branch began', () => {
  const { workspace, base } = grownTo('20K')
  git(workspace, 'update-ref', 'refs/remotes/origin/main', base)
  expect(bash(blockWith('#!/bin/sh'), workspace)).toMatchObject({ code: 1 })
})

it('the pre-commit entry names the hook that there is, and flags that there are', async () => {
  const { repos } = parse(blockWith('dsprice-check'))
  const [{ id }] = parse(readFileSync(join(repository, '.pre-commit-hooks.yaml'), 'utf8'))
  expect(repos[0].hooks[0]).toEqual({ id, args: ['--baseline', 'git:HEAD'] })
  const { workspace } = grownTo('10K')
  expect(await dsprice(['check', ...repos[0].hooks[0].args], workspace)).toMatchObject({ code: 0 })
})

describe('the GitHub job', () => {
  const pins = (text: string): string[] => text.match(/actions\/[\w-]+@[0-9a-f]{40} # v[\d.]+/g) ?? []

  it('pins what our own workflows pin', () => {
    const ours = pins(readFileSync(join(repository, '.github/workflows/budget.yml'), 'utf8'))
    expect(pins(blockWith('pull-requests: write'))).toEqual(ours)
  })

  it('knows every input and output, and no other', () => {
    const [, said = ''] = /lists all inputs: (.*)$/m.exec(page) ?? []
    const named = [...said.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name).filter(name => name !== 'yaml')
    expect(named.sort()).toEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)].sort())
    for (const name of Object.keys(parse(blockWith('artifact: cost-of-bots')).with))
      expect(action.inputs).toHaveProperty(name)
  })
})

it('the configuration is one that dsprice reads', async () => {
  const { workspace } = grownTo('10K')
  const text = blockWith('defaults: { max_increase').replace('scenarios/]', 'bot.yaml]')
  write(workspace, { 'dsprice.config.yaml': text })
  const { code, err } = await dsprice(['check'], workspace)
  expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('BUDGET_UNUSED') })
})

it('names every key of a budget', async () => {
  const { out } = await dsprice(['schema', 'scenario'])
  const [, table = ''] = /^## The keys\n([\s\S]*?)^USD are/m.exec(page) ?? []
  const keys = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key)
  const known = Object.keys(JSON.parse(out).properties.budget.properties)
  expect(keys.sort()).toEqual([...known, 'per_run'].sort())
})

it('this repository keeps the budget that its workflow holds', async () => {
  expect(await dsprice(['check', '--config', '.github/budget.yaml'])).toMatchObject({ code: 0 })
})
