import { describe, expect, it } from 'vitest'
import type { Fact, Model } from '../../src/model/book/book.ts'
import { compare } from '../../src/plan/compare.ts'
import { bookWith, MILLION, modelWith, priced, scenarioWith } from '../cost/build.ts'

const fact = (value: Fact['value'], source = 'made-up'): Fact => ({ value, source })
const ids = (models: readonly Model[]): string[] => models.map(({ id }) => id)

const MODELS: readonly Model[] = [
  modelWith({ id: 'by-default', facts: { zdr: fact('yes') } }),
  modelWith({
    id: 'by-switch',
    facts: { zdr: { ...fact('self', 'paper'), disagree: 'one page says so, one does not' } },
  }),
  modelWith({ id: 'by-contract', facts: { zdr: fact('request') } }),
  modelWith({ id: 'not-at-all', facts: { zdr: fact('no') } }),
  modelWith({ id: 'silent' }),
  modelWith({ id: 'unpriced', row: { input: null }, facts: { zdr: fact('yes') } }),
]
const base = bookWith({ models: MODELS, provider: { facts: { soc2: fact('yes') } } })
const book = {
  ...base,
  sources: { ...base.sources, paper: { title: 'A paper', where: 'there', retrieved: null, grade: 'article' as const } },
}

const requiring = (...require: ('zdr' | 'soc2' | 'eu')[]) =>
  compare(
    ids(MODELS).map(model => scenarioWith({ model, request: { turn: MILLION } })),
    priced(book),
    { at: '2026-01-01', view: 'headline', require },
  )

describe('a required fact', () => {
  it('passes if it holds, or does once the customer switches it on', () => {
    const { scenarios, left_out } = requiring('zdr')
    expect(scenarios.map(({ model }) => model)).toEqual(['by-default', 'by-switch'])
    expect(left_out.map(({ model, kind, why }) => [model, kind === 'zdr' ? why : 'price'])).toEqual([
      ['by-contract', 'zdr: request'],
      ['not-at-all', 'zdr: no'],
      ['silent', 'zdr: unknown'],
      ['unpriced', 'price'],
    ])
  })

  it('is stated with its value, grade and source for every model, compared or left out', () => {
    const { scenarios, left_out } = requiring('zdr', 'soc2')
    const facts = new Map([...scenarios, ...left_out].map(one => [one.model, one.facts]))
    expect(facts.get('by-switch')).toEqual({
      zdr: {
        value: 'self',
        of: 'by-switch',
        grade: 'article',
        source: 'paper',
        disagree: 'one page says so, one does not',
      },
      soc2: { value: 'yes', of: 'acme', grade: 'own', source: 'made-up' },
    })
    expect(facts.get('silent')?.zdr).toEqual({ value: 'unknown', of: 'acme', grade: null, source: null })
    expect(facts.get('unpriced')?.zdr?.value).toBe('yes')
  })

  it('is left out where nothing is required', () => {
    expect(requiring().scenarios.some(one => 'facts' in one)).toBe(false)
  })

  it('takes the sources of those left out along', () => {
    const lone = compare([scenarioWith({ model: 'by-default' }), scenarioWith({ model: 'papered' })], priced(papered), {
      at: '2026-01-01',
      view: 'headline',
      require: ['zdr'],
    })
    expect(lone.prices.sources.paper?.title).toBe('A paper')
  })

  it('says how many models have each value if none passes', () => {
    expect(() => requiring('zdr', 'eu')).toThrow(
      'no model passes zdr, eu: zdr 1 yes, 1 self, 1 request, 1 no, 1 unknown; eu 5 unknown',
    )
  })
})

const papered = {
  ...book,
  models: [...MODELS, modelWith({ id: 'papered', facts: { zdr: fact('no', 'paper') } })],
}
