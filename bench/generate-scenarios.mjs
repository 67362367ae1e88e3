import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Scenarios like those of a company with many teams: twenty to a team, two fifths of them with text. The same call makes
 * the same files.
 */

const MODELS = [
  'deepseek-v4-pro',
  'deepseek-v4-flash',
  'deepseek-v4-pro',
  'gpt-5.5',
  'gpt-5-nano',
  'claude-sonnet-5',
  'claude-haiku-4.5',
  'gemini-3.5-flash',
  'fireworks/deepseek-v4-pro',
  'novita/deepseek-v4.1-flash',
]
const ZONES = ['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'Asia/Singapore', 'America/New_York']
const WORDS =
  'the answer of a customer who asks about delivery price order number invoice return within days never promise what is not in stock write short polite plain sentences name the product say when you do not know call the tool check_order before any date is given'.split(
    ' ',
  )
const CHINESE = ['请问', '我的订单', '什么时候', '发货', '咖啡机', '漏水', '可以退货吗', '谢谢', '发票', '保修期']

/** Mulberry32: numbers from 0 to 1 that are the same everywhere. */
const numbersFrom = seed => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const diceFrom = seed => {
  const next = numbersFrom(seed)
  const below = count => Math.floor(next() * count)
  return { next, below, pick: list => list[below(list.length)], chance: share => next() < share }
}

/** A prompt of so many paragraphs, each of its own words. */
const proseOf = (dice, paragraphs) =>
  Array.from({ length: paragraphs }, () =>
    Array.from({ length: 60 + dice.below(40) }, () => dice.pick(dice.chance(0.1) ? CHINESE : WORDS)).join(' '),
  ).join('.\n\n')

const toolsOf = dice =>
  Array.from({ length: 2 + dice.below(4) }, (_, i) => ({
    type: 'function',
    function: {
      name: `tool_${i}`,
      description: proseOf(dice, 1),
      parameters: { type: 'object', properties: { id: { type: 'string', description: 'number of the order' } } },
    },
  }))

const TEAM_SIZE = 20

const writeTeam = (folder, dice) => {
  mkdirSync(join(folder, 'prompts'), { recursive: true })
  mkdirSync(join(folder, 'samples'), { recursive: true })
  for (const name of ['house', 'tone']) writeFileSync(join(folder, `prompts/${name}.md`), `${proseOf(dice, 8)}\n`)
  writeFileSync(join(folder, 'prompts/tools.json'), JSON.stringify(toolsOf(dice), null, 2))
  for (let i = 0; i < 8; i++) writeFileSync(join(folder, `samples/user-${i}.txt`), `${proseOf(dice, 1)}\n`)
}

const lengthsOf = (dice, own) =>
  own
    ? [
        '  shared:',
        `    - file: prompts/${own}`,
        `    - file: prompts/${dice.pick(['house', 'tone'])}.md`,
        ...(dice.chance(0.4) ? ['    - tools: prompts/tools.json'] : []),
        '  turn: { files: samples/*.txt }',
      ]
    : [`  shared: ${dice.below(12)}K`, `  session: ${dice.below(40) * 500}`, `  turn: ${50 + dice.below(800)}`]

const trafficOf = dice =>
  dice.chance(0.25)
    ? [`traffic: { requests: ${1 + dice.below(50)}, per: run }`]
    : [
        'traffic:',
        `  requests: ${10 + dice.below(20_000)}`,
        `  per: ${dice.pick(['hour', 'day', 'day', 'week', 'month'])}`,
        `  profile: ${dice.pick(['flat', 'office-hours', `[${Array.from({ length: 24 }, (_, i) => 1 + ((i * 7) % 5)).join(', ')}]`])}`,
        `  timezone: ${dice.pick(ZONES)}`,
        `  weekdays_only: ${dice.chance(0.5)}`,
      ]

const scenarioOf = (index, dice, own) =>
  [
    `name: workload-${index}`,
    `description: Workload ${index} of a generated company`,
    'pricing: "2026-11-23"',
    `at: ${dice.pick(['2026-11-23', '2026-11-23', '2026-11-23T03:30:00Z'])}`,
    `model: ${index === 0 ? MODELS[0] : dice.pick(MODELS)}`,
    `tags: { team: team-${Math.floor(index / TEAM_SIZE) % 10}, stage: ${dice.pick(['live', 'trial'])} }`,
    ...trafficOf(dice),
    'request:',
    `  turns: ${dice.pick([1, 1, 2, 4, 8, 20])}`,
    `  turn_gap: ${dice.pick(['20s', '90s', '10m'])}`,
    ...lengthsOf(dice, own),
    `  history: ${dice.chance(0.5)}`,
    `  output: ${100 + dice.below(1500)}`,
    `cache: ${dice.pick(['prefix', 'prefix', 'prefix', 'none', '{hit_share: 70%}'])}`,
    'budget:',
    // Of estimated text only the list price is a range that cannot be higher in between.
    '  view: headline',
    `  per_period: ${1000 + dice.below(50_000)}`,
    '  max_increase: 10%',
    '  warn_at: 80%',
    '  ignore_below: 5',
    '',
  ].join('\n')

const git = (folder, ...argv) => {
  const name = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'init.defaultBranch=main']
  const { status, stderr } = spawnSync('git', [...name, ...argv], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${argv.join(' ')}: ${stderr}`)
}

/**
 * Writes scenarios into an empty folder and commits them twice; in between every tenth prompt grows.
 *
 * @param text - share of the scenarios that have text, 0-1; the first one has, where any has
 * @returns the scenario files, relative to the folder
 */
export const generateScenarios = (folder, count, text) => {
  const dice = diceFrom(20_261_125)
  const paths = []
  const prompts = []
  for (let i = 0; i < count; i++) {
    const team = `scenarios/team-${String(Math.floor(i / TEAM_SIZE)).padStart(3, '0')}`
    if (i % TEAM_SIZE === 0) writeTeam(join(folder, team), dice)
    const own = text > 0 && (i === 0 || dice.chance(text)) ? `own-${i}.md` : null
    if (own) {
      writeFileSync(join(folder, team, 'prompts', own), `${proseOf(dice, 4 + dice.below(12))}\n`)
      prompts.push(join(folder, team, 'prompts', own))
    }
    paths.push(`${team}/workload-${String(i).padStart(4, '0')}.yaml`)
    writeFileSync(join(folder, paths[i]), scenarioOf(i, dice, own))
  }
  git(folder, 'init', '--quiet')
  git(folder, 'add', '.')
  git(folder, 'commit', '--quiet', '--message', 'base')
  prompts.forEach((path, i) => {
    if (i % 10 === 0) appendFileSync(path, `\n${proseOf(dice, 3)}\n`)
  })
  git(folder, 'commit', '--quiet', '--all', '--allow-empty', '--message', 'longer prompts')
  return paths
}
