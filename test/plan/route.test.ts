import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors/index.ts'
import type { Book } from '../../src/model/book/book.ts'
import { exact } from '../../src/model/number/money.ts'
import type { Scenario } from '../../src/model/scenario/scenario.ts'
import { type RouteOptions, route } from '../../src/plan/route.ts'
import {
  about,
  bookWith,
  codesOf,
  fleetWith,
  MILLION,
  modelWith,
  priced,
  scenarioWith,
  type Wish,
} from '../cost/build.ts'

/** $1, $4 and $10 for 1M in; a has a second name. */
const rows = { a: '1', b: '4', c: '10' }
const book = bookWith({
  models: Object.entries(rows).map(([id, input]) =>
    modelWith({ id, aliases: id === 'a' ? ['first'] : [], row: { input, cache_read: input, output: input } }),
  ),
})

const scores = { a: 10, b: 20, c: 30 }

const board = {
  title: 'A board',
  where: 'here',
  retrieved: null,
  grade: 'own',
  attribution: 'Made up, CC BY 4.0',
} as const

const score = (value: number, within: number) => ({
  value,
  low: value - within,
  high: value + within,
  date: '2026-01-01',
  source: 'board',
})
const wish: Wish = { model: 'a', request: { turn: MILLION }, cache: { policy: 'none' } }

const found = (
  options: Partial<RouteOptions> = {},
  {
    scenario = scenarioWith(wish),
    models = ['a', 'b', 'c'],
    book: own = book,
  }: { scenario?: Scenario; models?: readonly string[]; book?: Book } = {},
) => {
  const result = route(
    scenario,
    models.map(model => scenarioWith({ ...wish, model })),
    {
      priced: priced({ ...own, sources: { ...own.sources, board } }),
      options: {
        at: '2026-01-01',
        view: 'headline',
        quality: scores,
        score: 'arena',
        minQuality: null,
        keep: [],
        lenient: false,
        skipped: [],
        ...options,
      },
    },
  )
  if (!result.route) throw new Error('no route')
  return { ...result.route, warnings: result.warnings }
}

const keep = (models: readonly string[], share: string) => ({ models, share: exact(share) })
const shares = (options: Partial<RouteOptions>) =>
  found(options).cheapest?.legs.map(({ model, fraction }) => `${model} ${fraction}`)

describe('models by cost and quality', () => {
  it('stand cheapest first, with what dominates them: b at 9 points is worse than a, and dearer', () => {
    const { points, unscored } = found({ quality: { ...scores, b: 9 } })
    expect(points.map(({ model, cost, quality, dominated_by }) => [model, cost, quality, dominated_by])).toEqual([
      ['a', '1', '10', null],
      ['b', '4', '9', 'a'],
      ['c', '10', '30', null],
    ])
    expect(unscored).toEqual([])
  })

  it('stand apart without a score, cheapest first', () => {
    const { points, unscored } = found({ quality: { b: 20 } }, { models: ['c', 'b', 'a'] })
    expect(points.map(({ model, quality_from }) => [model, quality_from])).toEqual([['b', 'call']])
    expect(unscored.map(({ model, cost }) => [model, cost])).toEqual([
      ['a', '1'],
      ['c', '10'],
    ])
  })

  it('a score in the call goes before one in the scenario', () => {
    const { points } = found({ quality: { a: 11 } }, { scenario: { ...scenarioWith(wish), quality: { a: 5, b: 6 } } })
    expect(points.map(({ model, quality, quality_from }) => [model, quality, quality_from])).toEqual([
      ['a', '11', 'call'],
      ['b', '6', 'scenario'],
    ])
  })

  it('are scored by one board of the book, with its interval, and never by another', () => {
    const scored = bookWith({
      models: book.models.map((model, i) => ({ ...model, scores: { eci: score(150 + i, 2 * i) } })),
    })
    const scoredBy = (board: 'arena' | 'eci') => found({ quality: {}, score: board }, { book: scored })
    expect(scoredBy('arena').points).toEqual([])
    const { points, attributions } = scoredBy('eci')
    // a: 150 alone, b: 149 to 153, c: 148 to 156; both overlap with what is cheaper.
    expect(points.map(({ model, quality, interval, tied_with }) => [model, quality, interval, tied_with])).toEqual([
      ['a', '150', { low: '150', high: '150' }, null],
      ['b', '151', { low: '149', high: '153' }, 'a'],
      ['c', '152', { low: '148', high: '156' }, 'a'],
    ])
    expect(attributions).toEqual(['Made up, CC BY 4.0'])
  })

  it('a cost may be a range', () => {
    const scenario = scenarioWith({ ...wish, request: { turn: about(2 * MILLION, MILLION, 3 * MILLION) } })
    expect(found({}, { scenario }).fleet.cost).toEqual({ low: '1', high: '3' })
  })
})

describe('the scenario as it is served', () => {
  const fleet = fleetWith(
    {
      legs: [
        { model: 'a', share: 0.7 },
        { model: 'c', share: 0.3 },
      ],
      baselines: [],
    },
    { ...wish, traffic: { requests: 10 } },
  )

  // 7 × $1 + 3 × $10; 0.7 × 10 + 0.3 × 30.
  it('has its cost and its mean quality, and the split keeps it: 16 is 4/10 of a and 6/10 of b', () => {
    const { fleet: own, cheapest } = found({}, { scenario: fleet })
    expect(own).toEqual({ cost: '37', quality: '16' })
    expect(cheapest).toMatchObject({ min_quality: '16', min_quality_from: 'fleet' })
    expect(cheapest?.legs.map(({ model, fraction }) => `${model} ${fraction}`)).toEqual(['a 2/5', 'b 3/5'])
  })

  // 5 % of c are 1.5 points; the rest has to bring 14.5: 45 % of a and 50 % of b.
  it('keeps its quality beside a share that is kept too', () => {
    const { cheapest } = found({ keep: [keep(['c'], '0.05')] }, { scenario: fleet })
    expect(cheapest).toMatchObject({ min_quality: '16', min_quality_from: 'fleet', quality: '16' })
    expect(cheapest?.legs.map(({ model, fraction }) => `${model} ${fraction}`).sort()).toEqual([
      'a 9/20',
      'b 1/2',
      'c 1/20',
    ])
  })

  it('has none where a leg has no score; then there is no split to find unless one is asked for', () => {
    const options = { quality: { a: 10, b: 20 } }
    const { fleet: own, cheapest } = found(options, { scenario: fleet })
    expect([own.quality, cheapest]).toEqual([null, null])
    expect(found({ ...options, minQuality: '15' }, { scenario: fleet }).cheapest?.min_quality_from).toBe('call')
  })

  it('needs no score for a leg that serves nothing', () => {
    const idle = fleetWith(
      {
        legs: [
          { model: 'a', share: 1 },
          { model: 'c', share: 0 },
        ],
        baselines: [],
      },
      wish,
    )
    expect(found({ quality: { a: 10 } }, { scenario: idle }).fleet.quality).toBe('10')
  })
})

describe('the cheapest split', () => {
  // From 10 points up $0.30 a point, from 20 up $0.60.
  it.each<{ it: string; options: Partial<RouteOptions>; shares: string[] }>([
    { it: 'has the mean quality asked for', options: { minQuality: '26' }, shares: ['b 2/5', 'c 3/5'] },
    {
      it: 'keeps a share, and no less than the quality as served, which it exceeds here',
      options: { keep: [keep(['c'], '0.05')] },
      shares: ['c 1/20', 'a 19/20'],
    },
    { it: 'knows a model by its other name', options: { keep: [keep(['FIRST'], '1')] }, shares: ['a 1'] },
    {
      it: 'may use a model without a score where the quality as served is unknown and none is asked for',
      options: { quality: { c: 30 }, keep: [keep(['c'], '0.5')] },
      shares: ['c 1/2', 'a 1/2'],
    },
    {
      it: 'uses none where one is',
      options: { quality: { b: 20, c: 30 }, minQuality: '5' },
      shares: ['b 1'],
    },
  ])('$it', ({ options, shares: expected }) => {
    expect(shares(options)).toEqual(expected)
  })

  it.each<{ it: string; options: Partial<RouteOptions>; code: string; models?: readonly string[]; says?: string }>([
    { it: 'more than the best', options: { minQuality: '31' }, code: 'NO_SPLIT', says: '30' },
    { it: 'a quality without any score', options: { quality: {}, minQuality: '5' }, code: 'NO_SCORES' },
    {
      it: 'a quality with a model that has none',
      options: { quality: { a: 10 }, minQuality: '5', keep: [keep(['b'], '0.1')] },
      code: 'NOT_SCORED',
    },
    {
      it: 'a share on a model that is no choice',
      options: { keep: [keep(['c'], '0.1')] },
      models: ['a', 'b'],
      code: 'NOT_A_CHOICE',
    },
    { it: 'a model that no book has', options: { keep: [keep(['nobody'], '0.1')] }, code: 'UNKNOWN_MODEL' },
    {
      it: 'one model under two names',
      options: { keep: [keep(['a'], '0.1'), keep(['first'], '0.1')] },
      code: 'USAGE',
    },
  ])('cannot have $it', ({ options, code, models, says = '' }) => {
    let problems: InputError['problems'] = []
    try {
      found(options, models ? { models } : {})
    } catch (error) {
      if (error instanceof InputError) problems = error.problems
    }
    expect(problems.map(problem => problem.code)).toEqual([code])
    expect(problems[0]?.what).toContain(says)
  })

  it('is not looked for where no model can serve', () => {
    expect(found({ minQuality: '5' }, { models: [] })).toMatchObject({ points: [], cheapest: null })
  })
})

it('a score in the scenario for a model that the book does not have is not used, with a warning', () => {
  const { warnings } = found({}, { scenario: { ...scenarioWith(wish), quality: { nobody: 10 } } })
  expect(codesOf(warnings)).toEqual(['QUALITY_UNUSED'])
})

it('calls a model as the first of its legs does, and others as the scenario: half of $1 and twice $4', () => {
  const source = 'made-up'
  const services = { flex: { factor: '0.5', source }, fast: { factor: '2', source } }
  const served = bookWith({
    models: Object.entries(rows).map(([id, input]) =>
      modelWith({
        id,
        aliases: id === 'a' ? ['first'] : [],
        row: { input, cache_read: input, output: input, services },
      }),
    ),
  })
  const legs = [
    { model: 'first', share: 0.5, service: 'flex' },
    { model: 'a', share: 0.3, service: 'standard' },
    { model: 'c', share: 0.2, service: 'standard' },
  ]
  const scenario = fleetWith({ legs }, { ...wish, service: 'fast' })
  const models = ['a', 'b', 'c'].map(model => scenarioWith({ ...wish, service: 'fast', model }))
  const options: RouteOptions = {
    at: '2026-01-01',
    view: 'headline',
    quality: scores,
    score: 'arena',
    minQuality: null,
    keep: [],
    lenient: false,
    skipped: [],
  }
  const { points = [] } = route(scenario, models, { priced: priced(served), options }).route ?? {}
  expect(points.map(({ model, cost }) => [model, cost])).toEqual([
    ['a', '0.5'],
    ['b', '8'],
    ['c', '10'],
  ])
})
