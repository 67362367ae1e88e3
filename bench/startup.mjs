import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Start-up: whole processes, in turn, so that a drift of the machine meets them all alike.
 * Run by hand: npm install --prefix bench && npm run bench [rounds]
 */

const root = join(import.meta.dirname, '..')
const peers = join(import.meta.dirname, 'node_modules')
if (!existsSync(peers)) {
  console.error('The peers are missing: npm install --prefix bench')
  process.exit(2)
}

const rounds = Number(process.argv[2] ?? 21)
const dsprice = (...args) => [join(root, 'bin/dsprice.js'), ...args]
const scenario = join(root, 'scenarios/coding-agent.yaml')
const withText = join(root, 'scenarios/support-bot.yaml')
const prompt = join(root, 'scenarios/support-bot/system.md')
const commands = {
  'node -e 0': ['-e', '0'],
  'dsprice estimate': dsprice('estimate', scenario),
  'dsprice estimate --json': dsprice('estimate', scenario, '--json'),
  'dsprice compare --models (3)': dsprice('compare', '--models', 'deepseek-v4-pro,gpt-5.5,claude-opus-4.7', '--quiet'),
  'dsprice prices show': dsprice('prices', 'show', 'deepseek-v4-pro'),
  // Text: the vocabulary that it is counted with is read, and no other.
  'dsprice estimate, text (deepseek-v3)': dsprice('estimate', withText),
  'dsprice estimate, text (o200k)': dsprice('estimate', withText, '--set', 'model=gpt-5.5', '--quiet'),
  'dsprice tokens (deepseek-v3)': dsprice('tokens', prompt, '--model', 'deepseek-v4-pro'),
  'dsprice tokens (o200k)': dsprice('tokens', prompt, '--model', 'gpt-5.5'),
  'genai-prices 0.1.8 calc': [
    join(peers, '@pydantic/genai-prices/dist/cli.js'),
    'calc',
    '--input-tokens',
    '2000000',
    '--output-tokens',
    '20000',
    'openai:gpt-5',
  ],
  // With no logs to read: what its start-up alone costs.
  'ccusage 18.0.5 (no logs)': [join(peers, 'ccusage/dist/index.js'), '--offline'],
}

// An empty home: no logs, no caches, no configuration.
const home = mkdtempSync(join(tmpdir(), 'dsprice-bench-'))
mkdirSync(join(home, 'projects'))
const env = { ...process.env, HOME: home, CLAUDE_CONFIG_DIR: home, NO_COLOR: '1' }
const run = args => {
  const start = process.hrtime.bigint()
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'ignore' })
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, status }
}
const times = Object.fromEntries(Object.keys(commands).map(name => [name, []]))
const codes = {}
for (let round = -1; round < rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const { ms, status } = run(args)
    codes[name] = status
    if (round >= 0) times[name].push(ms)
  }
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const bare = median(times['node -e 0'])
console.log(`Node ${process.version}, ${rounds} rounds in turn, medians\n`)
console.log('| command | ms | × bare Node | exit |\n| :-- | --: | --: | --: |')
for (const [name, values] of Object.entries(times)) {
  console.log(`| ${name} | ${median(values).toFixed(0)} | ${(median(values) / bare).toFixed(2)} | ${codes[name]} |`)
}
