import { expect, it } from 'vitest'
import { FACT_VALUES } from '../../../src/model/book/choices.ts'
import { passes, statedFact } from '../../../src/model/book/facts.ts'
import { bookWith, modelWith } from '../../cost/build.ts'

it('takes the model’s own fact before its provider’s', () => {
  const model = modelWith({ facts: { zdr: { value: 'no', note: 'kept for 30 days', source: 'made-up' } } })
  const zdr = { value: 'self', source: 'made-up' } as const
  const book = bookWith({ models: [model], provider: { facts: { zdr, eu: zdr } } })
  expect(statedFact(book, model, 'zdr')).toEqual({
    value: 'no',
    note: 'kept for 30 days',
    of: 'demo',
    grade: 'own',
    source: 'made-up',
  })
  expect(statedFact(book, model, 'eu')).toEqual({ value: 'self', of: 'acme', grade: 'own', source: 'made-up' })
})

it('is unknown, without a source, if nobody says anything', () => {
  const book = bookWith()
  expect(statedFact(book, modelWith(), 'sla')).toEqual({ value: 'unknown', of: 'acme', grade: null, source: null })
})

it('lets yes and self pass, and nothing else', () => {
  expect(FACT_VALUES.filter(value => passes({ value }))).toEqual(['yes', 'self'])
})
