import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'
import { type Hub, openHub } from './hub.ts'
import { type Job, play } from './job.ts'
import { bot, clean, newFolder, write } from './repo.ts'

// The comment's step against a server that stands in for GitHub's API.

const hubs: Hub[] = []
const folder = newFolder()

const MARKDOWN = '<!-- dsprice-check -->\n## Cost\n'

beforeAll(async () => {
  write(folder, { 'bot.yaml': bot(), 'over.yaml': bot('100K'), 'cost.md': MARKDOWN })
  for (const name of ['bot', 'over']) await dsprice(['check', `${name}.yaml`, '--json', '-o', `${name}.json`], folder)
})

afterAll(async () => {
  for (const hub of hubs) await hub.close()
  clean()
})

const newHub = async (): Promise<Hub> => {
  const hub = await openHub()
  hubs.push(hub)
  return hub
}

interface Around {
  readonly hub?: Hub
  readonly token?: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly event?: object
  /** What was checked: within, or over. */
  readonly checked?: 'bot' | 'over'
  readonly markdown?: string
}

const EVENT = { pull_request: { number: 7, base: { sha: 'x' }, head: { sha: 'y' } } }

/** Plays what follows a check that is done. */
const comment = ({ hub, inputs = {}, checked = 'bot', markdown = 'cost.md', ...around }: Around): Promise<Job> =>
  play({
    workspace: folder,
    temp: newFolder(),
    inputs,
    event: EVENT,
    token: 'app',
    done: {
      install: { program: 'none' },
      check: { 'exit-code': checked === 'bot' ? '0' : '1', result: join(folder, `${checked}.json`) },
      report: { markdown: join(folder, markdown) },
    },
    ...around,
    ...(hub ? { api: hub.url } : {}),
  })

const BEGIN = '<!-- dsprice-check -->\n<!-- dsprice-check -->\n'

describe('the comment', () => {
  it('is written once, and updated in place from then on', async () => {
    const hub = await newHub()
    expect(await comment({ hub })).toMatchObject({ code: 0, ran: { Comment: 0 } })
    expect(hub.comments).toMatchObject([{ body: `${BEGIN}## Cost\n` }])
    const [first] = hub.comments
    if (first) first.body = `${BEGIN}## Old\n`.replaceAll('\n', '\r\n')
    expect(await comment({ hub, checked: 'over' })).toMatchObject({ code: 1, ran: { Comment: 0 } })
    expect(hub.comments).toMatchObject([{ id: 1000, body: `${BEGIN}## Cost\n` }])
  })

  it('is found behind a hundred others', async () => {
    const hub = await newHub()
    const user = { login: 'octo', type: 'User' } as const
    hub.comments.push(...Array.from({ length: 130 }, (_, id) => ({ id, body: 'hello', user })))
    hub.comments.push({ id: 500, body: `${BEGIN}## Old\n`, user: { login: 'github-actions[bot]', type: 'Bot' } })
    await comment({ hub })
    expect(hub.comments).toHaveLength(131)
    expect(hub.comments.at(-1)).toMatchObject({ id: 500, body: `${BEGIN}## Cost\n` })
  })

  it.each([
    ['app', { login: 'octo', type: 'User' }],
    ['person', { login: 'octo', type: 'User' }],
    ['person', { login: 'github-actions[bot]', type: 'Bot' }],
  ] as const)('with a token of %s leaves alone what %o wrote, whatever it begins with', async (token, user) => {
    const hub = await newHub()
    hub.comments.push({ id: 1, body: `${BEGIN}## Within, honestly\n`, user })
    await comment({ hub, token })
    expect(hub.comments).toMatchObject([{ body: `${BEGIN}## Within, honestly\n` }, { body: `${BEGIN}## Cost\n` }])
    await comment({ hub, token })
    expect(hub.comments).toHaveLength(2)
  })

  // On a server that does not say who an app's token is of, any app's comment may be ours until it refuses.
  it.each([false, true])(
    'leaves alone what another app wrote before it, and keeps its own; silent: %s',
    async isSilent => {
      const hub = await newHub()
      hub.isSilent = isSilent
      const user = { login: 'other[bot]', type: 'Bot' } as const
      hub.comments.push({ id: 1, body: `${BEGIN}## Within, honestly\n`, user })
      for (const checked of ['bot', 'over'] as const) {
        expect(await comment({ hub, checked })).toMatchObject({ ran: { Comment: 0 } })
        expect(hub.comments).toMatchObject([
          { body: `${BEGIN}## Within, honestly\n`, user },
          { body: `${BEGIN}## Cost\n`, user: { login: 'github-actions[bot]' } },
        ])
      }
      expect(hub.calls.filter(call => call.startsWith('PATCH') && call.endsWith('/1'))).toHaveLength(isSilent ? 2 : 0)
    },
  )

  it('of another check stays beside it', async () => {
    const hub = await newHub()
    await comment({ hub })
    await comment({ hub, inputs: { artifact: 'other --> check' } })
    await comment({ hub })
    expect(hub.comments.map(({ body }) => body)).toEqual([
      `${BEGIN}## Cost\n`,
      '<!-- dsprice-check -->\n<!-- other%20-%2D%3E%20check -->\n## Cost\n',
    ])
  })

  it.each([403, 404])('is left out without failing the job where writing is answered %i', async status => {
    const hub = await newHub()
    hub.refuses = status
    const job = await comment({ hub })
    expect(job).toMatchObject({ code: 0, ran: { Comment: 0 } })
    expect(job.log).toMatch(new RegExp(`^::notice .*The token may not comment \\(${status}\\)`, 'm'))
    expect(hub.comments).toEqual([])
  })

  it('keeps the verdict of a check that is over where the token may only read', async () => {
    const hub = await newHub()
    hub.refuses = 403
    expect(await comment({ hub, checked: 'over' })).toMatchObject({ code: 1, ran: { Comment: 0 } })
  })

  it('is left out without a token, and nobody is called', async () => {
    const hub = await newHub()
    const job = await comment({ hub, token: '' })
    expect(job).toMatchObject({ code: 0 })
    expect(job.log).toContain('No token, so no comment')
    expect(hub.calls).toEqual([])
  })

  it('is left out where there is no pull request, or none is wanted', async () => {
    const hub = await newHub()
    const job = await comment({ hub, event: {} })
    expect(job).toMatchObject({ code: 0 })
    expect(job.log).toContain('This is no pull request')
    expect((await comment({ hub, inputs: { comment: 'false' } })).ran).not.toHaveProperty('Comment')
    expect(hub.calls).toEqual([])
  })

  it('that cannot be written is a warning: GitHub fails, or is not there', async () => {
    const hub = await newHub()
    hub.refuses = 500
    for (const around of [{ hub }, {}]) {
      const job = await comment(around)
      expect(job).toMatchObject({ code: 0, ran: { Comment: 0 } })
      expect(job.log).toMatch(/^::warning .*No comment: GitHub /m)
    }
  })

  it('changed: begins only where there is something to tell, and is kept up to date then', async () => {
    const hub = await newHub()
    const changed = { comment: 'changed' }
    await comment({ hub, inputs: changed })
    expect(hub.comments).toEqual([])
    await comment({ hub, inputs: changed, checked: 'over' })
    expect(hub.comments).toHaveLength(1)
    const [first] = hub.comments
    if (first) first.body = `${BEGIN}## Old\n`
    await comment({ hub, inputs: changed })
    expect(hub.comments).toMatchObject([{ body: `${BEGIN}## Cost\n` }])
  })

  it('says so where the check could not run, instead of leaving an old one standing', async () => {
    const hub = await newHub()
    await comment({ hub })
    const done = { install: { program: join(repository, 'bin/dsprice.js') } }
    const around = { workspace: folder, temp: newFolder(), event: EVENT, token: 'app', api: hub.url, done }
    expect(await play({ ...around, inputs: { scenarios: 'none/*.yaml', baseline: 'none' } })).toMatchObject({ code: 2 })
    expect(hub.comments).toMatchObject([{ body: expect.stringContaining('dsprice check could not run (exit 2)') }])
  })

  it('carries names as they are, and cuts what GitHub would not take', async () => {
    const hub = await newHub()
    const hostile = `$(touch pwned) \`touch pwned\` "'\\n --> </details> $\\{{ secrets }}`
    write(folder, { 'long.md': `${MARKDOWN}${hostile}\n${'row\n'.repeat(30_000)}` })
    expect(await comment({ hub, markdown: 'long.md' })).toMatchObject({ code: 0 })
    const [only] = hub.comments
    expect(only?.body.startsWith(`${BEGIN}## Cost\n${hostile}\nrow\n`)).toBe(true)
    expect(only?.body).toMatch(/\nrow\n\nCut here; the summary of the job has all of it.\n$/)
  })
})

it('keeps the token from dsprice and every other step', async () => {
  const workspace = newFolder()
  write(join(workspace, 'node_modules/dsprice'), {
    'package.json': '{}',
    'bin/dsprice.js': `require('node:fs').writeFileSync('env.json', JSON.stringify(process.env))`,
  })
  const inputs = { source: 'local', comment: 'false', token: 'secret-of-the-job' }
  await play({ workspace, temp: newFolder(), inputs, token: 'secret-of-the-job' })
  expect(readFileSync(join(workspace, 'env.json'), 'utf8')).not.toContain('secret-of-the-job')
})
