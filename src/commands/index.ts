import type { CommandRow } from './flags/command-row.ts'

/** Every command, one row each. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'estimate',
    summary: 'every view of the cost of one or more scenarios',
    examples: [
      'dsprice estimate scenarios/coding-agent.yaml',
      'dsprice estimate scenarios/chat.yaml --explain',
      'dsprice estimate scenarios/coding-agent.yaml --set request.turns=20 --json',
    ],
    load: async io => (await import('./estimate.ts')).estimateCommand(io),
  },
  {
    name: 'compare',
    summary: 'the same workload across models, cheapest first',
    examples: [
      'dsprice compare --models deepseek-v4-pro,gpt-5.5,claude-opus-4.7',
      'dsprice compare scenarios/coding-agent.yaml --all --view cached',
      'dsprice compare --all --require open_weights,soc2',
    ],
    load: async io => (await import('./compare.ts')).compareCommand(io),
  },
  {
    name: 'forecast',
    summary: 'the cost month by month on the true calendar, with growth and dated prices',
    examples: [
      'dsprice forecast scenarios/support-bot.yaml',
      'dsprice forecast bot.yaml --set traffic.growth=8%/month --months 24',
      'dsprice forecast bots/ --start 2027-01 --format csv -o 2027.csv',
    ],
    load: async io => (await import('./what-if/forecast.ts')).forecastCommand(io),
  },
  {
    name: 'sweep',
    summary: 'the cost over the values of one or two keys',
    examples: [
      'dsprice sweep scenarios/support-bot.yaml --vary request.output=350,700,1400',
      'dsprice sweep bot.yaml --vary traffic.requests=0.5x,1x,2x,4x --vary cache=none,prefix',
      'dsprice sweep bot.yaml --vary model=gpt-5.5,deepseek-v4-pro --vary request.session=1K..8K/1K --view headline',
    ],
    load: async io => (await import('./what-if/sweep.ts')).sweepCommand(io),
  },
  {
    name: 'advise',
    summary: 'what would lower this bill, computed, largest saving first',
    examples: [
      'dsprice advise scenarios/market-today.yaml',
      'dsprice advise bot.yaml --plan --min-quality 1400',
      'dsprice advise bot.yaml --models gpt-5.5,claude-sonnet-4.6 --require zdr',
    ],
    load: async io => (await import('./what-if/advise.ts')).adviseCommand(io),
  },
  {
    name: 'replay',
    summary: 'what a prompt cache would serve of real requests, and the load they make',
    examples: [
      'dsprice replay trace.jsonl --model deepseek-v4-pro',
      'dsprice replay traces/ --policy rule,lru --capacity 100K',
      'dsprice replay azure.csv --model gpt-5.5 --at 2026-11-23',
    ],
    load: async io => (await import('./usage/replay.ts')).replayCommand(io),
  },
  {
    name: 'breakeven',
    summary: 'your own cluster against the API, and where it breaks even',
    examples: [
      'dsprice breakeven scenarios/self-host-measured.yaml',
      'dsprice breakeven bot.yaml --view headline --format csv -o curve.csv',
      'dsprice breakeven bot.yaml --set self_host.usd_per_gpu_hour=2.69',
    ],
    load: async io => (await import('./breakeven.ts')).breakEvenCommand(io),
  },
  {
    name: 'route',
    summary: 'the cost of a fleet, models by cost and quality, and the cheapest split',
    examples: [
      'dsprice route scenarios/routing-80-15-5.yaml',
      'dsprice route bot.yaml --quality gpt-5.5=1480 --min-quality 1460',
      'dsprice route bot.yaml --keep claude-opus-4.7=5% --view headline',
    ],
    load: async io => (await import('./route.ts')).routeCommand(io),
  },
  {
    name: 'gateway',
    summary: "routing as a configuration of LiteLLM's proxy",
    examples: [
      'dsprice gateway bot.yaml -o config.yaml',
      'dsprice gateway bot.yaml --map o3=azure/o3 --at 2026-11-23T02:00Z',
    ],
    load: async io => (await import('./gateway.ts')).gatewayCommand(io),
  },
  {
    name: 'usage',
    summary: 'what real usage cost, on the models that served it and on others',
    examples: [
      'dsprice usage calls.jsonl',
      'dsprice usage "logs/*.jsonl" --by team,model --models gpt-5.5,deepseek-v4-pro',
      'dsprice usage calls.csv --since 2026-11-01 --timezone Asia/Shanghai --json',
      'dsprice usage calls.jsonl --to-scenario bot.yaml',
    ],
    load: async io => (await import('./usage/usage.ts')).usageCommand(io),
  },
  {
    name: 'check',
    summary: 'check scenarios against their budgets; the only command that fails on cost',
    examples: [
      'dsprice check scenarios/support-bot.yaml',
      'dsprice check bots/ "agents/*.yaml" --baseline git:main',
      'dsprice check bots/ --json -o baseline.json',
      'dsprice check --usage "logs/*.jsonl" --scenario support-bot',
    ],
    load: async io => (await import('./check.ts')).checkCommand(io),
  },
  {
    name: 'diff',
    summary: 'what changed in cost between scenarios, results or revisions, and why',
    examples: [
      'dsprice diff bot.yaml bot-v2.yaml',
      'dsprice diff bots-old/ bots/',
      'dsprice diff git:main bots/',
      'dsprice diff baseline.json result.json',
      'dsprice diff git:v1 git:v2 bots/ --view headline',
    ],
    load: async io => (await import('./diff.ts')).diffCommand(io),
  },
  {
    name: 'report',
    summary: 'one page with charts that reckons in the browser, in one file',
    examples: [
      'dsprice report scenarios/support-bot.yaml -o report.html',
      'dsprice report bots/ --models gpt-5.5,claude-sonnet-4.6 -o bots.html',
      'dsprice report bot.yaml --no-advice --set request.turns=20 -o bot.html',
    ],
    load: async io => (await import('./page/report.ts')).reportCommand(io),
  },
  {
    name: 'serve',
    summary: 'the page of a folder of scenarios, loaded anew as they change',
    examples: ['dsprice serve bots/', 'dsprice serve scenarios/ --port 8080'],
    load: async io => (await import('./page/serve.ts')).serveCommand(io),
  },
  {
    name: 'render',
    summary: 'a saved result in another format',
    examples: [
      'dsprice render result.json --format markdown',
      'dsprice estimate a.yaml --json | dsprice render - --explain',
    ],
    load: async io => (await import('./render.ts')).renderCommand(io),
  },
  {
    name: 'prices',
    summary: 'the price books: list, show, add, import, lint, diff, age, gpus, throughput',
    examples: ['dsprice prices list deepseek', 'dsprice prices show deepseek-v4-pro', 'dsprice prices lint mine.json'],
    load: async io => (await import('./prices.ts')).pricesCommand(io),
  },
  {
    name: 'tokens',
    summary: 'token counts per file, exact or estimated',
    examples: [
      'dsprice tokens prompts/system.md --model deepseek-v4-pro',
      'dsprice tokens "prompts/**/*.md" --model claude-opus-4.7 --json',
      'cat prompt.txt | dsprice tokens - --model gpt-5.5',
      'dsprice tokens --prefix "samples/*.txt" --model deepseek-v4-pro',
    ],
    load: async io => (await import('./tokens.ts')).tokensCommand(io),
  },
  {
    name: 'schema',
    summary: 'the JSON Schema of a file, for editors',
    examples: ['dsprice schema scenario -o scenario.schema.json', 'dsprice schema result'],
    load: async io => (await import('./schema.ts')).schemaCommand(io),
  },
  {
    name: 'init',
    summary: 'a first scenario from the prompt files of a folder',
    examples: ['dsprice init', 'dsprice init services/bot --model gpt-5.5', 'dsprice init -o - | dsprice estimate -'],
    load: async io => (await import('./init.ts')).initCommand(io),
  },
  {
    name: 'completion',
    summary: 'shell completion for bash, zsh and fish',
    examples: [
      'source <(dsprice completion bash)',
      'dsprice completion zsh > "$fpath[1]/_dsprice"',
      'dsprice completion fish > ~/.config/fish/completions/dsprice.fish',
    ],
    load: async io => (await import('./completion.ts')).completionCommand(io, COMMANDS),
    tellsOfOthers: true,
  },
]
