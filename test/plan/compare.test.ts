import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors/index.ts'
import type { Model } from '../../src/model/book/book.ts'
import { type CompareOptions, compare } from '../../src/plan/compare.ts'
import { bookWith, codesOf, MILLION, modelWith, priced, scenarioWith } from '../cost/build.ts'

const fact = (value: 'yes' | 'no' | 'unknown') => ({ value, source: 'made-up' })
const MODELS: readonly Model[] = [
  modelWith({ id: 'dear', row: { input: '8' }, arena_elo: 1400 }),
  modelWith({ id: 'cheap', aliases: ['bargain'], row: { input: '2' }, facts: { soc2: fact('yes'), zdr: fact('no') } }),
  modelWith({ id: 'twin-b', row: { input: '4' }, facts: { soc2: fact('yes'), zdr: fact('yes') } }),
  modelWith({ id: 'twin-a', row: { input: '4' }, facts: { soc2: fact('unknown'), zdr: fact('yes') } }),
  // The cheapest by far, and too small; and one whose reads nobody knows.
  modelWith({ id: 'small', context: MILLION - 1, row: { input: '1' } }),
  modelWith({ id: 'riddle', row: { input: '1', cache_read: null } }),
  modelWith({ id: 'void', row: { input: null } }),
]
const book = bookWith({ models: MODELS, provider: { facts: { soc2: fact('no'), zdr: fact('yes') } } })
const KNOWN = MODELS.map(({ id }) => id).filter(id => id !== 'void')

/** 1M tokens, sent twice in one conversation: the second time read from the cache. */
const on = (models: readonly string[], options: Partial<CompareOptions> = {}) =>
  compare(
    models.map(model => scenarioWith({ model, request: { session: MILLION, turns: 2 } })),
    priced(book),
    { at: '2026-01-01', view: 'cached', ...options },
  )
const order = (models: readonly string[], options?: Partial<CompareOptions>): string[] =>
  on(models, options).scenarios.map(({ model, rank }) => `${rank ?? '-'} ${model}`)
const faultsOf = (work: () => unknown): string[] => {
  try {
    work()
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, exit }) => `${code} ${exit}`)
  }
  return []
}

describe('compare', () => {
  it('puts the cheapest first, what does not fit after the ranked, what is unknown last', () => {
    // cached: input × 1 + 0.1
    expect(order(KNOWN)).toEqual(['1 cheap', '2 twin-a', '3 twin-b', '4 dear', '- small', '- riddle'])
  })

  it('leaves out what lacks the service or region, unless every model does', () => {
    const services = { flex: { factor: '0.5', source: 'made-up' } }
    const some = bookWith({ models: [modelWith({ id: 'a', row: { services } }), modelWith({ id: 'b' })] })
    const flex = (...models: string[]) =>
      compare(
        models.map(model => scenarioWith({ model, service: 'flex', request: { turn: MILLION } })),
        priced(some),
        { at: '2026-01-01', view: 'headline' },
      )
    const { scenarios, left_out } = flex('a', 'b')
    expect(scenarios.map(({ model, costs }) => [model, costs.headline])).toEqual([['a', '0.5']])
    expect(left_out).toEqual([
      { model: 'b', why: 'no service "flex" at 2026-01-01', kind: 'no service "flex" at 2026-01-01' },
    ])
    expect(faultsOf(() => flex('b'))).toEqual(['NO_SERVICE 3'])
  })

  it('ranks by the view asked for', () => {
    // Headline: 2 × input, and the riddle's is known: 2 × 1
    expect(order(KNOWN, { view: 'headline' })).toEqual([
      '1 riddle',
      '2 cheap',
      '3 twin-a',
      '4 twin-b',
      '5 dear',
      '- small',
    ])
  })

  it('says each cost as a share of the dearest that is ranked', () => {
    // 21, 41, 41 and 81 of 81, each the nearest double
    const { scenarios } = on(KNOWN)
    expect(scenarios.map(({ costs }) => costs.cached)).toEqual(['2.1', '4.1', '4.1', '8.1', '1.1', null])
    expect(scenarios.map(({ share_of_dearest }) => share_of_dearest)).toEqual([
      21 / 81,
      41 / 81,
      41 / 81,
      1,
      null,
      null,
    ])
  })

  it('does not mind the order of the models', () => {
    const expected = on(KNOWN)
    fc.assert(
      fc.property(fc.shuffledSubarray(KNOWN, { minLength: KNOWN.length }), models => {
        expect(on(models)).toEqual(expected)
      }),
    )
  })

  it('has one row for two names of one model', () => {
    expect(order(['cheap', 'dear', 'BARGAIN', 'acme/cheap'])).toEqual(['1 cheap', '2 dear'])
  })

  it('requires a sourced yes: unknown does not pass, and the model’s fact comes before its provider’s', () => {
    const passing = on(KNOWN, { require: ['soc2'] })
    expect(passing.scenarios.map(({ model }) => model)).toEqual(['cheap', 'twin-b'])
    expect(passing.left_out.map(({ model, why, kind }) => [model, why, kind])).toEqual([
      ['dear', 'soc2: no', 'soc2'],
      ['riddle', 'soc2: no', 'soc2'],
      ['small', 'soc2: no', 'soc2'],
      ['twin-a', 'soc2: unknown', 'soc2'],
    ])
    expect(order(KNOWN, { require: ['soc2', 'zdr'] })).toEqual(['1 twin-b'])
    // Nobody says anything of it.
    expect(faultsOf(() => on(KNOWN, { require: ['on_prem'] }))).toEqual(['NO_MODEL_LEFT 3'])
  })

  it('leaves out a model that has no answer, with the reason, and fails only where none is left', () => {
    const { left_out, scenarios } = on(['cheap', 'void'])
    expect(scenarios.map(({ model }) => model)).toEqual(['cheap'])
    expect(left_out.map(({ model }) => model)).toEqual(['void'])
    expect(left_out[0]?.why).toContain('no known input rate')
    expect(faultsOf(() => on(['void']))).toEqual(['NO_RATE 3'])
    expect(faultsOf(() => on(['void'], { lenient: true }))).toEqual(['NO_MODEL_LEFT 3'])
    const strange = on(['cheap', 'void', 'nobody'])
    expect(strange.scenarios.map(({ model }) => model)).toEqual(['cheap'])
    expect(strange.left_out.map(({ model, kind }) => [model, kind])).toEqual([
      ['nobody', 'not in price book 2026-01-01'],
      ['void', 'no known input rate'],
    ])
    expect(faultsOf(() => on(['nobody']))).toEqual(['UNKNOWN_MODEL 3'])
  })

  it('marks what does not fit in its row alone, and carries the score', () => {
    const { scenarios, warnings } = on(KNOWN)
    const small = scenarios.find(({ model }) => model === 'small')
    expect(small?.fit).toEqual({ fits: false, tokens: MILLION, context: MILLION - 1 })
    expect(codesOf(small?.warnings ?? [])).toContain('CONTEXT_EXCEEDED')
    expect(codesOf(warnings)).not.toContain('CONTEXT_EXCEEDED')
    expect(scenarios.find(({ model }) => model === 'dear')?.score).toMatchObject({ board: 'arena', value: 1400 })
    expect(small?.score).toBeNull()
  })

  it('has no share of a dearest that is free', () => {
    const free = bookWith({ row: { input: '0' } })
    const { scenarios } = compare([scenarioWith({ request: { turn: 10 } })], priced(free), {
      at: '2026-01-01',
      view: 'headline',
    })
    expect(scenarios[0]).toMatchObject({ rank: 1, share_of_dearest: null })
  })
})
