import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * Start-up: whole processes, in turn, so that a drift of the machine meets them all alike; medians, as ratios to bare
 * Node. Wall time is what one waits for; CPU time (user and system) is disturbed less by what else runs.
 * Run by hand, after npm run build: npm install --prefix bench && npm run bench [rounds]
 */

const root = join(import.meta.dirname, '..')
const peers = join(import.meta.dirname, 'node_modules')
const rounds = Number(process.argv[2] ?? 21)

const dsprice = (...args) => [join(root, 'bin/dsprice.js'), ...args]
const scenario = join(root, 'scenarios/coding-agent.yaml')
const withText = join(root, 'scenarios/support-bot.yaml')
const prompt = join(root, 'scenarios/support-bot/system.md')
const NUMBERS = ['--set', 'request.shared=1237', '--set', 'request.turn=65']
const empty = join(mkdtempSync(join(tmpdir(), 'dsprice-bench-')), 'empty.md')
writeFileSync(empty, '')

const BARE = 'node -e 0'
const COMMANDS = {
  [BARE]: ['-e', '0'],
  'dsprice --version': dsprice('--version'),
  'dsprice estimate': dsprice('estimate', scenario),
  'dsprice estimate --json': dsprice('estimate', scenario, '--json'),
  'dsprice compare --models (3)': dsprice('compare', '--models', 'deepseek-v4-pro,gpt-5.5,claude-opus-4.7', '--quiet'),
  'dsprice check': dsprice('check', scenario, '--set', 'budget.per_period=10'),
  'dsprice prices show': dsprice('prices', 'show', 'deepseek-v4-pro'),
  // Text: the vocabulary that it is counted with is read, and no other. Before each, the same without text.
  'dsprice estimate, numbers (deepseek-v4-pro)': dsprice('estimate', withText, ...NUMBERS, '--quiet'),
  'dsprice estimate, text (deepseek-v3)': dsprice('estimate', withText, '--quiet'),
  'dsprice estimate, numbers (gpt-5.5)': dsprice('estimate', withText, '--set', 'model=gpt-5.5', ...NUMBERS, '--quiet'),
  'dsprice estimate, text (o200k)': dsprice('estimate', withText, '--set', 'model=gpt-5.5', '--quiet'),
  'dsprice tokens, an empty file': dsprice('tokens', empty, '--model', 'deepseek-v4-pro', '--quiet'),
  'dsprice tokens (deepseek-v3)': dsprice('tokens', prompt, '--model', 'deepseek-v4-pro', '--quiet'),
  'dsprice tokens (o200k)': dsprice('tokens', prompt, '--model', 'gpt-5.5', '--quiet'),
}

const GENAI = ['calc', '--input-tokens', '2000000', '--output-tokens', '20000', 'openai:gpt-5']
const PEERS = {
  'genai-prices 0.1.8 calc': [join(peers, '@pydantic/genai-prices/dist/cli.js'), ...GENAI],
  // With no logs to read: what its start-up alone costs.
  'ccusage 18.0.5 (no logs)': [join(peers, 'ccusage/dist/index.js'), '--offline'],
}

/** Milliseconds of wall and of CPU, and the exit code. The shell's `time` is the one that knows a child's CPU time. */
const run = (args, env) => {
  const script = 'TIMEFORMAT="%R %U %S"; { time "$@" > /dev/null 2>&1; } 2>&1; echo "$?"'
  const { stdout } = spawnSync('bash', ['-c', script, '_', process.execPath, ...args], { env, encoding: 'utf8' })
  const [wall, user, system, status] = stdout.trim().split(/\s+/).map(Number)
  return { wall: wall * 1000, cpu: (user + system) * 1000, status }
}

/** Runs all commands in turn; the first round, which fills the system's caches, does not count. */
const measure = (commands, env) => {
  const found = Object.fromEntries(Object.keys(commands).map(name => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const one = run(args, env)
      if (round > 0) found[name].push(one)
    }
  }
  return found
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const print = found => {
  const medianOf = (name, key) => median(found[name].map(one => one[key]))
  const ratio = (name, key) => (medianOf(name, key) / medianOf(BARE, key)).toFixed(2)
  console.log(`Node ${process.version}, ${rounds} rounds in turn, medians; ${BARE}: ${medianOf(BARE, 'wall')} ms\n`)
  console.log('| command | × wall | × CPU | exit |\n| :-- | --: | --: | --: |')
  for (const [name, [{ status }]] of Object.entries(found)) {
    console.log(`| ${name} | ${ratio(name, 'wall')} | ${ratio(name, 'cpu')} | ${status} |`)
  }
}

// An empty home: no logs, no caches, no configuration.
const home = mkdtempSync(join(tmpdir(), 'dsprice-bench-'))
mkdirSync(join(home, 'projects'))
const withPeers = existsSync(peers)
print(
  measure(withPeers ? { ...COMMANDS, ...PEERS } : COMMANDS, {
    ...process.env,
    HOME: home,
    CLAUDE_CONFIG_DIR: home,
    NO_COLOR: '1',
  }),
)
rmSync(home, { recursive: true })
rmSync(dirname(empty), { recursive: true })
if (!withPeers) console.log('\nWithout the peers: npm install --prefix bench')
