import { countingNotes } from '../../cost/result/notes/counting-notes.ts'
import { exact, quotient, toDecimals } from '../../model/number/money.ts'
import type { ContentNote, Counting, Template } from '../../model/scenario/counted.ts'
import type { Count, Counter, SharedPrefix } from '../../tokens/index.ts'
import { VERSION } from '../../version.ts'
import { left, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { formatCount } from '../figures/format.ts'

interface Found {
  readonly model: string
  readonly counter: Counter
  readonly template: Template | null
  readonly files: readonly string[]
  readonly prefix: SharedPrefix
  /** What the counts rest on, beside the tokenizer. */
  readonly contents: readonly ContentNote[]
}

const PREFIX_SCHEMA = 'dsprice/prefix/1'

/** `dsprice tokens --prefix` as a table: what files begin with alike, and the rest of each. */
export const prefixSheet = ({ model, counter, template, files, prefix, contents }: Found): Sheet => {
  const { name: tokenizer, vocabulary, estimation, source } = counter
  const counting: Counting = { tokenizer, vocabulary, estimation, source, template }
  const isExact = estimation === null
  const { shared, texts } = prefix
  const rests = texts.map(({ rest }) => rest.tokens)
  const spread = { mean: meanOf(rests), least: least(rests), most: most(rests) }
  return {
    title: `${model}: what ${files.length} files begin with alike, ${isExact ? 'exact' : 'estimated'} tokens`,
    columns: [
      left('file', { wraps: true }),
      right('tokens'),
      right('shared'),
      right('rest'),
      ...(isExact ? [] : [right('at least'), right('at most')]),
      left('count'),
    ],
    rows: texts.map(({ whole, rest }, i) => [
      nameOf(files[i]),
      formatCount(whole.tokens),
      formatCount(shared.tokens),
      formatCount(rest.tokens),
      ...(isExact ? [] : [formatCount(rest.low), formatCount(rest.high)]),
      isExact ? 'exact' : 'estimated',
    ]),
    notes: [
      inWords(shared, { ...spread, isExact }),
      ...[...countingNotes(counting, model), ...contents].map(
        ({ what }) => `${what[0]?.toUpperCase()}${what.slice(1)}.`,
      ),
    ],
    data: {
      schema: PREFIX_SCHEMA,
      tool_version: VERSION,
      model,
      exact: isExact,
      counting,
      shared: isExact ? shared.tokens : { low: shared.low, high: shared.high },
      shared_estimate: isExact ? null : shared.tokens,
      rest: { mean: Number(toDecimals(spread.mean, 2)), min: spread.least, max: spread.most },
      files: texts.map(({ whole, rest }, i) => ({
        file: files[i],
        tokens: inData(whole, isExact),
        rest: inData(rest, isExact),
      })),
    },
  }
}

const nameOf = (file = ''): string => (file === '-' ? 'stdin' : file)

const inData = ({ tokens, low, high }: Count, isExact: boolean) => (isExact ? tokens : { low, high, estimate: tokens })

const meanOf = (counts: readonly number[]) =>
  quotient(exact(counts.reduce((sum, one) => sum + one, 0)), exact(counts.length))
const least = (counts: readonly number[]): number => counts.reduce((a, b) => Math.min(a, b))
const most = (counts: readonly number[]): number => counts.reduce((a, b) => Math.max(a, b))

/** What the prefix is, and what it is good for. */
const inWords = (
  shared: Count,
  {
    mean,
    least,
    most,
    isExact,
  }: {
    readonly mean: ReturnType<typeof meanOf>
    readonly least: number
    readonly most: number
    readonly isExact: boolean
  },
): string => {
  if (shared.tokens === 0)
    return 'Shared: nothing. The files begin with different tokens, so a cache has no prefix to keep.'
  const band = isExact ? '' : `, from ${formatCount(shared.low)} to ${formatCount(shared.high)}`
  const then = `then ${formatCount(Number(toDecimals(mean, 0)))} on average (${formatCount(least)} to ${formatCount(most)})`
  return `Shared: ${formatCount(shared.tokens)} tokens${band}, ${then}. A cache can keep the shared ones: they belong under shared in a scenario, and the rest under turn.`
}
