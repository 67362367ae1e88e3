import { describe, expect, it } from 'vitest'
import { measuredRow } from '../../../../src/cost/cluster/lookup/measured-row.ts'
import type { Throughput } from '../../../../src/model/book/clusters.ts'
import { aroundWith, faultOf, foundOf, measuredWith, weightsWith } from './cluster-book.ts'

interface Ask {
  readonly row?: Partial<Throughput>
  readonly prompt_tokens?: number
  readonly gpus_per_node?: number
  readonly around?: Parameters<typeof aroundWith>[0]
  readonly ref?: string
}

const measured = ({ row, prompt_tokens, gpus_per_node = 8, around, ref = 'row' }: Ask) =>
  measuredRow({ ref, prompt_tokens }, { gpus_per_node, ...aroundWith({ rows: [measuredWith(row)], ...around }) })

const notesOf = (ask: Ask): string[] => foundOf(measured(ask)).notes.map(({ code, fix }) => `${code}${fix ? '!' : ''}`)

const phases = (rate: object = {}): Partial<Throughput> => ({
  rate: { kind: 'phases', per: 'node', prefill: '1000', decode: '100', setting: 'production', ...rate },
})

const joint = (per: 'gpu' | 'node'): Partial<Throughput> => ({
  rate: { kind: 'joint', per, total: '1000', input: '8', output: '1' },
})

/** Prefill at 1,000 and 4,000 tokens, decode at 2,000 only. */
const byLength = phases({
  prefill: [
    { prompt_tokens: 4000, rate: '40' },
    { prompt_tokens: 1000, rate: '80' },
  ],
  decode: [{ prompt_tokens: 2000, rate: '8' }],
})

describe('the rates of a node', () => {
  it.each<{ it: string; ask: Ask; rates: object }>([
    { it: '8 times those of a GPU', ask: { row: joint('gpu') }, rates: { total: '8000', input: '8', output: '1' } },
    { it: 'those of a node', ask: { row: joint('node') }, rates: { total: '1000' } },
    { it: 'half of them for 4 GPUs', ask: { row: joint('node'), gpus_per_node: 4 }, rates: { total: '500' } },
    {
      it: 'per phase, read from the cache as anew',
      ask: { row: phases() },
      rates: { prefill: '1000', decode: '100', cached_prefill: '1000' },
    },
    { it: 'of 12 GPUs', ask: { row: phases(), gpus_per_node: 12 }, rates: { prefill: '1500', decode: '150' } },
    // The shortest that is as long as asked for, phase by phase; else the longest.
    { it: 'at 1,000 tokens', ask: { row: byLength, prompt_tokens: 1000 }, rates: { prefill: '80', decode: '8' } },
    { it: 'at 1,001 tokens', ask: { row: byLength, prompt_tokens: 1001 }, rates: { prefill: '40', decode: '8' } },
    { it: 'at 9,000 tokens', ask: { row: byLength, prompt_tokens: 9000 }, rates: { prefill: '40', decode: '8' } },
  ])('are $it', ({ ask, rates }) => {
    expect(foundOf(measured(ask)).rates).toMatchObject(rates)
  })
})

describe('what is said beside them; ! is a warning', () => {
  it.each<{ it: string; ask: Ask; notes: readonly string[] }>([
    { it: 'nothing, of the model and GPU of the cluster', ask: {}, notes: [] },
    { it: 'another model', ask: { around: { weights: weightsWith({ id: 'v4' }) } }, notes: ['OTHER_MODEL!'] },
    { it: 'another GPU', ask: { row: { gpu: 'h20' } }, notes: ['OTHER_GPU!'] },
    { it: 'nothing of what the cluster does not name', ask: { around: { weights: null, gpu: null } }, notes: [] },
    { it: 'a laboratory', ask: { row: phases({ setting: 'lab' }) }, notes: ['LAB_RATE'] },
    // 8,000 · 1.2 = 9,600
    { it: 'prompts a fifth longer', ask: { around: { load: { prompt: 9600 } } }, notes: [] },
    { it: 'and a token more', ask: { around: { load: { prompt: 9601 } } }, notes: ['LONGER_PROMPTS!'] },
    // Both phases measured at longer prompts, which are slower; then at shorter ones.
    {
      it: 'longer prompts than asked for',
      ask: { row: byLength, prompt_tokens: 500, around: { load: { prompt: 500 } } },
      notes: ['OTHER_LENGTH', 'OTHER_LENGTH'],
    },
    {
      it: 'shorter ones than asked for',
      ask: { row: byLength, prompt_tokens: 4001, around: { load: { prompt: 4001 } } },
      notes: ['OTHER_LENGTH!', 'OTHER_LENGTH!'],
    },
  ])('$it', ({ ask, notes }) => {
    expect(notesOf(ask)).toEqual(notes)
  })

  it('names the row of the cluster’s own model where there is one', () => {
    const rows = [measuredWith({ model: 'other', of: 'Other' }), measuredWith({ id: 'mine' })]
    const [note] = foundOf(measured({ around: { rows } })).notes
    expect(note).toMatchObject({
      code: 'OTHER_MODEL',
      fix: expect.stringMatching(/^write throughput: \{ref: mine\}, or /),
    })
  })
})

it.each<{ it: string; ask: Ask; fault: RegExp }>([
  {
    it: 'a row that there is not',
    ask: { ref: 'rwo' },
    fault: /^UNKNOWN_THROUGHPUT throughput.ref: did you mean row\?/,
  },
  {
    // Nor is one named that cannot be used.
    it: 'a row that there is not, beside one without use',
    ask: { ref: 'rwo', row: { unusable: 'why', rate: null } },
    fault: /^UNKNOWN_THROUGHPUT throughput.ref: write your own rates: \{prefill/,
  },
  { it: 'a row without a rate', ask: { row: { rate: null } }, fault: /^UNUSABLE_THROUGHPUT throughput.ref/ },
  { it: 'a row without use', ask: { row: { unusable: 'why' } }, fault: /^UNUSABLE_THROUGHPUT throughput.ref/ },
  {
    it: 'one phase of two',
    ask: { row: { rate: { kind: 'one_phase', per: 'gpu', phase: 'decode', rate: '9' } } },
    fault: /^UNUSABLE_THROUGHPUT throughput.ref/,
  },
  {
    // Sorted, from both phases; the second is proposed.
    it: 'a row that needs a length',
    ask: { row: byLength },
    fault: /^THROUGHPUT_NEEDS_LENGTH throughput.ref: choose one: \{ref: row, prompt_tokens: 2000\}/,
  },
  { it: 'a length for a row with one', ask: { prompt_tokens: 9 }, fault: /^ONE_LENGTH throughput.prompt_tokens/ },
])('$it is a fault', ({ ask, fault }) => {
  expect(faultOf(measured(ask))).toMatch(fault)
})
