import { describe, expect, it } from 'vitest'
import type { Book, Fact, Model } from '../../../src/model/book/book.ts'
import type { Comparison } from '../../../src/model/result/result.ts'
import { compare } from '../../../src/plan/compare.ts'
import { requiredInWords } from '../../../src/report/estimate/required-in-words.ts'
import { bookWith, modelWith, priced, scenarioWith } from '../../cost/build.ts'

const fact = (value: Fact['value'], source = 'made-up'): Fact => ({ value, source })

const requiring = (models: readonly Model[], provider: Fact): Comparison => {
  const base = bookWith({ models, provider: { facts: { soc2: provider } } })
  const paper = { title: 'A paper', where: 'there', retrieved: null, grade: 'article' as const }
  const book: Book = { ...base, sources: { ...base.sources, paper } }
  return compare(
    models.map(({ id }) => scenarioWith({ model: id })),
    priced(book),
    { at: '2026-01-01', view: 'headline', require: ['soc2'] },
  )
}

describe('what is said of a required fact', () => {
  it('counts those that pass, would on request, are unknown and do not', () => {
    const models = [
      modelWith({ id: 'a', facts: { soc2: fact('yes') } }),
      modelWith({ id: 'b', facts: { soc2: fact('self') } }),
      modelWith({ id: 'c', facts: { soc2: fact('request') } }),
      modelWith({ id: 'd', facts: { soc2: fact('unknown') } }),
      modelWith({ id: 'e', facts: { soc2: fact('no') } }),
    ]
    expect(requiredInWords(requiring(models, fact('no')))[0]).toBe(
      'Required: soc2. 2 models pass, 1 of them once you switch it on (b); 1 more would on request (c); unknown for 1 (d); 1 does not (e).',
    )
  })

  it('says what rests on the article alone, and whose pages disagree', () => {
    const models = [
      modelWith({ id: 'a', facts: { soc2: fact('yes', 'paper') } }),
      modelWith({ id: 'b', facts: { soc2: { ...fact('unknown'), disagree: 'two pages, two answers' } } }),
    ]
    expect(requiredInWords(requiring(models, fact('no'))).slice(1)).toEqual([
      'soc2 rests on the article alone, no proof seen, for a.',
      'soc2: the pages of b disagree: two pages, two answers.',
    ])
  })

  it('counts models instead of naming them where they are many', () => {
    const models = 'abcdefg'.split('').map(id => modelWith({ id, facts: { soc2: fact('self') } }))
    expect(requiredInWords(requiring(models, fact('no')))).toEqual([
      'Required: soc2. 7 models pass, once you switch it on.',
      'soc2 rests on your own file for 7 models.',
    ])
  })

  it('reads a result that was saved without facts', () => {
    const { scenarios, ...rest } = requiring([modelWith()], fact('yes'))
    const old = { ...rest, scenarios: scenarios.map(({ facts: _, ...one }) => one) }
    expect(requiredInWords(old)).toEqual(['Required: soc2; models for which one is unknown are left out.'])
  })
})
