import { countingNotes } from '../../cost/result/notes/counting-notes.ts'
import { toolNotes } from '../../cost/result/notes/tool-notes.ts'
import type { ContentNote, Counting, Template } from '../../model/scenario/counted.ts'
import type { Counter } from '../../tokens/index.ts'
import { VERSION } from '../../version.ts'
import { left, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { formatCount } from '../figures/format.ts'

/** Tokens of one file at the stated factor and at both ends of its band; all equal if the count is exact. */
export interface CountedText {
  readonly file: string
  readonly kind: 'text' | 'tools' | 'messages'
  /** Unicode code points. */
  readonly characters: number
  readonly tokens: number
  readonly low: number
  readonly high: number
  readonly exact: boolean
  /** Of tool definitions: by which rule they were counted. */
  readonly rule?: string
  /** The provider's own tools among them. */
  readonly not_counted?: readonly string[]
}

interface Counted {
  readonly model: string
  /** The model's id; `null`: it is in no book. */
  readonly id: string | null
  readonly counter: Counter
  readonly template: Template | null
  readonly counted: readonly CountedText[]
  /** What the counts rest on, beside tokenizer and template. */
  readonly contents: readonly ContentNote[]
}

const TOKENS_SCHEMA = 'dsprice/tokens/1'

/** `dsprice tokens` as a table: one row per file, and their sum. */
export const tokensSheet = ({ model, id, counter, template, counted, contents }: Counted): Sheet => {
  const { name: tokenizer, vocabulary, estimation, source } = counter
  const counting: Counting = { tokenizer, vocabulary, estimation, source, template }
  const exact = counted.every(one => one.exact)
  const total = sumUp(counted)
  const rows = counted.length > 1 ? [...counted, total] : counted
  return {
    title: `${model}: ${exact ? 'exact' : 'estimated'} tokens`,
    columns: [
      left('file', { wraps: true }),
      right('tokens'),
      ...(exact ? [] : [right('at least'), right('at most')]),
      right('characters'),
      left('count'),
    ],
    rows: rows.map(row => [
      row.file === '-' ? 'stdin' : row.file,
      formatCount(row.tokens),
      ...(exact ? [] : [formatCount(row.low), formatCount(row.high)]),
      formatCount(row.characters),
      `${row.exact ? 'exact' : 'estimated'}${row.kind === 'text' ? '' : `, ${row.kind}`}`,
    ]),
    notes: [...countingNotes(counting, id), ...toolNotes(counted), ...contents].map(
      ({ what }) => `${what[0]?.toUpperCase()}${what.slice(1)}.`,
    ),
    data: {
      schema: TOKENS_SCHEMA,
      tool_version: VERSION,
      model,
      exact,
      counting,
      files: counted.map(inData),
      total: inData(total),
    },
  }
}

const sumUp = (counted: readonly CountedText[]): CountedText => {
  const add = (key: 'characters' | 'tokens' | 'low' | 'high'): number => counted.reduce((sum, one) => sum + one[key], 0)
  return {
    file: 'Total',
    kind: 'text',
    characters: add('characters'),
    tokens: add('tokens'),
    low: add('low'),
    high: add('high'),
    exact: counted.every(one => one.exact),
  }
}

/** Data for programs: `tokens` is one number if the count is exact, otherwise a range around `estimate`. */
const inData = ({ file, kind, characters, tokens, low, high, exact, rule, not_counted = [] }: CountedText) => ({
  file,
  kind,
  tokens: exact ? tokens : { low, high },
  estimate: exact ? null : tokens,
  exact,
  characters,
  ...(rule === undefined ? {} : { rule }),
  ...(not_counted.length === 0 ? {} : { not_counted }),
})
