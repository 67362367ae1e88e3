import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Candidate, Comparison } from '../../../src/model/result/result.ts'
import { cheapestInWords, timesOf } from '../../../src/report/estimate/cheapest-in-words.ts'
import { repository } from '../../fake-io.ts'
import { everyView, scenarioResult } from '../documents.ts'

const saved = JSON.parse(readFileSync(join(repository, 'test/golden/render-compare/comparison.json'), 'utf8'))

const candidate = (model: string, rank: number | null, own: Partial<Candidate> = {}): Candidate => ({
  ...scenarioResult(),
  model,
  rank,
  share_of_dearest: null,
  times_cheapest: rank,
  ...own,
})

const among = (scenarios: readonly Candidate[], view: Comparison['view'] = 'cached'): string =>
  cheapestInWords({ ...saved, view, scenarios, left_out: [] })

describe('a comparison begins with', () => {
  it('the cheapest model, the next and the dearest', () => {
    expect(among([candidate('a', 1), candidate('b', 2), candidate('c', 3), candidate('d', null)])).toBe(
      'a is the cheapest, $1.00 a month, nothing cached; next b 2.00×; dearest c 3.00×.',
    )
  })

  it('a warning where the range of the first reaches into the next', () => {
    const first = candidate('a', 1, { costs: everyView({ low: '1', high: '3' }) })
    expect(among([first, candidate('b', 2, { costs: everyView('2') })])).toContain(
      '$1.00 to $3.00 a month, nothing cached; next b 2.00×, within the range of the first.',
    )
    expect(among([first, candidate('b', 2, { costs: everyView('3') })])).not.toContain('range')
  })

  it('the only model, or the only one that is ranked', () => {
    expect(among([candidate('a', 1)])).toBe('a costs $1.00 a month, nothing cached.')
    expect(among([candidate('a', 1), candidate('b', null)])).toContain('a is the cheapest, the only one ranked,')
  })

  it('no, where none can be ranked', () => {
    const short = candidate('a', null, { fit: { fits: false, tokens: 10, context: 9 } })
    expect(among([short, candidate('b', null), candidate('c', null)])).toBe(
      'no model can be ranked: 1 context too short, 2 costs by cached unknown.',
    )
  })

  it('the view in which the cheapest is the cheapest', () => {
    const batch = candidate('a', 1, { answer: { view: 'cached', cheapest: 'batch' } })
    expect(among([batch], 'best')).toBe('a costs $1.00 a month, in batch at list price.')
  })
})

it('a multiple of the cheapest is that of the document, or of its shares of the dearest', () => {
  const of = (share: number | null): Candidate => candidate('a', 1, { times_cheapest: null, share_of_dearest: share })
  expect(timesOf(candidate('a', 2), undefined)).toBe('2')
  expect(timesOf(of(0.5), of(0.25))).toBe('2')
  expect(timesOf(of(null), of(0.25))).toBeNull()
  expect(timesOf(of(0), of(0))).toBeNull()
})
