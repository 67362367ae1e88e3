import { describe, expect, it } from 'vitest'
import type { Cheapest, Point, RouteFound } from '../../../src/model/result/route.ts'
import { routeAnswer } from '../../../src/report/route/answer.ts'
import { everyView, scenarioResult } from '../documents.ts'

const point = (model: string, quality: string): Point => ({
  model,
  provider: 'acme',
  cost: '1',
  quality,
  quality_from: 'book',
  dominated_by: null,
})

/** 1 − split/fleet, cached. */
const saved = (cached: Cheapest['saving']['cached']): Cheapest['saving'] => ({
  headline: null,
  cached_ideal: null,
  cached,
  batch: null,
  batch_cached: null,
  self_hosted: null,
})

const split = (own: Partial<Cheapest> = {}): Cheapest => ({
  min_quality: '1400',
  min_quality_from: 'fleet',
  keep: [],
  legs: [
    { model: 'small', share: 0.8, fraction: '4/5', requests: 80 },
    { model: 'large', share: 0.2, fraction: '1/5', requests: 20 },
  ],
  quality: '1400',
  colder: false,
  mean_cost: '6',
  costs: everyView('6'),
  saving: saved(0.4),
  ...own,
})

const answer = (own: Partial<RouteFound> = {}, model = 'large'): string =>
  routeAnswer(scenarioResult({ per: 'day', periods_per_month: '30', model }), {
    view: 'cached',
    points: [point('small', '1350'), point('large', '1600')],
    unscored: [],
    skipped: [],
    fleet: { cost: '10', quality: '1400' },
    cheapest: split(),
    ...own,
  })

const SERVED = '$10.00 a day ($300.00 a month) as served, cached, mean quality 1400'

describe('the answer of route', () => {
  it('is what it costs as served, and the cheapest split that keeps its quality', () => {
    expect(answer()).toBe(
      `${SERVED}; the cheapest split that keeps that quality costs $6.00 a day ($180.00 a month), 40.0% saved: 80.0% small, 20.0% large.`,
    )
  })

  it('names what the call keeps', () => {
    const keep = [{ models: ['large'], share: 0.05 }]
    expect(answer({ cheapest: split({ min_quality: '1500', min_quality_from: 'call', keep }) })).toContain(
      '; the cheapest split that keeps a mean quality of 1500 and 5.0% on large costs ',
    )
  })

  it.each([0, -0.5, { low: -0.2, high: 0 }])('says that no split is cheaper, of a saving of %o', saving => {
    expect(answer({ cheapest: split({ saving: saved(saving) }) })).toBe(
      `${SERVED}; no split that keeps that quality is cheaper.`,
    )
  })

  it('says that a saving may be none', () => {
    expect(answer({ cheapest: split({ saving: saved({ low: -0.1, high: 0.2 }) }) })).toContain(
      ', -10.0% to 20.0% saved, so perhaps nothing: 80.0% small',
    )
  })

  it('says of a split without a quality that it is unknown, and what to type', () => {
    const cheapest = split({
      min_quality: null,
      min_quality_from: 'none',
      quality: null,
      keep: [{ models: ['mine'], share: 0.05 }],
    })
    expect(answer({ fleet: { cost: '10', quality: null }, cheapest }, 'mine')).toBe(
      '$10.00 a day ($300.00 a month) as served, cached, mean quality unknown (no score: mine); the cheapest split that keeps 5.0% on mine costs $6.00 a day ($180.00 a month), 40.0% saved: 80.0% small, 20.0% large; it is the cheapest whatever its quality, which is unknown: to keep one, type --quality mine=1600 with your own scores, or --min-quality 1600.',
    )
  })

  it('advises none without a quality to keep, and says what to type', () => {
    expect(answer({ fleet: { cost: '10', quality: null }, cheapest: null }, 'mine')).toMatch(
      /; no split is advised without a quality to keep: type --quality mine=1600 with your own scores, or --min-quality 1600\.$/,
    )
    expect(answer({ fleet: { cost: '10', quality: null }, cheapest: null, points: [] }, 'mine')).toMatch(
      /; no model can be priced for this workload, so there is no split to choose\.$/,
    )
  })

  it('says that the cost as served is unknown', () => {
    expect(answer({ fleet: { cost: null, quality: '1400.33333' }, cheapest: split({ saving: saved(null) }) })).toMatch(
      /^what it costs as served, cached, is unknown, mean quality 1400\.3; the cheapest split .* costs \$6\.00 a day \(\$180\.00 a month\): 80\.0% small/,
    )
  })
})
