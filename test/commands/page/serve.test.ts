import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../../../src/cli.ts'
import { fakeIo } from '../../fake-io.ts'

const home = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(home, { recursive: true }))

const GOOD = 'name: bot\nmodel: gpt-5.5\nrequest:\n  shared: { file: ../prompts/system.md }\n  output: 100\n'

interface Answer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

/** A real request. */
const ask = (address: string, { method = 'GET', headers = {} } = {}): Promise<Answer> =>
  new Promise((done, fail) => {
    const sent = request(address, { method, headers, agent: false }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', piece => {
        text += piece
      })
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, text }))
    })
    sent.on('error', fail).end()
  })

/** Waits for the next event. */
const nextEvent = (address: string): Promise<string> =>
  new Promise((done, fail) => {
    get(address, { agent: false }, response => {
      response.setEncoding('utf8').on('data', piece => {
        response.destroy()
        done(String(piece))
      })
    }).on('error', fail)
  })

const until = async <T>(find: () => T | null | Promise<T | null>): Promise<T> => {
  for (;;) {
    const found = await find()
    if (found !== null) return found
    await new Promise(done => setTimeout(done, 20))
  }
}

let stop: () => void
let ended: Promise<number>
let io: ReturnType<typeof fakeIo>
let address: string

beforeEach(async () => {
  rmSync(home, { recursive: true })
  for (const folder of ['.git', 'bots', 'prompts']) mkdirSync(join(home, folder), { recursive: true })
  writeFileSync(join(home, 'bots/bot.yaml'), GOOD)
  writeFileSync(join(home, 'prompts/system.md'), 'You answer questions.')
  const stopped = new Promise<void>(done => {
    stop = done
  })
  io = fakeIo(home, { newer: true, stopped })
  ended = run(['serve', 'bots'], io)
  address = (await until(() => /^(http:\S+)\n$/.exec(io.out)?.[1] ?? null)) ?? ''
})

afterEach(async () => {
  stop()
  expect(await ended).toBe(0)
})

describe('dsprice serve', () => {
  it('prints the address alone: this machine, any free port, a path of 128 random bits', () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/$/)
    expect(io.err).toBe('')
  })

  it('serves the page, which may listen for changes and is kept from others', async () => {
    const { status, headers, text } = await ask(address)
    expect(status).toBe(200)
    expect(text).toContain('"name":"bot"')
    expect(text).toContain("connect-src 'self'")
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
  })

  it('tells of a change to a scenario, to a file that it names, and of a new scenario', async () => {
    const changes: readonly [string, string, string][] = [
      ['bots/bot.yaml', GOOD.replace('100', '3456'), '3456'],
      ['prompts/system.md', 'You answer questions, at some length and with care.', '"shared"'],
      ['bots/second.yaml', GOOD.replace('name: bot', 'name: second'), '"name":"second"'],
    ]
    for (const [path, text, shown] of changes) {
      const { text: before } = await ask(address)
      const told = nextEvent(`${address}events`)
      await new Promise(done => setTimeout(done, 100))
      writeFileSync(join(home, path), text)
      expect(await told).toBe('data: changed\n\n')
      const { text: after } = await ask(address)
      expect(after).not.toBe(before)
      expect(after).toContain(shown)
    }
  })

  it('shows faults in the words of a terminal, without markup of theirs, until they are fixed', async () => {
    writeFileSync(
      join(home, 'bots/bot.yaml'),
      GOOD.replace('name: bot', 'name: bot\n"<img src=x onerror=alert(1)>": 1'),
    )
    const faulty = await until(async () => {
      const { text } = await ask(address)
      return text.includes('<pre') ? text : null
    })
    const told = fakeIo(home, { newer: true })
    expect(await run(['estimate', 'bots'], told)).toBe(2)
    const shown = /<pre[^>]*>([\s\S]*)<\/pre>/
      .exec(faulty)?.[1]
      ?.replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
    expect(shown).toBe(told.err)
    expect(shown).toContain('bots/bot.yaml:2:1')
    expect(faulty).not.toContain('<img')
    writeFileSync(join(home, 'bots/bot.yaml'), GOOD)
    await until(async () => ((await ask(address)).text.includes('"name":"bot"') ? true : null))
  })

  it.each([
    { it: 'another path', path: '/', status: 404 },
    { it: 'another token', path: `/${'0'.repeat(32)}/`, status: 404 },
    { it: 'a file beside the page', path: 'bot.yaml', status: 404 },
    { it: 'a way up', path: '../bots/bot.yaml', status: 404 },
    { it: 'a way up that is coded', path: '%2e%2e/bots/bot.yaml', status: 404 },
    { it: 'events without the token', path: '/events', status: 404 },
    { it: 'the page with a query', path: '?a', status: 404 },
  ])('refuses $it', async ({ path, status }) => {
    const answer = await ask(new URL(path, address).href)
    expect(answer).toMatchObject({ status, text: '' })
  })

  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '[::1]'])(
    'refuses the host %s, as a name that is led here has',
    async host => {
      expect(await ask(address, { headers: { host } })).toMatchObject({ status: 403, text: '' })
      expect(await ask(`${address}events`, { headers: { host } })).toMatchObject({ status: 403, text: '' })
    },
  )

  it('knows itself as localhost', async () => {
    const { port } = new URL(address)
    expect((await ask(address, { headers: { host: `localhost:${port}` } })).status).toBe(200)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('takes no %s', async method => {
    expect(await ask(address, { method })).toMatchObject({ status: 405, text: '', headers: { allow: 'GET' } })
  })

  it('refuses a port that is taken', async () => {
    const other = fakeIo(home, { newer: true })
    expect(await run(['serve', 'bots', '--port', new URL(address).port], other)).toBe(2)
    expect(other.err).toContain('EADDRINUSE')
  })

  it('ends with its listeners', async () => {
    const listener = new Promise(done => {
      get(`${address}events`, { agent: false }, response => response.on('error', () => {}).on('close', done))
    })
    await new Promise(done => setTimeout(done, 100))
    stop()
    expect(await ended).toBe(0)
    await listener
    await expect(ask(address)).rejects.toThrow('ECONNREFUSED')
  })
})
