import { describe, expect, it } from 'vitest'
import { keepsReasoning } from '../../../src/cost/workload/keeps-reasoning.ts'
import type { Price } from '../../../src/model/book/book.ts'
import type { Length, Part, Request } from '../../../src/model/scenario/counted.ts'
import { bookWith, modelWith, resultOf, scenarioWith } from '../build.ts'

type Kept = NonNullable<Price['reasoning']>['kept']

const counted = (kind: Part['kind']): Length => ({
  mean: '10',
  min: 10,
  max: 10,
  parts: [{ source: 'tools.json', kind, samples: [10], tokenizer: 'demo', exact: true }],
})
const requestWith = (request: Partial<Request>): Request => {
  const found = scenarioWith({ request }).request
  if (!found) throw new Error('the scenario has a request')
  return found
}
const rule = (kept: Kept) => ({ reasoning: { kept, source: 'made-up' } })

describe('earlier reasoning is sent again', () => {
  it.each<{ it: string; request?: Partial<Request>; model?: Kept; row?: Kept; keeps: boolean }>([
    { it: 'not where nothing is said', keeps: false },
    { it: 'where the model always does', model: 'always', keeps: true },
    { it: 'not where its row of that day never did', model: 'always', row: 'never', keeps: false },
    { it: 'with tools', request: { shared: counted('tools') }, model: 'with_tools', keeps: true },
    { it: 'with tools in any part', request: { context: counted('tools') }, row: 'with_tools', keeps: true },
    { it: 'not with text alone', request: { shared: counted('text') }, model: 'with_tools', keeps: false },
    { it: 'as the scenario says', request: { reasoning_kept: true }, model: 'never', keeps: true },
    {
      it: 'and not where it says otherwise',
      request: { reasoning_kept: false, shared: counted('tools') },
      model: 'always',
      keeps: false,
    },
  ])('$it', ({ request = {}, model, row, keeps }) => {
    const known = { model: model ? rule(model) : {}, row: row && rule(row) }
    expect(keepsReasoning(requestWith(request), known)).toBe(keeps)
  })
})

describe('in the figures', () => {
  const request = { turns: 3, turn: 100, history: true, output: 50, reasoning: 40 }
  // Prompts 100k + (k−1)·(50 − 40): 100, 210, 320 = 630; kept 100, 250, 400 = 750. Output 150 at $2, input at $1.
  it.each([
    ['without it 630 + 300 millionths', undefined, 630, '0.00093'],
    ['with it 750 + 300', true, 750, '0.00105'],
  ] as const)('%s', (_, kept, prompt, headline) => {
    const said = kept === undefined ? {} : { reasoning_kept: kept }
    const found = resultOf({ request: { ...request, ...said } })
    expect(found.tokens.prompt).toBe(prompt)
    expect(found.costs.headline).toBe(headline)
  })

  it('the report says so, and where tools decide it', () => {
    const codes = (own: Partial<Request>, kept: Kept) =>
      resultOf({ request: { ...request, ...own } }, bookWith({ models: [modelWith({ ...rule(kept) })] }))
        .assumptions.map(({ code }) => code)
        .filter(code => code.startsWith('REASONING'))
    expect(codes({}, 'always')).toEqual(['REASONING_KEPT'])
    expect(codes({}, 'with_tools')).toEqual(['REASONING_DROPPED'])
    expect(codes({ shared: counted('tools') }, 'with_tools')).toEqual(['REASONING_KEPT'])
    expect(codes({}, 'never')).toEqual([])
    expect(codes({ history: false }, 'always')).toEqual([])
  })
})
