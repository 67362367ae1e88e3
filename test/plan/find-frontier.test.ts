import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exact } from '../../src/model/number/money.ts'
import { findFrontier } from '../../src/plan/find-frontier.ts'

const point = (model: string, cost: number, quality: number) => ({ model, cost: exact(cost), quality: exact(quality) })

it('is what nothing beats: cheapest first, each other with the cheapest that beats it', () => {
  const found = findFrontier([
    point('dear', 9, 30),
    point('worse', 5, 19),
    point('cheap', 1, 10),
    point('good', 4, 20),
    point('twin', 4, 20),
    point('same cost', 4, 12),
    point('same quality', 6, 20),
  ])
  expect(found.map(({ point: { model }, dominatedBy }) => [model, dominatedBy?.model ?? null])).toEqual([
    ['cheap', null],
    ['good', null],
    ['twin', null],
    ['same cost', 'good'],
    ['worse', 'good'],
    ['same quality', 'good'],
    ['dear', null],
  ])
})

it('names the cheapest point there with an interval that overlaps', () => {
  const scored = (model: string, cost: number, quality: number, within: number) => ({
    ...point(model, cost, quality),
    interval: { low: exact(quality - within), high: exact(quality + within) },
  })
  const found = findFrontier([
    scored('cheap', 1, 100, 4),
    scored('near', 2, 105, 2), // from 103: overlaps with cheap, to 104
    scored('far', 3, 112, 6), // from 106: overlaps with near, to 107
    scored('top', 4, 130, 5),
    scored('beaten', 5, 129, 5),
    point('exact', 6, 131),
  ])
  expect(found.map(({ point: { model }, tiedWith }) => [model, tiedWith?.model ?? null])).toEqual([
    ['cheap', null],
    ['near', 'cheap'],
    ['far', 'near'],
    ['top', null],
    ['beaten', null],
    ['exact', null],
  ])
})

const points = fc
  .array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 })), { maxLength: 12 })
  .map(all => all.map(([cost, quality], i) => point(`m${i}`, cost, quality)))

it('no point on it is dominated, and every other one is, by a point on it', () => {
  fc.assert(
    fc.property(points, all => {
      const found = findFrontier(all)
      expect(found.length).toBe(all.length)
      const frontier = found.filter(({ dominatedBy }) => dominatedBy === null).map(one => one.point)
      const beats = (a: (typeof all)[number], b: (typeof all)[number]): boolean =>
        a.cost.lte(b.cost) && a.quality.gte(b.quality) && !(a.cost.eq(b.cost) && a.quality.eq(b.quality))
      for (const one of frontier) expect(all.some(other => beats(other, one))).toBe(false)
      for (const { point: one, dominatedBy } of found) {
        if (dominatedBy === null) continue
        expect(frontier.some(other => beats(other, one))).toBe(true)
        expect(beats(dominatedBy, one)).toBe(true)
      }
    }),
  )
})

it('names the cheapest overlapping point as a comparison with each one before it does', () => {
  const scored = fc
    .array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 }), fc.option(fc.nat({ max: 6 }))), { maxLength: 14 })
    .map(all =>
      all.map(([cost, quality, within], i) => ({
        ...point(`m${i}`, cost, quality),
        interval: within === null ? null : { low: exact(quality - within), high: exact(quality + within) },
      })),
    )
  fc.assert(
    fc.property(scored, all => {
      const frontier = findFrontier(all).filter(({ dominatedBy }) => dominatedBy === null)
      for (const [i, { point: one, tiedWith }] of frontier.entries()) {
        const { interval } = one
        const found = frontier.slice(0, i).find(({ point: other }) => {
          if (!interval || !other.interval || !other.cost.lt(one.cost)) return false
          return other.interval.high.gte(interval.low) && interval.high.gte(other.interval.low)
        })
        expect(tiedWith?.model ?? null).toBe(found?.point.model ?? null)
      }
    }),
  )
})
