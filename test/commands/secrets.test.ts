import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-secrets-'))
beforeAll(() => mkdirSync(join(folder, '.git')))
afterAll(() => rmSync(folder, { recursive: true }))

const SECRET = 'hunter2'
const FILES: Readonly<Record<string, string>> = {
  '.npmrc': `//registry.example.com/:_authToken=${SECRET}\n`,
  '.netrc': `machine example.com login me password ${SECRET}\n`,
  '.env': `A=1\nPASSWORD="${SECRET}\n`,
  'export.env': `PASSWORD: ${SECRET}\n`,
  'hosts.yml': `example.com:\n  oauth_token: ${SECRET}\n  user: me\n`,
  'config.ini': `[default]\nkey = ${SECRET}\n`,
  'docker.json': `{"auths":{"example.com":{"auth":"${SECRET}"}}}`,
  'account.json': `{"type": "service_account", "name": "x", "private_key": "${SECRET}"}`,
  'llm.yaml': `model: gpt-5.5\napi_key: ${SECRET}\nname: x\n`,
  'package.json': `{"name": "x", "version": "1", "description": "${SECRET}", "scripts": {}, "main": "x", "private": true}`,
  'key.pem': `-----BEGIN PRIVATE KEY-----\n${SECRET}: [\n-----END PRIVATE KEY-----\n`,
  'twice.yaml': `${SECRET}: 1\n${SECRET}: 2\n`,
  'anchor.yaml': `token: *${SECRET}\n`,
  'broken.json': `{"token": "${SECRET}", "x": `,
  'tab.yaml': `a:\n\t${SECRET}: x\n`,
  'list.json': `["${SECRET}"]`,
  'tools.json': `[{"type": "${SECRET}", "function": {"name": 5, "${SECRET}": 1}}, "${SECRET}"]`,
  'result.json': `{"schema": "dsprice/result/1", "scenarios": "${SECRET}", "totals": {"${SECRET}": "${SECRET}"}}`,
  'other.json': `{"schema": "${SECRET}", "scenarios": []}`,
  latin: `${SECRET}\xff`,
}

beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), Buffer.from(text, 'latin1'))
})

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}
const TOOLS = 'request: {turn: {tools: FILE}}'

/** Each place that takes a file which is read as one of ours. */
const PLACES: Readonly<Record<string, (file: string) => string[]>> = {
  'the tools of a scenario': file => [
    'check',
    write('s.yaml', `name: a\nmodel: o3\n${TOOLS.replace('FILE', file)}\nbudget: {per_period: 1}\n`),
  ],
  'the price file of a scenario': file => [
    'check',
    write('s.yaml', `name: a\nmodel: o3\npricing: ./${file}\nrequest: {turn: 5}\nbudget: {per_period: 1}\n`),
  ],
  'the price file of a broken scenario': file => [
    'estimate',
    write('s.yaml', `name: a\nmodel: o3\npricing: ./${file}\nrequest: {turn: 5}\nfoo: 1\n`),
  ],
  '--pricing': file => ['compare', '--models', 'o3', '--pricing', `./${file}`],
  '--config': file => ['check', '--config', file],
  '--baseline': file => [
    'check',
    '--baseline',
    `./${file}`,
    write('s.yaml', 'name: a\nmodel: o3\nrequest: {turn: 5}\n'),
  ],
  '--tools': file => ['tokens', '--model', 'o3', '--tools', file],
  'a scenario': file => ['estimate', file],
  'a scenario of a check': file => ['check', file],
  'a result to render': file => ['render', file],
  'a result to compare with': file => ['diff', `./${file}`, `./${file}`],
  'a price file to lint': file => ['prices', 'lint', `./${file}`],
  'a price file to set beside another': file => ['prices', 'diff', '2026-05-15', `./${file}`],
}

describe.each(Object.keys(PLACES))('given as %s', place => {
  it.each(Object.keys(FILES))('%s shows nothing that is in it', async file => {
    const argv = PLACES[place]?.(file) ?? []
    // JSON has the same words, without excerpts.
    const formats = argv[0] === 'check' ? [[], ['--json'], ['--format', 'github']] : [[]]
    for (const format of formats) {
      const { code, out, err } = await dsprice([...argv, ...format], folder)
      expect([2, 3]).toContain(code)
      expect(out + err).not.toContain(SECRET)
    }
  })
})

describe('what is ours is shown', () => {
  it.each([
    { it: 'a scenario', text: 'name: a\nmodel: o3\nrequest: {turn: -5}\n', line: '3 | request: {turn: -5}' },
    { it: 'one with a slip in most keys', text: 'nmae: a\nrequset: {}\nmodle: o3\ntrafic: 1\n', line: '4 | trafic: 1' },
    { it: 'one that has no name yet', text: 'request: {turn: -5}\n', line: '1 | request: {turn: -5}' },
    { it: 'one that breaks off', text: 'name: a\nrequest: {turn: 5\n', line: 'must be sufficiently indented' },
  ])('$it', async ({ text, line }) => {
    expect((await dsprice(['estimate', write('s.yaml', text)], folder)).err).toContain(line)
  })

  it('a price file, by its schema or by its keys', async () => {
    const broken = { models: [{ id: 'o3', prices: [{ from: 'May' }] }] }
    for (const file of [broken, { schema: 'dsprice/pricing/1', foo: 1, bar: 2, ...broken }]) {
      write('mine.json', JSON.stringify(file))
      expect((await dsprice(['prices', 'lint', 'mine.json'], folder)).err).toContain('got "May"')
    }
  })

  it('a configuration', async () => {
    write('c.yaml', 'defaults: {per_month: -1}\nbudgets: {a: {per_month: 5}}\n')
    expect((await dsprice(['check', '--config', 'c.yaml'], folder)).err).toContain('1 | defaults: {per_month: -1}')
  })

  it('and what is typed', async () => {
    const agent = join(repository, 'scenarios/coding-agent.yaml')
    expect(readFileSync(agent, 'utf8')).toContain('request')
    expect((await dsprice(['estimate', agent, '--set', 'request.turns=zero'])).err).toContain('1 | zero')
  })
})
