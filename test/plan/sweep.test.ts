import { describe, expect, it } from 'vitest'
import { estimate } from '../../src/cost/result/estimate.ts'
import { InputError, type Problem, problems } from '../../src/errors/index.ts'
import { figuresOf, type PricedCell, type SweepTerms, sweep } from '../../src/plan/sweep.ts'
import { bookWith, priced, scenarioWith, type Wish } from '../cost/build.ts'

const AT = '2026-01-01'

/** A cell with this many tokens of output at $2 per 1M. */
const cellOf = (value: string, wish: Wish = {}): PricedCell => {
  const scenario = scenarioWith({ request: { turn: 1_000_000, output: Number(value) }, ...wish })
  const { pricing, warnings, scenarios } = estimate([scenario], priced(bookWith()), AT)
  return {
    values: [value],
    comes_to: [null],
    answer: { pricing, warnings, figures: figuresOf({ scenarios }) },
    faults: [],
  }
}

const lost = (value: string, problem: Problem): PricedCell => ({
  values: [value],
  comes_to: [null],
  answer: null,
  faults: [problem],
})

const terms = (values: readonly string[], more: Partial<SweepTerms> = {}): SweepTerms => ({
  name: 'demo',
  description: null,
  file: null,
  keys: [{ key: 'request.output', values }],
  ...more,
})

const missing = problems.invalid('gone', 'x')
const unanswered: Problem = { ...missing, code: 'UNKNOWN_MODEL', exit: 3 }

const codesOf = (work: () => unknown): string[] => {
  try {
    work()
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, exit }) => `${exit} ${code}`)
    throw error
  }
  return []
}

describe('sweep', () => {
  it('has a cell for each value', () => {
    // 1M × $1 + output × $2 per 1M
    const found = sweep([cellOf('500000'), cellOf('1000000')], terms(['500000', '1000000']))
    expect(found.cells.map(({ figures }) => figures?.costs.headline)).toEqual(['2', '3'])
    expect(found).toMatchObject({ view: 'cached', pricing: { at: AT, version: '2026-01-01' } })
  })

  it('takes the view that was asked for, else that of the budget', () => {
    const cells = [cellOf('1')]
    expect(sweep(cells, terms(['1'], { view: 'headline', budgeted: 'cached_ideal' })).view).toBe('headline')
    expect(sweep(cells, terms(['1'], { budgeted: 'cached_ideal' })).view).toBe('cached_ideal')
    // Nobody offers a batch tier here.
    expect(sweep(cells, terms(['1'], { budgeted: 'batch' })).view).toBe('cached')
  })

  it('takes the list price where some cell does not know its cache', () => {
    const totals = { input: 1000, output: 10 }
    const cells = [cellOf('1'), cellOf('2', { totals })]
    expect(sweep(cells, terms(['1', '2'])).view).toBe('headline')
  })

  it('says why a cell has no answer', () => {
    const found = sweep([cellOf('1'), lost('2', unanswered)], terms(['1', '2']))
    expect(found.cells[1]).toEqual({ values: ['2'], comes_to: [null], figures: null, reason: 'gone' })
  })

  it('is no answer only where no cell has one', () => {
    expect(codesOf(() => sweep([lost('1', unanswered)], terms(['1'])))).toEqual(['3 UNKNOWN_MODEL'])
    expect(codesOf(() => sweep([cellOf('1')], terms(['1'], { view: 'batch' })))).toEqual(['3 VIEW_UNKNOWN'])
  })

  it('refuses a wrong value though others have an answer', () => {
    expect(
      codesOf(() => sweep([cellOf('1'), lost('2', missing), lost('3', unanswered)], terms(['1', '2', '3']))),
    ).toEqual(['2 INVALID'])
  })

  it('has no common day where the cells differ', () => {
    const cells = [cellOf('1'), cellOf('2', { at: '2026-02-01' })]
    const { pricing } = sweep(cells, terms(['1', '2']))
    expect(pricing).toMatchObject({ at: null, age_days: 31 })
  })
})
