import { describe, expect, it } from 'vitest'
import { type Route, splitBySize, splitRoutes } from '../../../src/cost/workload/split-routes.ts'
import type { Leg, Routing } from '../../../src/model/scenario/routing.ts'
import { routingWith } from '../build.ts'

const leg = (model: string, share: number, rest: Partial<Leg> = {}) => ({ model, share, ...rest })

const fleet = (legs: readonly ReturnType<typeof leg>[], rest: Partial<Routing> = {}): Routing =>
  routingWith({ ...rest, legs })

const shares = ({ model, served, tried }: Route) => [model, served.toFixed(), tried.toFixed()]
const streams = (route: Route | null | undefined) =>
  route?.streams.map(({ share, extent: { times, of, first, last } }) => [share.toFixed(), times / of, first, last])

describe('a fleet', () => {
  it('that is split sends each leg its share', () => {
    const { legs, fallback } = splitRoutes(fleet([leg('small', 0.7), leg('large', 0.3)]), 2)
    expect(legs.map(shares)).toEqual([
      ['small', '0.7', '0.7'],
      ['large', '0.3', '0.3'],
    ])
    expect([streams(legs[0]), fallback]).toEqual([[['0.7', 1, 1, 2]], null])
  })

  it('that is a cascade tries a leg with all that no leg before it serves', () => {
    const { legs } = splitRoutes(fleet([leg('a', 0.5), leg('b', 0.3), leg('c', 0.2)], { mode: 'cascade' }), 1)
    expect(legs.map(shares)).toEqual([
      ['a', '0.5', '1'],
      ['b', '0.3', '0.5'],
      ['c', '0.2', '0.2'],
    ])
  })

  it('that falls back takes the share from every leg alike, at the sizes of the legs', () => {
    const legs = [leg('small', 0.6), leg('large', 0.4, { tokens: '1.5' })]
    const routes = splitRoutes(fleet(legs, { fallback: ['spare', 'unused'], fallback_share: 0.1 }), 1)
    expect(routes.legs.map(shares)).toEqual([
      ['small', '0.54', '0.54'],
      ['large', '0.36', '0.36'],
    ])
    expect(routes.fallback?.model).toBe('spare')
    expect(streams(routes.fallback)).toEqual([
      ['0.06', 1, 1, 1],
      ['0.04', 1.5, 1, 1],
    ])
  })

  it('that promotes serves the turns before on its first leg, and the later ones at the size of the next', () => {
    const legs = [leg('small', 0.8), leg('large', 0.2, { tokens: '2', promote_at_turn: 3 })]
    const [first, second] = splitRoutes(fleet(legs), 5).legs
    // A fifth of the conversations spends turns 1 and 2 on the first leg.
    expect(streams(first)).toEqual([
      ['0.8', 1, 1, 5],
      ['0.2', 1, 1, 2],
    ])
    expect(streams(second)).toEqual([['0.2', 2, 3, 5]])
    expect([first?.served.toFixed(), first?.tried.toFixed()]).toEqual(['0.8', '1'])
  })
})

it('requests of one size are one stream', () => {
  const sizes = [
    { share: '0.5', tokens: '1.35' },
    { share: '0.3', tokens: '1' },
    { share: '0.2', tokens: '1.35' },
  ]
  const found = splitBySize(sizes, 4).map(({ share, extent }) => [share.toFixed(), extent.times, extent.of])
  expect(found).toEqual([
    ['0.7', 135, 100],
    ['0.3', 1, 1],
  ])
})
