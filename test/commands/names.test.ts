import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { dsprice, type Ran } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A name like any other: whatever is called so, the answer is that of this name with the name changed. */
const ORDINARY = 'ordinary'
const NAMES = ['constructor', 'hasOwnProperty', 'then', '__proto__']

const source = { title: 'Contract', where: 'contract.pdf', retrieved: null, grade: 'own' }
const row = { from: '2026-01-01', input: '1', cache_read: '0.1', output: '2', grade: 'own' }
const rule = { match: 'blocks', block: 1, minimum: 0, lifetimes: [{ ttl_s: 300, write: null }], stores_output: false }

interface Called {
  readonly id?: string
  readonly alias?: string
  readonly provider?: string
  readonly source?: string
  readonly rule?: string
  readonly template?: string
  readonly tokenizer?: string
  readonly version?: string
}

/** A book as text, as an object literal would take `__proto__` for something else. */
const book = (called: Called = {}): string => {
  const name = { id: 'own', alias: 'ours', provider: 'mine', source: 'deal', rule: 'default', ...called }
  const entry = (key: string, value: object): string => `{${JSON.stringify(key)}: ${JSON.stringify(value)}}`
  const rules = entry(name.rule, { ...rule, source: name.source })
  const provider = `{"name": "Mine", "usage": "unknown", "review_every_days": 30, "batch": null, "cache": ${rules}}`
  const model = {
    id: name.id,
    provider: name.provider,
    aliases: [name.alias],
    context: null,
    max_output: null,
    tokenizer: called.tokenizer ?? 'o200k_base',
    ...(called.template ? { chat_template: called.template } : {}),
    arena_elo: 1400,
    cache: { rule: name.rule },
    prices: [{ ...row, source: name.source }],
  }
  const other = { ...model, id: 'other', aliases: [] }
  return `{"schema": "dsprice/pricing/1", "extends": "none", "title": "Mine", "reviewed": "2026-11-01", "currency": "USD",
    "version": ${JSON.stringify(called.version ?? '2026-01-01')}, "sources": ${entry(name.source, source)},
    "providers": {${JSON.stringify(name.provider)}: ${provider}}, "models": ${JSON.stringify([model, other])}}`
}

const scenario = (more = '', model = 'model: own') =>
  `name: mine\n${model}\nrequest: {turns: 2, shared: 1K, turn: {text: "Hello, you"}, output: 100}\n${more}\n`
const routed = (more: string, name = 'own') =>
  scenario(more, `routing: {legs: [{model: "${name}", share: 60%}, {model: other, share: 40%}], baselines: [other]}`)
const priced = ['--pricing', 'book.json', '--json']

interface Place {
  readonly it: string
  readonly files?: (name: string) => Readonly<Record<string, string>>
  /** One run after another; the last one is what is compared. */
  readonly runs: (name: string) => readonly (readonly string[])[]
}

const estimate: Place['runs'] = () => [['estimate', 's.yaml', ...priced]]
/** The result saved, and rendered from there. */
const rendered: Place['runs'] = () => [
  ['estimate', 's.yaml', ...priced, '-o', 'result.json'],
  ['render', 'result.json', '--json'],
]
const inBook =
  (key: keyof Called, model = 'own') =>
  (name: string) => ({
    'book.json': book({ [key]: name }),
    's.yaml': scenario('', `model: "${model === '' ? name : model}"`),
  })

const PLACES: readonly Place[] = [
  { it: 'a tag', files: name => ({ 's.yaml': scenario(`tags: {"${name}": x}`) }), runs: rendered },
  { it: 'a value of a tag', files: name => ({ 's.yaml': scenario(`tags: {x: "${name}"}`) }), runs: rendered },
  {
    it: 'a scenario',
    files: name => ({ 's.yaml': scenario().replace('name: mine', `name: "${name}"`) }),
    runs: rendered,
  },
  { it: 'a key nobody knows', files: name => ({ 's.yaml': scenario(`"${name}": x`) }), runs: estimate },
  {
    it: 'a key nobody knows, deeper',
    files: name => ({ 's.yaml': scenario(`traffic: {"${name}": x}`) }),
    runs: estimate,
  },
  { it: 'a model', files: inBook('id', ''), runs: rendered },
  {
    it: 'a model of a fleet',
    files: name => ({ 'book.json': book({ id: name }), 's.yaml': routed('', name) }),
    runs: rendered,
  },
  { it: 'an alias', files: inBook('alias', ''), runs: rendered },
  { it: 'a provider', files: inBook('provider'), runs: rendered },
  { it: 'a source', files: inBook('source'), runs: rendered },
  { it: 'a cache rule', files: inBook('rule'), runs: rendered },
  { it: 'a chat template', files: inBook('template'), runs: rendered },
  { it: 'a tokenizer', files: inBook('tokenizer'), runs: estimate },
  { it: 'a version', files: inBook('version'), runs: rendered },
  { it: 'a model that is not there', files: name => ({ 's.yaml': scenario('', `model: "${name}"`) }), runs: estimate },
  {
    it: 'a provider in a gateway',
    files: name => ({ 'book.json': book({ provider: name }), 's.yaml': routed('') }),
    runs: () => [['gateway', 's.yaml', ...priced]],
  },
  {
    it: 'a model in a gateway',
    files: name => ({ 'book.json': book({ id: name }), 's.yaml': routed('', name) }),
    runs: name => [['gateway', 's.yaml', '--map', `${name}=azure/x`, '--map', 'other=azure/y', ...priced]],
  },
  {
    it: 'a score of the scenario',
    files: name => ({ 'book.json': book({ id: name }), 's.yaml': routed(`quality: {"${name}": 1500}`, name) }),
    runs: () => [['route', 's.yaml', ...priced]],
  },
  {
    it: 'a score of the call',
    files: name => ({ 'book.json': book({ id: name }), 's.yaml': routed('', name) }),
    runs: name => [['route', 's.yaml', '--quality', `${name}=1500`, ...priced]],
  },
  {
    it: 'a score of the call, of no model',
    runs: name => [['route', 's.yaml', '--quality', `${name}=1500`, ...priced]],
  },
  {
    it: 'what is compared',
    files: name => ({ 'book.json': book({ id: name }) }),
    runs: name => [['compare', 's.yaml', '--models', `${name},other`, ...priced]],
  },
  { it: 'a setting', runs: name => [['estimate', 's.yaml', '--set', `tags.${name}=x`, ...priced]] },
  { it: 'a setting of no key', runs: name => [['estimate', 's.yaml', '--set', `${name}.x=1`, ...priced]] },
  {
    it: 'a setting of no key, deeper',
    runs: name => [['estimate', 's.yaml', '--set', `${name}.prototype.x=1`, ...priced]],
  },
  { it: 'a setting in a setting', runs: name => [['estimate', 's.yaml', '--set', `tags={"${name}": x}`, ...priced]] },
  {
    it: 'limits of the configuration',
    files: name => ({
      's.yaml': scenario().replace('name: mine', `name: "${name}"`),
      'dsprice.config.yaml': `budgets: {"${name}": {per_period: 0}}\n`,
    }),
    runs: () => [['check', 's.yaml', ...priced]],
  },
  {
    it: 'limits of a scenario that is not there',
    files: name => ({ 'dsprice.config.yaml': `budgets: {"${name}": {per_period: 0}}\ndefaults: {per_period: 1}\n` }),
    runs: () => [['check', 's.yaml', ...priced]],
  },
  {
    it: 'an unknown key of such limits',
    files: name => ({ 'dsprice.config.yaml': `budgets: {"${name}": {nope: 0}}\n` }),
    runs: () => [['check', 's.yaml', ...priced]],
  },
  {
    it: 'a GPU',
    files: name => ({
      's.yaml': scenario(`self_host: {model: deepseek-v4-pro, gpu: "${name}", nodes: 4, utilisation: 50%}`),
    }),
    runs: () => [['estimate', 's.yaml', ...priced]],
  },
  {
    it: 'a measured row',
    files: name => ({
      's.yaml': scenario(`self_host: {gpu: h100, nodes: 4, utilisation: 50%, throughput: {ref: "${name}"}}`),
    }),
    runs: estimate,
  },
  {
    it: 'weights',
    files: name => ({
      'book.json': book({ id: name }),
      's.yaml': scenario(
        'self_host: {gpu: h100, nodes: 4, utilisation: 50%, throughput: {prefill: 100, decode: 100}}',
        `model: "${name}"`,
      ),
    }),
    runs: estimate,
  },
  {
    it: 'an argument of a tool',
    files: name => ({
      'tools.json': `[{"type": "function", "function": {"name": "f", "description": "d", "parameters": {"type": "object", "properties": {"${name}": {"type": "string", "description": "x"}}}}}]`,
    }),
    runs: () => [['tokens', '--tools', 'tools.json', '--model', 'own', ...priced]],
  },
  {
    it: 'a model whose tokens are counted',
    files: () => ({ 'a.md': 'Hello' }),
    runs: name => [['tokens', 'a.md', '--model', name, ...priced]],
  },
  {
    it: 'a model that is shown',
    files: name => ({ 'book.json': book({ id: name, provider: name, source: name }) }),
    runs: name => [['prices', 'show', name, ...priced]],
  },
  {
    it: 'a model in a spreadsheet',
    files: name => ({ 'book.json': book({ id: name }) }),
    runs: () => [['prices', 'list', '--pricing', 'book.json', '--format', 'csv']],
  },
  {
    it: 'a provider that only one of two books has',
    files: name => ({ 'a.json': book(), 'b.json': book({ provider: name }) }),
    runs: () => [['prices', 'diff', 'a.json', 'b.json', '--json']],
  },
  {
    it: 'a key that a later version prints',
    runs: () => [
      ['estimate', 's.yaml', ...priced, '-o', 'result.json'],
      ['render', 'later.json', '--json'],
    ],
  },
  { it: 'a command', runs: name => [[name, '--json']] },
  { it: 'a schema', runs: name => [['schema', name, '--json']] },
  { it: 'a format', runs: name => [['estimate', 's.yaml', '--format', name, ...priced]] },
  { it: 'a requirement', runs: name => [['compare', 's.yaml', '--all', '--require', name, ...priced]] },
  {
    it: 'a time zone',
    files: name => ({ 's.yaml': scenario(`traffic: {per: day, timezone: "${name}"}`) }),
    runs: estimate,
  },
  { it: 'a price book', runs: name => [['estimate', 's.yaml', '--pricing', name, '--json']] },
]

/** With keys and lists in order, whatever names they were sorted by. */
const canonical = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(canonical).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([key, inner]) => [key, canonical(inner)])
          .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
      : value

const HIDDEN = new Set(['hash', 'what', 'fix', 'at', 'rank', 'characters', 'tokens', 'estimate'])

/** The answer with the name put back; of faults their codes and keys, as hints and lengths differ from name to name. */
const said = ({ code, out, err }: Ran, name: string): unknown => {
  const renamed = (out || err).replaceAll(name, ORDINARY)
  const data: unknown = /^\{/.test(renamed)
    ? JSON.parse(renamed, (key, value) => (HIDDEN.has(key) ? 0 : value))
    : renamed
  return { code, said: JSON.stringify(canonical(data)) }
}

const runAll = async ({ files, runs }: Place, name: string): Promise<Ran> => {
  rmSync(join(folder, 'dsprice.config.yaml'), { force: true })
  const all = { 'book.json': book(), 's.yaml': scenario(), ...files?.(name) }
  for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, file), text)
  let ran: Ran = { code: 0, out: '', err: '' }
  for (const argv of runs(name)) {
    ran = await dsprice(argv, folder)
    if (argv.includes('result.json') && ran.code === 0) {
      const later = readFileSync(join(folder, 'result.json'), 'utf8').replace('{', `{"${name}": {"${name}": [1]},`)
      writeFileSync(join(folder, 'later.json'), later)
    } else if (ran.code > 1) return ran
  }
  return ran
}

describe.each(PLACES)('$it', place => {
  it('may be called anything', async () => {
    const usual = said(await runAll(place, ORDINARY), ORDINARY)
    expect(usual).not.toMatchObject({ code: 4 })
    for (const name of NAMES) {
      const ran = await runAll(place, name)
      // Refused is as good: never dropped in silence.
      if (name === '__proto__' && [2, 3].includes(ran.code)) continue
      expect({ name, ...Object(said(ran, name)) }).toEqual({ name, ...Object(usual) })
    }
  })
})
