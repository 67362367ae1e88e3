/** Values, names and files that are wrong in a way, or right and strange. */

export const NAMES = [
  'bot',
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  '-',
  '--help',
  'a'.repeat(300),
  '\u001b[31mred\u001b[0m',
  'two\nlines',
  '::set-output name=x::y',
  '##[error]no',
  '%0A::error::no',
  '\u202egnirts\u2066',
  '<img src=x onerror=alert(1)>',
  '$(touch owned)',
  '`id`',
  '=cmd|/c calc',
  'a|b',
  ']]>',
  'www.example.com',
  '@team #1',
  '\ud800',
  '\u0085\u2028\u2029',
  'émoji 👩‍💻',
  'x\u0000y',
  '../../etc/passwd',
  'null',
  'on',
  '1e3',
]

export const VALUES = [
  0,
  -1,
  1,
  0.5,
  1e21,
  1e308,
  -0,
  2 ** 53,
  '0',
  '1',
  '-1',
  '1.5',
  '200K',
  '1.5M',
  '2B',
  '1e5',
  '0x10',
  '1_000',
  '1.0000000000000001K',
  '85%',
  '101%',
  'NaN',
  'Infinity',
  '.inf',
  null,
  true,
  false,
  '',
  ' ',
  [],
  {},
  [[]],
  [0],
  { low: 1, high: 2 },
  { low: 2, high: 1 },
  { text: 'Hello' },
  { text: '' },
  { file: 'prompt.md' },
  { file: '../x' },
  { files: '*.md' },
  { files: '**/*' },
  { tools: 'tools.json' },
  '2026-05-15',
  '2026-13-40',
  '2026-05-15T09:00Z',
  '30s',
  '5m',
  '1h',
  '999999999h',
  'UTC',
  'Asia/Shanghai',
  'Mars/Base',
  'flat',
  'office-hours',
  'day',
  'run',
  'month',
  'prefix',
  'none',
  'ideal',
  'deepseek-v4',
  'gpt-5.5',
  'claude-opus-4.7',
  'no-such-model',
  'not_offered',
  '0.0000001',
  '1e400',
  '9'.repeat(400),
  'split',
  'cascade',
  ...NAMES,
]

/** Every key that a scenario, a price file or a configuration has somewhere, and some that none has. */
export const KEYS = [
  'name',
  'description',
  'pricing',
  'at',
  'model',
  'routing',
  'mode',
  'legs',
  'share',
  'tokens',
  'fallback',
  'fallback_share',
  'router',
  'baselines',
  'promote_at_turn',
  'tags',
  'traffic',
  'requests',
  'per',
  'profile',
  'timezone',
  'weekdays_only',
  'request',
  'turns',
  'turn_gap',
  'shared',
  'session',
  'turn',
  'history',
  'output',
  'reasoning',
  'totals',
  'input',
  'cache',
  'policy',
  'ttl',
  'hit_share',
  'self_host',
  'nodes',
  'gpu',
  'gpus_per_node',
  'usd_per_hour',
  'capacity',
  'throughput',
  'utilisation',
  'budget',
  'view',
  'per_period',
  'per_month',
  'max_increase',
  'quality',
  'schema',
  'version',
  'extends',
  'sources',
  'providers',
  'models',
  'prices',
  'from',
  'to',
  'source',
  'cache_read',
  'cache_write',
  'batch',
  'tiers',
  'windows',
  'aliases',
  'context',
  'defaults',
  'budgets',
  'total',
  'scenarios',
  'warnings',
  'lines',
  'costs',
  'no_such_key',
  ...NAMES.slice(1, 12),
]

/** Scenarios that are right, to be spoilt. */
export const SCENARIOS = [
  {
    name: 'bot',
    pricing: '2026-05-15',
    at: '2026-05-15',
    model: 'deepseek-v4',
    request: { shared: 2000, turn: 300, output: 200 },
  },
  {
    name: 'paced',
    pricing: '2026-11-23',
    at: '2026-11-23',
    model: 'deepseek-v4-pro',
    traffic: { requests: 1000, per: 'day', profile: 'office-hours', timezone: 'Asia/Shanghai', weekdays_only: true },
    request: { turns: 5, turn_gap: '40s', shared: { text: 'You are a bot.' }, turn: 50, history: true, output: 100 },
    cache: { policy: 'prefix', ttl: '5m' },
    budget: { view: 'headline', per_period: 400, warn_at: '80%' },
    tags: { team: 'support' },
  },
  {
    name: 'totals',
    pricing: '2026-05-15',
    at: '2026-05-15',
    model: 'gpt-5.5',
    totals: { input: '100M', output: '5M' },
    cache: { hit_share: '85%' },
  },
  {
    name: 'fleet',
    pricing: '2026-05-15',
    at: '2026-05-15',
    routing: {
      mode: 'split',
      legs: [
        { model: 'deepseek-v4', share: '80%' },
        { model: 'claude-opus-4.7', share: '20%', tokens: 2 },
      ],
      fallback: ['gpt-5.5'],
      fallback_share: '1%',
      router: { usd_per_1k_requests: 1 },
      baselines: ['claude-opus-4.7'],
    },
    request: { shared: '4K', turn: 300, output: 500 },
    quality: { 'deepseek-v4': 1440, 'claude-opus-4.7': 1500 },
  },
  {
    name: 'cluster',
    pricing: '2026-05-15',
    at: '2026-05-15',
    model: 'deepseek-v4',
    traffic: { requests: 5000, per: 'day' },
    request: { shared: 2000, turn: 300, output: 200 },
    self_host: { nodes: 4, gpus_per_node: 8, usd_per_hour: { low: 40, high: 80 }, capacity: '100M/day' },
  },
]

/** A price file that is right, to be spoilt. */
export const LAYER = {
  schema: 'dsprice/pricing/1',
  sources: {
    mine: { title: 'my contract', where: 'https://example.com/prices', retrieved: '2026-05-01', grade: 'list' },
  },
  models: [
    {
      id: 'mine-1',
      provider: 'deepseek',
      aliases: ['mine'],
      context: 128_000,
      prices: [
        { from: '2026-01-01', to: '2026-06-01', input: '1', cache_read: '0.1', output: '2', source: 'mine' },
        { from: '2026-06-01', input: '0.5', cache_read: '0.05', output: '1', source: 'mine' },
      ],
    },
  ],
}

export const CONFIG = {
  scenarios: ['*.yaml'],
  defaults: { view: 'cached', per_period: 100 },
  budgets: { bot: { per_period: 1 } },
  total: { per_month: 5000 },
}

/** A document with some of its values, keys and lists changed. */
export const spoil = (document, random, share) => {
  const change = value => {
    if (random.chance(share)) return random.pick(VALUES)
    if (Array.isArray(value)) {
      const items = value.map(change)
      return random.chance(share) ? [...items, ...items] : items
    }
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).flatMap(([key, inner]) => {
      if (random.chance(share / 2)) return []
      return [[random.chance(share / 2) ? random.pick(KEYS) : key, change(inner)]]
    })
    if (random.chance(share)) entries.push([random.pick(KEYS), random.pick(VALUES)])
    return new Map(entries)
  }
  return change(document)
}

/** JSON of what `spoil` made: a map keeps a key such as `__proto__`. */
export const toJson = value => {
  if (value instanceof Map) {
    return `{${[...value].map(([key, inner]) => `${JSON.stringify(String(key))}:${toJson(inner)}`).join(',')}}`
  }
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`
  return JSON.stringify(value) ?? 'null'
}
