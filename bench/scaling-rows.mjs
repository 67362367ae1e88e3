import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Inputs that grow in one direction, one row each. `small` and `large` are the sizes, the large one ten times the small
 * one or the most that is taken; `make` writes the files into an empty folder and returns the arguments. `ends` are the
 * exit codes that are right for the large one: 2 where it is past a stated limit.
 */

const write = (folder, name, text) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}

const times = (count, of) => Array.from({ length: count }, (_, i) => of(i))

const dsprice = join(import.meta.dirname, '../bin/dsprice.js')

const HEAD = 'pricing: "2026-05-15"\nat: 2026-05-15\n'
const WORK = 'request: {turn: 3K, output: 1K}\n'

/** A scenario of few words, with lines of its own. */
const scenario = ({ name = 's', model = 'deepseek-v4', head = HEAD, more = WORK } = {}) =>
  `name: ${name}\n${head}${model === null ? '' : `model: ${model}\n`}${more}`

const estimating = more => (folder, n) => {
  write(folder, 's.yaml', scenario(more(n)))
  return ['estimate', 's.yaml']
}

/** A day in milliseconds after 1900, as prices are dated. */
const day = i => new Date(Date.UTC(1900, 0, 1) + i * 86_400_000).toISOString().slice(0, 10)

const row = (from, to) => ({
  from,
  ...(to ? { to } : {}),
  input: '1',
  output: '2',
  cache_read: '0.5',
  source: 'own',
  grade: 'own',
})

const OWN = { own: { title: 'own', where: 'own', retrieved: '2026-05-15', grade: 'own' } }

const layer = more => JSON.stringify({ schema: 'dsprice/pricing/1', extends: '2026-05-15', sources: OWN, ...more })

const model = (i, prices = [row('2026-01-01')]) => ({
  id: `model-${i}`,
  provider: 'deepseek',
  aliases: [`alias-${i}`],
  context: 1_000_000,
  max_output: 100_000,
  tokenizer: 'o200k_base',
  prices,
})

const models = n => times(n, i => model(i))

const legs = n => {
  const share = 1 / n
  return `routing:\n  legs:\n${times(n, i => `    - {model: model-${i}, share: ${share}}\n`).join('')}`
}

const pricing = (folder, more, name = 'mine.json') => {
  write(folder, name, layer(more))
  return ['--pricing', name]
}

const scenarios = (folder, n, more = () => ({})) => {
  const names = times(n, i => `s/${i}.yaml`)
  for (const [i, name] of names.entries())
    write(folder, name, scenario({ name: `s${i}`, more: `traffic: {per: day}\n${WORK}`, ...more(i) }))
  return names
}

const inFolder = (folder, args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [dsprice, ...args], {
    cwd: folder,
    maxBuffer: 2 ** 29,
    env: { ...process.env, NO_COLOR: '1' },
  })
  if (status !== 0 && status !== 1)
    throw new Error(`exit ${status}: dsprice ${args.slice(0, 6).join(' ')}\n${String(stderr).slice(0, 500)}`)
  return stdout
}

const CLUSTER =
  'self_host:\n  model: deepseek-r1\n  gpu: h100\n  unit_nodes: 2\n  throughput: {prefill: 52300, decode: 22300}\n'

const DECIMAL = digits => `0.${'1'.repeat(digits)}`

const row1 = (name, small, large, ends, make) => ({ name, small, large, ends, make })

const texts = [
  row1(
    'size of many zeros',
    20_000,
    200_000,
    [2],
    estimating(n => ({ more: `request: {turn: "1.${'0'.repeat(n)}1K"}\n` })),
  ),
  row1(
    'size of zeros alone',
    20_000,
    200_000,
    [0, 2],
    estimating(n => ({ more: `request: {turn: "1.${'0'.repeat(n)}K"}\n` })),
  ),
  row1(
    'share of many digits',
    50_000,
    500_000,
    [2],
    estimating(n => ({ more: `cache: {hit_share: "${DECIMAL(n)}"}\n${WORK}` })),
  ),
  row1(
    'duration of many digits',
    50_000,
    500_000,
    [2],
    estimating(n => ({ more: `request: {turn: 3K, turn_gap: ${'1'.repeat(n)}s}\n` })),
  ),
  row1(
    'duration of many decimals',
    50_000,
    500_000,
    [2],
    estimating(n => ({ more: `request: {turn: 3K, turn_gap: 1.${'1'.repeat(n)}m}\n` })),
  ),
  row1(
    'instant of many digits',
    50_000,
    500_000,
    [2],
    estimating(n => ({ head: `pricing: "2026-05-15"\nat: "${'2'.repeat(n)}"\n` })),
  ),
  row1(
    'blanks in a size',
    50_000,
    500_000,
    [2],
    estimating(n => ({ more: `request: {turn: "1${' '.repeat(n)}x"}\n` })),
  ),
  row1(
    'blanks in a mix',
    5_000,
    50_000,
    [2],
    estimating(n => ({
      more: `${WORK}traffic: {per: day}\nself_host: {gpu: h100, throughput: {total: 850, mix: "${' '.repeat(n)}8${' '.repeat(n)}"}}\n`,
    })),
  ),
  row1(
    'description of one line',
    90_000,
    900_000,
    [0, 2],
    estimating(n => ({ more: `description: ${'word '.repeat(n / 5)}\n${WORK}` })),
  ),
  row1(
    'description of one word',
    90_000,
    900_000,
    [0, 2],
    estimating(n => ({ more: `description: ${'w'.repeat(n)}\n${WORK}` })),
  ),
  row1(
    'long name',
    90_000,
    900_000,
    [0, 2],
    estimating(n => ({ name: 'n'.repeat(n) })),
  ),
  row1(
    'long model id',
    90_000,
    900_000,
    [2, 3],
    estimating(n => ({ model: 'm'.repeat(n) })),
  ),
  row1(
    'long key',
    90_000,
    900_000,
    [2],
    estimating(n => ({ more: `${'k'.repeat(n)}: 1\n${WORK}` })),
  ),
  row1(
    'long GPU',
    90_000,
    900_000,
    [2, 3],
    estimating(n => ({ more: `${WORK}traffic: {per: day}\nself_host: {gpu: ${'g'.repeat(n)}}\n` })),
  ),
  row1(
    'exponent in a number',
    100_000,
    1_000_000,
    [2],
    estimating(n => ({ more: `request: {turn: 1e${n}, output: "1e${n}"}\nbudget: {per_period: 1e${n}}\n` })),
  ),
  row1(
    'nested lists',
    1_000,
    10_000,
    [2],
    estimating(n => ({ more: `request: {turn: ${'['.repeat(n)}${']'.repeat(n)}}\n` })),
  ),
  row1(
    'nested mappings',
    1_000,
    10_000,
    [2],
    estimating(n => ({ more: `tags: ${'{a: '.repeat(n)}1${'}'.repeat(n)}\n${WORK}` })),
  ),
  row1(
    'block sequences in each other',
    1_000,
    10_000,
    [2],
    estimating(n => ({ more: `tags:\n  ${'- '.repeat(n)}1\n${WORK}` })),
  ),
]

const yaml = [
  row1(
    'aliases',
    800,
    8_000,
    [0, 2],
    estimating(n => ({ more: `tags: {a: &a x, ${times(n, i => `t${i}: *a`).join(', ')}}\n${WORK}` })),
  ),
  row1(
    'anchors, each used',
    800,
    8_000,
    [0, 2],
    estimating(n => ({ more: `tags: {${times(n, i => `t${i}: &a${i} x, u${i}: *a${i}`).join(', ')}}\n${WORK}` })),
  ),
  row1(
    'aliases of aliases',
    8,
    80,
    [2],
    estimating(n => ({
      more: `tags: {a0: &a0 [x, x], ${times(n, i => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join(', ')}}\n${WORK}`,
    })),
  ),
  row1(
    'aliases of nothing',
    800,
    8_000,
    [2],
    estimating(n => ({ more: `tags: {${times(n, i => `t${i}: *no`).join(', ')}}\n${WORK}` })),
  ),
  row1(
    'an alias of what holds it',
    10,
    100,
    [2],
    estimating(() => ({ more: `tags: &a {x: *a}\n${WORK}` })),
  ),
  row1(
    'merge keys',
    800,
    8_000,
    [0, 2],
    estimating(n => ({ more: `tags: {a: &a {x: y}, ${times(n, i => `t${i}: {<<: *a}`).join(', ')}}\n${WORK}` })),
  ),
  row1(
    'keys twice',
    3_000,
    30_000,
    [2],
    estimating(n => ({ more: `tags: {${times(n, () => 'a: b').join(', ')}}\n${WORK}` })),
  ),
  row1(
    'unknown keys',
    3_000,
    30_000,
    [2],
    estimating(n => ({ more: `${times(n, i => `key${i}: 1\n`).join('')}${WORK}` })),
  ),
  row1(
    'broken lines',
    3_000,
    30_000,
    [2],
    estimating(n => ({ more: `${WORK}${times(n, i => `a${i}: [1, \n`).join('')}` })),
  ),
  row1(
    'broken values in a list',
    2_000,
    20_000,
    [2],
    estimating(n => ({ more: `request: {turn: [${times(n, () => 'x').join(', ')}]}\n` })),
  ),
  row1(
    'broken tags',
    2_000,
    20_000,
    [2],
    estimating(n => ({ more: `${WORK}tags: {${times(n, i => `t${i}: [1]`).join(', ')}}\n` })),
  ),
  row1(
    'documents in a file',
    2_000,
    20_000,
    [2],
    estimating(n => ({ more: `${WORK}${'---\na: b\n'.repeat(n)}` })),
  ),
  row1(
    'comments',
    4_000,
    40_000,
    [0],
    estimating(n => ({ more: `${'# note\n'.repeat(n)}${WORK}` })),
  ),
  row1(
    'quoted lines',
    4_000,
    40_000,
    [2],
    estimating(n => ({ more: `description: "${'line\n\n  '.repeat(n)}"\n${WORK}` })),
  ),
  row1(
    'tags',
    1_000,
    10_000,
    [0, 2],
    estimating(n => ({ more: `${WORK}tags: {${times(n, i => `t${i}: x`).join(', ')}}\n` })),
  ),
  row1('quality', 1_000, 10_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario({ more: `${WORK}quality: {${times(n, i => `q${i}: ${i}`).join(', ')}}\n` }))
    return ['route', 's.yaml']
  }),
]

const counts = [
  row1(
    'nodes',
    '1e6',
    '1e12',
    [0, 2],
    estimating(n => ({
      more: `request: {turn: 3K, output: 1K}\ntraffic: {per: day}\n${CLUSTER}  nodes: ${BigInt(Number(n))}\n`,
    })),
  ),
  row1(
    'nodes by the traffic',
    '1e6',
    '1e12',
    [0, 2],
    estimating(n => ({
      more: `request: {turn: 1000K, output: 1000K, turns: 1000}\ntraffic: {requests: ${BigInt(Number(n))}, per: hour}\n${CLUSTER}`,
    })),
  ),
  row1(
    'nodes of a slow cluster',
    '1e6',
    '1e12',
    [0, 2],
    estimating(n => ({
      more: `totals: {input: ${BigInt(Number(n))}, output: ${BigInt(Number(n))}}\ntraffic: {per: hour, profile: office-hours}\nself_host:\n  model: deepseek-r1\n  gpu: h100\n  unit_nodes: 3\n  throughput: {prefill: "0.000000001", decode: "0.000000001"}\n`,
    })),
  ),
  row1(
    'nodes of a cluster that follows',
    '1e6',
    '1e12',
    [0, 2],
    estimating(n => ({
      more: `totals: {input: ${BigInt(Number(n))}, output: ${BigInt(Number(n))}}\ntraffic: {per: hour, profile: office-hours}\nself_host:\n  model: deepseek-r1\n  gpu: h100\n  autoscale: true\n  throughput: {prefill: "0.000000001", decode: "0.000000001"}\n`,
    })),
  ),
  row1(
    'nodes that are too few',
    '1e6',
    '1e12',
    [0, 2],
    estimating(n => ({
      more: `totals: {input: ${BigInt(Number(n))}, output: ${BigInt(Number(n))}}\ntraffic: {per: hour, profile: office-hours}\nself_host:\n  model: deepseek-r1\n  gpu: h100\n  nodes: 8\n  throughput: {prefill: "0.000000001", decode: "0.000000001"}\n`,
    })),
  ),
  row1(
    'spare nodes',
    '1e6',
    '1e12',
    [0, 2],
    estimating(n => ({ more: `${WORK}traffic: {per: day}\n${CLUSTER}  spare_nodes: ${BigInt(Number(n))}\n` })),
  ),
  row1(
    'GPUs of a node',
    '1e6',
    '1e12',
    [0, 2],
    estimating(n => ({ more: `${WORK}traffic: {per: day}\n${CLUSTER}  gpus_per_node: ${BigInt(Number(n))}\n` })),
  ),
  row1(
    'turns',
    10_000,
    100_000,
    [0, 2],
    estimating(n => ({ more: `request: {turn: 3, output: 1, turns: ${n}, history: true}\n` })),
  ),
  row1(
    'turns too many',
    1_000_000,
    1_000_000_000,
    [2],
    estimating(n => ({ more: `request: {turn: 3, output: 1, turns: ${n}}\n` })),
  ),
  row1(
    'requests',
    '1e6',
    '1e12',
    [0],
    estimating(n => ({ more: `${WORK}traffic: {requests: ${BigInt(Number(n))}, per: hour}\n` })),
  ),
  row1(
    'months of a commitment',
    '1e6',
    '1e12',
    [0, 2],
    estimating(n => ({
      more: `${WORK}traffic: {per: day}\n${CLUSTER}  usd_per_gpu_hour: 2\n  commitment: {months: ${BigInt(Number(n))}, used_months: 3}\n`,
    })),
  ),
  row1(
    'hourly weights',
    2_000,
    20_000,
    [2],
    estimating(n => ({ more: `${WORK}traffic: {per: day, profile: [${times(n, () => 1).join(', ')}]}\n` })),
  ),
  row1(
    'weights of far sizes',
    1,
    300,
    [0, 2],
    estimating(n => ({
      more: `${WORK}traffic: {per: day, profile: [1e-${n}, 1e${n}, ${times(22, () => 1).join(', ')}]}\n${CLUSTER}`,
    })),
  ),
]

const parts = [
  row1(
    'parts that are numbers',
    1_000,
    10_000,
    [0, 2],
    estimating(n => ({ more: `request: {turn: [${times(n, i => i).join(', ')}]}\n` })),
  ),
  row1('parts of many files', 10, 100, [0, 2], (folder, n) => {
    for (let i = 0; i < 8; i++) write(folder, `p/${i}.txt`, 'word '.repeat(2 ** i))
    write(
      folder,
      's.yaml',
      scenario({ more: `request:\n  turn:\n${times(n, () => '    - {files: p/*.txt}\n').join('')}` }),
    )
    return ['estimate', 's.yaml']
  }),
  row1('many parts of many files', 100, 1_000, [0, 2], (folder, n) => {
    for (let i = 0; i < 8; i++) write(folder, `p/${i}.txt`, 'word '.repeat(2 ** i))
    write(
      folder,
      's.yaml',
      scenario({ more: `request:\n  turn:\n${times(n, () => '    - {files: p/*.txt}\n').join('')}` }),
    )
    return ['estimate', 's.yaml']
  }),
  row1('samples', 200, 2_000, [0, 2], (folder, n) => {
    for (let i = 0; i < n; i++) write(folder, `p/${i}.txt`, `word ${i}`)
    write(folder, 's.yaml', scenario({ more: 'request: {turn: {files: "p/*.txt"}}\n' }))
    return ['estimate', 's.yaml']
  }),
  row1(
    'texts in place',
    200,
    2_000,
    [0, 2],
    estimating(n => ({ more: `request: {turn: [${times(n, i => `{text: word ${i}}`).join(', ')}]}\n` })),
  ),
  row1(
    'one text',
    50_000,
    500_000,
    [0, 2],
    estimating(n => ({ more: `request: {turn: {text: "${'word '.repeat(n / 5)}"}}\n` })),
  ),
]

const fleets = [
  row1('legs', 3, 32, [0], (folder, n) => {
    write(folder, 's.yaml', scenario({ model: null, more: `${legs(n)}${WORK}traffic: {per: day}\n` }))
    return ['estimate', 's.yaml', ...pricing(folder, { models: models(n) })]
  }),
  row1('legs of one model', 3, 32, [0], (folder, n) => {
    write(
      folder,
      's.yaml',
      scenario({ model: null, more: `${legs(n).replace(/model-\d+/g, 'deepseek-v4')}${WORK}traffic: {per: day}\n` }),
    )
    return ['estimate', 's.yaml']
  }),
  row1('legs of sizes of their own', 3, 32, [0], (folder, n) => {
    write(
      folder,
      's.yaml',
      scenario({
        model: null,
        more: `${legs(n).replace(/model: model-(\d+)/g, 'model: model-$1, tokens: 1.$1')}${WORK}traffic: {per: day}\n`,
      }),
    )
    return ['estimate', 's.yaml', ...pricing(folder, { models: models(n) })]
  }),
  row1('legs, promoted', 3, 32, [0], (folder, n) => {
    write(
      folder,
      's.yaml',
      scenario({
        model: null,
        more: `${legs(n).replace('legs:', 'promote_at_turn: 2\n  legs:')}request: {turn: 3K, output: 1K, turns: 10, history: true}\ntraffic: {per: day}\n`,
      }),
    )
    return ['estimate', 's.yaml', ...pricing(folder, { models: models(n) })]
  }),
  row1('legs of long conversations', 3, 32, [0, 2], (folder, n) => {
    write(
      folder,
      's.yaml',
      scenario({
        model: null,
        more: `${legs(n).replace(/model: model-(\d+)/g, 'model: model-$1, tokens: 1.$1')}request: {turn: 3, output: 1, turns: 10000, history: true}\ntraffic: {per: day}\n`,
      }),
    )
    return ['estimate', 's.yaml', ...pricing(folder, { models: models(n) })]
  }),
  row1('legs too many', 1_000, 10_000, [2], (folder, n) => {
    write(folder, 's.yaml', scenario({ model: null, more: `${legs(n)}${WORK}` }))
    return ['estimate', 's.yaml', ...pricing(folder, { models: models(Math.min(n, 1000)) })]
  }),
  row1('baselines', 100, 1_000, [0, 2], (folder, n) => {
    write(
      folder,
      's.yaml',
      scenario({ model: null, more: `${legs(2)}  baselines: [${times(n, i => `model-${i}`).join(', ')}]\n${WORK}` }),
    )
    return ['estimate', 's.yaml', ...pricing(folder, { models: models(n) })]
  }),
  row1('fallbacks', 100, 1_000, [0, 2], (folder, n) => {
    write(
      folder,
      's.yaml',
      scenario({
        model: null,
        more: `${legs(2)}  fallback: [${times(n, i => `model-${i}`).join(', ')}]\n  fallback_share: 1%\n${WORK}`,
      }),
    )
    return ['estimate', 's.yaml', ...pricing(folder, { models: models(n) })]
  }),
]

const books = [
  row1('rows of one model', 800, 8_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    const prices = times(n, i => row(day(i), i === n - 1 ? undefined : day(i + 1)))
    return ['estimate', 's.yaml', ...pricing(folder, { models: [{ id: 'deepseek-v4', prices }] })]
  }),
  row1('rows of one model, backwards', 800, 8_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    const prices = times(n, i => row(day(i), i === n - 1 ? undefined : day(i + 1))).reverse()
    return ['estimate', 's.yaml', ...pricing(folder, { models: [{ id: 'deepseek-v4', prices }] })]
  }),
  row1('rows within each other', 800, 8_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    const prices = times(n, i => row(day(i), day(40_000 - i)))
    return ['estimate', 's.yaml', ...pricing(folder, { models: [{ id: 'deepseek-v4', prices }] })]
  }),
  row1('files of prices', 20, 200, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'estimate',
      's.yaml',
      ...times(n, i =>
        pricing(folder, { models: [{ id: 'deepseek-v4', prices: [row(day(i))] }] }, `m${i}.json`),
      ).flat(),
    ]
  }),
  row1('discounts', 100, 1_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    const discounts = times(n, i => ({
      provider: 'deepseek',
      off: '0.01',
      from: day(i),
      to: day(i + 1),
      source: 'own',
    }))
    return ['estimate', 's.yaml', ...pricing(folder, { discounts })]
  }),
  row1('discounts on top of each other', 20, 200, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    const discounts = times(n, () => ({ provider: 'deepseek', off: '0.015', from: '2026-01-01', source: 'own' }))
    return ['estimate', 's.yaml', ...pricing(folder, { discounts })]
  }),
  row1('discounts by model', 300, 3_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    const discounts = times(n, i => ({ model: `model-${i}`, off: '0.01', from: '2026-02-01', source: 'own' }))
    return ['estimate', 's.yaml', ...pricing(folder, { models: models(n), discounts })]
  }),
  row1('rate of many digits', 10_000, 100_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    const prices = [{ ...row('2026-01-01'), input: DECIMAL(n), output: `1${'0'.repeat(n)}` }]
    return ['estimate', 's.yaml', ...pricing(folder, { models: [{ id: 'deepseek-v4', prices }] })]
  }),
  row1('discount of many digits', 10_000, 100_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'estimate',
      's.yaml',
      ...pricing(folder, { discounts: [{ provider: 'deepseek', off: DECIMAL(n), from: '2026-01-01', source: 'own' }] }),
    ]
  }),
  row1('models of a layer', 400, 4_000, [0], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return ['estimate', 's.yaml', ...pricing(folder, { models: models(n) })]
  }),
  row1('models without a provider', 400, 4_000, [2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'estimate',
      's.yaml',
      ...pricing(folder, { models: models(n).map(one => ({ ...one, provider: `no-${one.id}` })) }),
    ]
  }),
  row1('aliases of a model', 2_000, 20_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return ['estimate', 's.yaml', ...pricing(folder, { models: [{ ...model(0), aliases: times(n, i => `a-${i}`) }] })]
  }),
  row1('tiers', 3, 24, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario({ more: 'request: {turn: 3, output: 1, turns: 1000, history: true}\n' }))
    const tiers = times(n, i => ({ threshold: i + 1, operator: '>', input: '1', output: '2', cache_read: '0.5' }))
    return [
      'estimate',
      's.yaml',
      ...pricing(folder, { models: [{ id: 'deepseek-v4', prices: [{ ...row('2026-01-01'), tiers }] }] }),
    ]
  }),
  row1('windows', 3, 24, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario({ more: `${WORK}traffic: {per: day}\n` }))
    const windows = times(n, i => ({
      name: `w${i}`,
      timezone: 'UTC',
      weekdays: ['mon'],
      hours: ['09:00-09:01'],
      holidays: 'apply',
      input: '1',
      output: '2',
      cache_read: '0.5',
    }))
    return [
      'estimate',
      's.yaml',
      ...pricing(folder, { models: [{ id: 'deepseek-v4', prices: [{ ...row('2026-01-01'), windows }] }] }),
    ]
  }),
  row1('hours of a window', 3, 24, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario({ more: `${WORK}traffic: {per: day}\n` }))
    const windows = [
      {
        name: 'w',
        timezone: 'UTC',
        weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
        hours: times(n, () => '00:00-23:59'),
        holidays: 'apply',
        input: '1',
        output: '2',
        cache_read: '0.5',
      },
    ]
    return [
      'estimate',
      's.yaml',
      ...pricing(folder, { models: [{ id: 'deepseek-v4', prices: [{ ...row('2026-01-01'), windows }] }] }),
    ]
  }),
  row1('tiers too many', 300, 3_000, [2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    const tiers = times(n, i => ({ threshold: i + 1, operator: '>', input: '1', output: '2', cache_read: '0.5' }))
    return [
      'estimate',
      's.yaml',
      ...pricing(folder, { models: [{ id: 'deepseek-v4', prices: [{ ...row('2026-01-01'), tiers }] }] }),
    ]
  }),
  row1('broken rates', 2_000, 20_000, [2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'estimate',
      's.yaml',
      ...pricing(folder, {
        models: [{ id: 'deepseek-v4', prices: times(n, i => ({ ...row(day(i % 30_000)), input: 1 })) }],
      }),
    ]
  }),
  row1('catalogue: compare --all', 90, 900, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return ['compare', 's.yaml', '--all', '--quiet', ...pricing(folder, { models: models(n) })]
  }),
  row1('catalogue: compare --all --json', 90, 900, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return ['compare', 's.yaml', '--all', '--json', ...pricing(folder, { models: models(n) })]
  }),
  row1('catalogue: compare --all, long ids', 90, 900, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'compare',
      's.yaml',
      '--all',
      '--quiet',
      ...pricing(folder, { models: models(n).map(one => ({ ...one, id: `${one.id}-${'x'.repeat(150)}` })) }),
    ]
  }),
  row1('catalogue: compare --models', 90, 900, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'compare',
      's.yaml',
      '--models',
      times(n, i => `model-${i}`).join(','),
      '--quiet',
      ...pricing(folder, { models: models(n) }),
    ]
  }),
  row1('models that are not there', 100, 1_000, [2, 3], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'compare',
      's.yaml',
      '--models',
      times(n, i => `modle-${i}`).join(','),
      ...pricing(folder, { models: models(n) }),
    ]
  }),
  row1('catalogue: route --all', 1_600, 16_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'route',
      's.yaml',
      '--quiet',
      ...pricing(folder, { models: models(n).map((one, i) => ({ ...one, arena_elo: 1000 + (i % 400) })) }),
    ]
  }),
  row1('catalogue: route, all on the frontier', 90, 900, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    const prices = i => [{ ...row('2026-01-01'), input: String(1 + i), output: String(2 + i) }]
    return [
      'route',
      's.yaml',
      '--quiet',
      ...pricing(folder, { models: times(n, i => ({ ...model(i, prices(i % 900)), arena_elo: 1000 + i / 100 })) }),
    ]
  }),
  row1('catalogue: prices list', 1_000, 10_000, [0, 2], (folder, n) => [
    'prices',
    'list',
    ...pricing(folder, { models: models(n) }),
  ]),
  row1('catalogue: prices list, markdown', 1_000, 10_000, [0, 2], (folder, n) => [
    'prices',
    'list',
    '-f',
    'markdown',
    ...pricing(folder, { models: models(n) }),
  ]),
  row1('catalogue: prices list, CSV', 1_000, 10_000, [0, 2], (folder, n) => [
    'prices',
    'list',
    '-f',
    'csv',
    ...pricing(folder, { models: models(n) }),
  ]),
  row1('catalogue: prices lint', 1_000, 10_000, [0, 2], (folder, n) => {
    pricing(folder, { models: models(n) })
    return ['prices', 'lint', 'mine.json']
  }),
  row1('catalogue: prices lint, all wrong', 1_000, 10_000, [2], (folder, n) => {
    pricing(folder, { models: models(n).map(one => ({ ...one, prices: [{ ...row('2026-01-01'), input: '0.1' }] })) })
    return ['prices', 'lint', 'mine.json']
  }),
  row1('catalogue: prices diff', 500, 5_000, [0, 2], (folder, n) => {
    pricing(folder, { models: models(n) })
    pricing(
      folder,
      { models: models(n).map(one => ({ ...one, prices: [{ ...row('2026-01-01'), input: '3' }] })) },
      'other.json',
    )
    return ['prices', 'diff', 'mine.json', 'other.json']
  }),
  row1('rows: prices diff', 800, 8_000, [0, 2], (folder, n) => {
    const prices = (from, more) =>
      times(n, i => ({ ...row(day(from + i), i === n - 1 ? undefined : day(from + i + 1)), ...more }))
    pricing(folder, { models: [{ id: 'deepseek-v4', prices: prices(0, {}) }] })
    pricing(folder, { models: [{ id: 'deepseek-v4', prices: prices(1, { input: '3' }) }] }, 'other.json')
    return ['prices', 'diff', 'mine.json', 'other.json']
  }),
  row1('catalogue: prices age', 1_000, 10_000, [0, 2], (folder, n) => [
    'prices',
    'age',
    ...pricing(folder, { models: models(n) }),
  ]),
  row1('providers: prices age', 400, 4_000, [0, 2], (folder, n) => {
    const book = JSON.parse(inFolder(folder, ['prices', 'show', 'deepseek-v4', '--json', '--pricing', '2026-05-15']))
    const providers = Object.fromEntries(times(n, i => [`p${i}`, { ...book.provider, batch: null }]))
    return [
      'prices',
      'age',
      ...pricing(folder, {
        sources: { ...OWN, ...book.sources },
        providers,
        models: models(n).map((one, i) => ({ ...one, provider: `p${i}` })),
      }),
    ]
  }),
  row1('catalogue: prices show', 1_000, 10_000, [0, 2], (folder, n) => [
    'prices',
    'show',
    'model-7',
    ...pricing(folder, { models: models(n) }),
  ]),
  row1('catalogue: a name that is not there', 1_000, 10_000, [3], (folder, n) => [
    'prices',
    'show',
    `${'x'.repeat(200)}`,
    ...pricing(folder, { models: models(n) }),
  ]),
  row1('catalogue: completion', 1_000, 10_000, [0, 2], (folder, n) => [
    'completion',
    'bash',
    '--words',
    '--',
    'prices',
    'show',
    ...pricing(folder, { models: models(n) }),
    'mo',
  ]),
  row1('catalogue: completion of a list', 200, 2_000, [0, 2], (folder, n) => [
    'completion',
    'bash',
    '--words',
    '--',
    'compare',
    ...pricing(folder, { models: models(n) }),
    '--models',
    `${times(n / 2, i => `model-${i}`).join(',')},`,
  ]),
]

const many = [
  row1('scenarios', 20, 200, [0], (folder, n) => ['estimate', ...scenarios(folder, n), '--quiet']),
  row1('scenarios with tags', 20, 200, [0], (folder, n) => [
    'estimate',
    ...scenarios(folder, n, i => ({ more: `tags: {${times(10, j => `t${j}: v${i}`).join(', ')}}\n${WORK}` })),
    '--quiet',
  ]),
  row1('scenarios, warned of', 30, 300, [0], (folder, n) => [
    'estimate',
    ...scenarios(folder, n, () => ({ more: 'request: {turn: 2M, output: 300K}\n' })),
  ]),
  row1('scenarios, broken', 30, 300, [2], (folder, n) => [
    'estimate',
    ...scenarios(folder, n, () => ({ more: 'requst: {turn: 2M}\n' })),
  ]),
  row1('scenarios of models that are not there', 30, 300, [2, 3], (folder, n) => [
    'estimate',
    ...scenarios(folder, n, i => ({ model: `modle-${i}` })),
    ...pricing(folder, { models: models(n) }),
  ]),
  row1('scenarios: settings', 30, 300, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return ['estimate', 's.yaml', ...times(n, i => ['--set', `tags.t${i}=x`]).flat()]
  }),
  row1('scenarios: settings of broken keys', 30, 300, [2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return ['estimate', 's.yaml', ...times(n, i => ['--set', `key${i}=x`]).flat()]
  }),
  row1('one setting of many steps', 1_000, 10_000, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return ['estimate', 's.yaml', '--set', `tags.${'a.'.repeat(n)}b=x`]
  }),
  ...['table', 'json', 'markdown', 'github', 'junit'].map(format =>
    row1(`check, ${format}`, 20, 200, [0, 1, 2], (folder, n) => {
      const names = scenarios(folder, n, () => ({
        more: `budget: {per_period: 0.0001, per_month: 0.5, per_request: 1}\ntraffic: {per: day}\n${WORK}`,
      }))
      return ['check', ...names, '-f', format, '--quiet']
    }),
  ),
  row1('check, budgets by name', 20, 200, [0, 1, 2], (folder, n) => {
    write(folder, 'dsprice.config.yaml', `budgets:\n${times(n, i => `  s${i}: {per_month: 1}\n`).join('')}`)
    return ['check', ...scenarios(folder, n), '--quiet']
  }),
  row1('check, budgets of nothing', 500, 5_000, [0, 1, 2], (folder, n) => {
    write(folder, 'dsprice.config.yaml', `budgets:\n${times(n, i => `  x${i}: {per_month: 1}\n`).join('')}`)
    return ['check', ...scenarios(folder, 1)]
  }),
  row1('check against a result', 15, 150, [0, 1, 2], (folder, n) => {
    const names = scenarios(folder, n)
    write(folder, 'base.json', inFolder(folder, ['estimate', ...names, '--json', '--quiet']))
    return ['check', ...names, '--baseline', 'base.json', '--set', 'budget.max_increase=10%', '--quiet']
  }),
  row1('diff of results', 30, 300, [0], (folder, n) => {
    const names = scenarios(folder, n)
    write(folder, 'base.json', inFolder(folder, ['estimate', ...names, '--json', '--quiet']))
    scenarios(folder, n, i => ({
      model: i % 2 ? 'deepseek-v4' : 'deepseek-v4-pro',
      more: 'request: {turn: 4K, output: 1K}\n',
    }))
    write(folder, 'head.json', inFolder(folder, ['estimate', ...names, '--json', '--quiet']))
    return ['diff', 'base.json', 'head.json']
  }),
  ...['table', 'markdown', 'csv'].map(format =>
    row1(`render, ${format}`, 100, 1_000, [0], (folder, n) => {
      write(folder, 'r.json', inFolder(folder, ['estimate', ...scenarios(folder, n), '--json', '--quiet']))
      return ['render', 'r.json', '-f', format]
    }),
  ),
  row1('render of keys unknown here', 300, 3_000, [0], (folder, n) => {
    const result = JSON.parse(inFolder(folder, ['estimate', ...scenarios(folder, 1), '--json', '--quiet']))
    const [one] = result.scenarios
    write(
      folder,
      'r.json',
      JSON.stringify({
        ...result,
        scenarios: [{ ...one, ...Object.fromEntries(times(n, i => [`new${i}`, { a: i }])) }],
      }),
    )
    return ['render', 'r.json']
  }),
  row1('render of broken scenarios', 100, 1_000, [2], (folder, n) => {
    const result = JSON.parse(inFolder(folder, ['estimate', ...scenarios(folder, 1), '--json', '--quiet']))
    const [one] = result.scenarios
    write(folder, 'r.json', JSON.stringify({ ...result, scenarios: times(n, () => ({ ...one, name: 7 })) }, null, 1))
    return ['render', 'r.json']
  }),
  row1('tokens of many files', 100, 1_000, [0], (folder, n) => {
    for (let i = 0; i < n; i++) write(folder, `p/${i}.txt`, `word ${i}`)
    return ['tokens', ...times(n, i => `p/${i}.txt`), '--model', 'gpt-5.5']
  }),
  row1('tokens of tools', 300, 3_000, [0, 2], (folder, n) => {
    write(
      folder,
      'tools.json',
      JSON.stringify(
        times(n, i => ({
          type: 'function',
          function: {
            name: `f${i}`,
            description: 'd',
            parameters: { type: 'object', properties: { a: { type: 'string' } } },
          },
        })),
      ),
    )
    return ['tokens', '--tools', 'tools.json', '--model', 'gpt-5.5']
  }),
  row1('tools, nested', 200, 2_000, [0, 2], (folder, n) => {
    write(
      folder,
      'tools.json',
      JSON.stringify([
        {
          type: 'function',
          function: {
            name: 'f',
            description: 'd',
            parameters: JSON.parse(
              `${'{"type":"object","properties":{"a":'.repeat(n)}{"type":"string"}${'}}'.repeat(n)}`,
            ),
          },
        },
      ]),
    )
    return ['tokens', '--tools', 'tools.json', '--model', 'gpt-5.5']
  }),
  row1('gateway', 3, 32, [0, 2], (folder, n) => {
    write(folder, 's.yaml', scenario({ model: null, more: `${legs(n)}${WORK}` }))
    return [
      'gateway',
      's.yaml',
      ...pricing(folder, { models: models(n) }),
      ...times(n, i => ['--map', `model-${i}=openai/m${i}`]).flat(),
    ]
  }),
  row1('quality of many models', 100, 1_000, [0, 2, 3], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'route',
      's.yaml',
      '--quiet',
      ...times(n, i => ['--quality', `model-${i}=${i}`]).flat(),
      ...pricing(folder, { models: models(n) }),
    ]
  }),
  row1('kept models', 20, 200, [0, 2, 3], (folder, n) => {
    write(folder, 's.yaml', scenario())
    return [
      'route',
      's.yaml',
      '--quiet',
      ...times(n, i => ['--keep', `model-${i}=${0.5 / n}`]).flat(),
      ...pricing(folder, { models: models(n) }),
    ]
  }),
  row1('break-even', 3, 32, [0], (folder, n) => {
    write(folder, 's.yaml', scenario({ model: null, more: `${legs(n)}${WORK}traffic: {per: day}\n${CLUSTER}` }))
    return ['breakeven', 's.yaml', ...pricing(folder, { models: models(n) })]
  }),
  row1('an unknown command', 1_000, 100_000, [2], (_, n) => ['x'.repeat(n)]),
]

export const ROWS = [...texts, ...yaml, ...counts, ...parts, ...fleets, ...books, ...many]
