import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SLOW } from '../vitest.config.ts'
import { repository } from './fake-io.ts'

/** What the files of this folder may not do by themselves, as each once made tests fail elsewhere, or pass wrongly. */

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts') && !name.startsWith('golden/') && name !== 'test-files.test.ts')
  .map(name => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(import.meta.dirname, name), 'utf8') }))

const STARTS = /from 'node:child_process'|\/(?:git-folder|repo)\.ts'/

it.each<{ it: string; test: (text: string) => boolean; but: readonly string[] }>([
  {
    it: 'looks beside the project by itself (else: describeBeside, which skips where nothing lies there)',
    test: text => text.includes('../shared'),
    but: ['beside.ts'],
  },
  {
    it: 'builds dist/ by itself (else: nothing; vitest builds it before the tests)',
    test: text => text.includes('scripts/build.mjs'),
    but: ['build.ts', 'build.test.ts'],
  },
  {
    it: 'removes a folder of programs that it starts in one go (else: removeFolder, which waits for their last words)',
    test: text => STARTS.test(text) && /\brm(Sync)?\([^)]*recursive/.test(text),
    but: [],
  },
])('no file $it', ({ test, but }) => {
  expect(files.filter(({ name, text }) => test(text) && !but.includes(name)).map(({ name }) => name)).toEqual([])
})

it('the slow files are there: one that was moved would be a fast one', () => {
  expect(SLOW.filter(name => !existsSync(join(repository, name)))).toEqual([])
})

/** Files of the engine without a test of their own, each with what holds it. */
const HELD_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  'it has types or exports alone': [
    'book/import/catalogue.ts',
    'cost/budget/checked.ts',
    'cost/cluster/lookup/lookup.ts',
    'cost/diff/placed.ts',
    'model/book/book.ts',
    'model/book/clusters.ts',
    'model/scenario/counted.ts',
    'tokens/chat/conversation.ts',
    'tokens/index.ts',
    'tokens/tokenizer.ts',
    'tokens/tools/tool-definition.ts',
    'usage/formats/index.ts',
    'plan/page/control.ts',
    'plan/page/page-data.ts',
    'usage/reading/bad-record.ts',
    'usage/sql/dialect.ts',
    'usage/sql/engine.ts',
    'usage/reading/format.ts',
    'usage/record.ts',
  ],
  'it is a row of count-tools.ts, whose test has every row': [
    'tokens/tools/claude-rule.ts',
    'tokens/tools/deepseek-rule.ts',
    'tokens/tools/json-rule.ts',
    'tokens/tools/openai-rule.ts',
  ],
  'its counts are held to the makers’ own libraries by tokens/tokenizers.property.test.ts': [
    'tokens/bpe/engine.ts',
    'tokens/bpe/merge-long.ts',
    'tokens/bpe/merge.ts',
    'tokens/bpe/pair-ranks.ts',
    'tokens/bpe/piece-counter.ts',
    'tokens/bpe/shipped.ts',
    'tokens/bpe/tokenizer.ts',
    'tokens/bpe/vocabulary.ts',
    'tokens/bpe/word-cache.ts',
    'tokens/scan/alternatives.ts',
    'tokens/scan/cl100k.ts',
    'tokens/scan/deepseek.ts',
    'tokens/scan/gpt2.ts',
    'tokens/scan/o200k.ts',
    'tokens/scan/scanner.ts',
  ],
  'its forms are read by files/index.ts, whose test has each': [
    'tokens/files/byte-letters.ts',
    'tokens/files/expressions.ts',
    'tokens/files/known-files.ts',
    'tokens/files/read-file.ts',
    'tokens/files/tekken-json.ts',
    'tokens/files/tiktoken-ranks.ts',
    'tokens/files/tokenizer-json.ts',
  ],
  'it is written by scripts/unicode-classes.mjs': ['tokens/scan/class-runs.ts'],
  'its rule is a table of usage/reading.test.ts': [
    'usage/reading/counts.ts',
    'usage/reading/instants.ts',
    'usage/reading/seen-ids.ts',
    'usage/reading/usd.ts',
  ],
  'it reads a format, whose sample load/usage/samples.test.ts holds to a list that another program made': [
    'usage/bills/anthropic-counts.ts',
    'usage/bills/anthropic-csv.ts',
    'usage/bills/anthropic-report.ts',
    'usage/bills/bucket.ts',
    'usage/bills/deepseek-export.ts',
    'usage/bills/deepseek-rows.ts',
    'usage/bills/focus.ts',
    'usage/bodies/anthropic-body.ts',
    'usage/bodies/anthropic.ts',
    'usage/bodies/body.ts',
    'usage/bodies/find-body.ts',
    'usage/bodies/gemini.ts',
    'usage/bodies/stream-last.ts',
    'usage/bodies/take-body.ts',
    'usage/gateways/azure-apim.ts',
    'usage/gateways/helicone.ts',
    'usage/gateways/litellm.ts',
    'usage/gateways/openrouter.ts',
    'usage/gateways/portkey.ts',
    'usage/gateways/vercel.ts',
    'usage/reading/fields.ts',
    'usage/reading/from-prompt.ts',
    'usage/reading/keys.ts',
    'usage/sessions/codex-counts.ts',
    'usage/sessions/plain.ts',
    'usage/traces/langfuse-counts.ts',
    'usage/traces/langfuse.ts',
    'usage/traces/otel-attributes.ts',
    'usage/traces/weave.ts',
  ],
  'usage/bodies/openai-body.test.ts and usage/gateways/litellm-row.test.ts have the places of its counts': [
    'usage/bodies/prompt-cache.ts',
  ],
  'load/usage/scan/planned-lines.property.test.ts holds lines that are planned to each line by itself': [
    'usage/formats/line.ts',
    'usage/reading/cell.ts',
    'usage/reading/kept.ts',
  ],
  'load/usage/read-usage.test.ts and sources.test.ts have what it tells apart and counts': [
    'usage/formats/open-usage.ts',
    'usage/formats/takers.ts',
    'usage/formats/tally.ts',
  ],
  'usage/usage.test.ts has its figures by hand, and usage/usage.property.test.ts holds them to every record by itself':
    [
      'usage/groups/call-spots.ts',
      'usage/groups/collect.ts',
      'usage/groups/group.ts',
      'usage/groups/grouping.ts',
      'usage/groups/local-time.ts',
      'usage/groups/open-group.ts',
      'usage/groups/side-counts.ts',
      'usage/plan/models.ts',
      'usage/plan/tier-edges.ts',
      'usage/plan/timeline.ts',
      'usage/price/candidates.ts',
      'usage/price/price-group.ts',
      'usage/price/quote.ts',
      'usage/price/rates.ts',
      'usage/price/what-if.ts',
      'usage/result/breakdown.ts',
      'usage/result/elsewhere.ts',
      'usage/result/levers.ts',
      'usage/result/pace.ts',
      'usage/result/print.ts',
      'usage/result/refuse-nothing.ts',
      'usage/result/total.ts',
      'usage/result/unpriced.ts',
      'usage/result/usage-run.ts',
    ],
  'load/engines/engines.property.test.ts and load/clickhouse hold its sums to those of single records': [
    'usage/sql/clickhouse.ts',
    'usage/sql/columns.ts',
    'usage/sql/cut-buckets.ts',
    'usage/sql/duckdb.ts',
    'usage/sql/group-query.ts',
    'usage/sql/planned-models.ts',
    'usage/sql/read-tables.ts',
    'usage/sql/rows.ts',
    'usage/sql/select.ts',
    'usage/sql/sum-by.ts',
    'usage/sql/sums.ts',
    'usage/sql/survey.ts',
    'usage/sql/time-plan.ts',
  ],
  'usage/workload/workload.test.ts and agreement.test.ts price what is observed': [
    'usage/workload/legs.ts',
    'usage/workload/observe.ts',
    'usage/workload/traffic.ts',
    'usage/workload/usage-scenario.ts',
  ],
  'plan/page/shown.test.ts holds every control to --set, on every shipped scenario': [
    'cost/result/resolve-cluster.ts',
    'plan/page/cache-control.ts',
    'plan/page/cluster-controls.ts',
    'plan/page/controls.ts',
    'plan/page/excerpt.ts',
    'plan/page/price-controls.ts',
    'plan/page/request-controls.ts',
    'plan/page/split-controls.ts',
    'plan/page/traffic-controls.ts',
  ],
  'browser/page.test.ts compares what it shows with --json': ['plan/page/others-priced.ts', 'plan/page/priced.ts'],
  'plan/advise/advise.test.ts has its words': ['plan/advise/batch-wait.ts'],
  'load/source has the tests of --set': ['model/scenario/set-key.ts'],
  'usage/check-usage.test.ts, lines.test.ts and report/usage hold whole reports': [
    'usage/result/charges.ts',
    'usage/result/check-usage.ts',
    'usage/result/hold-usage.ts',
    'usage/result/lines.ts',
  ],
  'it has lists of words alone': [
    'model/result/assumed.ts',
    'model/scenario/limits.ts',
    'model/scenario/marks.ts',
    'model/book/choices.ts',
    'model/result/schema-names.ts',
  ],
  'its schemas are held to the files in schema/ by schemas.test.ts': [
    'gateway/litellm.ts',
    'model/book/book-schema.ts',
    'model/book/cache-schema.ts',
    'model/book/clusters-schema.ts',
    'model/book/fact-schema.ts',
    'model/book/market-schema.ts',
    'model/book/price-schema.ts',
    'model/book/score-schema.ts',
    'model/figures.ts',
    'model/result/cause.ts',
    'model/result/advice.ts',
    'model/result/check.ts',
    'model/result/difference.ts',
    'model/result/forecast.ts',
    'model/result/json-schemas.ts',
    'model/result/result.ts',
    'model/result/route.ts',
    'model/result/routed.ts',
    'model/result/self-hosted.ts',
    'model/result/totals.ts',
    'model/result/replay.ts',
    'model/result/sweep.ts',
    'model/result/usage-parts.ts',
    'model/result/usage.ts',
    'model/scenario/budget.ts',
    'model/scenario/config-schema.ts',
    'model/scenario/counted-routing-schema.ts',
    'model/scenario/counted-schema.ts',
    'model/scenario/length.ts',
    'model/scenario/routing-schema.ts',
    'model/scenario/scenario-schema.ts',
    'model/scenario/scenario.ts',
    'model/scenario/self-host-schema.ts',
    'model/scenario/self-host.ts',
    'model/scenario/traffic.ts',
  ],
}

describe('the engine', () => {
  const engine = ['cost', 'plan', 'model', 'book', 'gateway', 'tokens', 'usage'].flatMap(layer =>
    readdirSync(join(repository, 'src', layer), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => `${layer}/${name.replaceAll('\\', '/')}`),
  )
  const hasTest = (name: string): boolean =>
    ['test', 'property.test'].some(kind => existsSync(join(import.meta.dirname, name.replace(/\.ts$/, `.${kind}.ts`))))

  it('has a test for each of its files, but for those that are listed here', () => {
    expect(engine.length).toBeGreaterThan(100)
    expect(engine.filter(name => !hasTest(name)).sort()).toEqual(Object.values(HELD_ELSEWHERE).flat().sort())
  })
})
