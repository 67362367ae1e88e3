import { expect, it } from 'vitest'
import { routingFaults } from '../../../src/load/scenario/check-routing.ts'

const legs = (...shares: readonly (string | number)[]) => shares.map(share => ({ model: 'a', share }))

const faults = (routing: object, request: object | undefined = { turns: 4 }): string[] =>
  routingFaults({ routing, request }).map(({ code, path = [] }) => `${code} ${path.slice(1).join('.')}`)

it.each<[string, readonly (string | number)[], string[]]>([
  ['shares that add up', ['80%', '15%', '5%'], []],
  ['tenths, which as binary floats do not', Array<number>(10).fill(0.1), []],
  ['one leg', [1], []],
  ['too little', ['80%', '15%'], ['SHARES_OFF legs.0.share']],
  ['thirds to six digits', Array<string>(3).fill('33.333333%'), ['SHARES_OFF legs.0.share']],
  ['too much', ['80%', '15%', '6%'], ['SHARES_OFF legs.0.share']],
])('%s', (_, shares, found) => {
  expect(faults({ legs: legs(...shares) })).toEqual(found)
})

it.each([
  [['80%', '15%'], 'must add up to 100%, but add up to 95%: 5% too little', 'write share: 85% for a'],
  [['99%', '1%', '0.5%'], 'add up to 100.5%: 0.5% too much', 'write share: 98.5% for a'],
  [['60%', '60%', '60%'], 'add up to 180%: 80% too much', 'change the shares to add up to 100%'],
])('%s says by how much, and what would fix it', (shares, what, fix) => {
  const [fault] = routingFaults({ routing: { legs: legs(...shares) }, request: {} })
  expect(fault?.what).toContain(what)
  expect(fault?.fix).toContain(fix)
})

it.each<[string, object, object | undefined, string[]]>([
  ['at its second turn', { promote_at_turn: 2 }, { turns: 4 }, []],
  ['at its last', { promote_at_turn: 4 }, { turns: 4 }, []],
  ['beyond its last', { promote_at_turn: 5 }, { turns: 4 }, ['CANNOT_PROMOTE promote_at_turn']],
  ['at its first', { promote_at_turn: 1 }, { turns: 4 }, ['CANNOT_PROMOTE promote_at_turn']],
  ['of one turn', { promote_at_turn: 2 }, {}, ['CANNOT_PROMOTE promote_at_turn']],
  ['in a cascade', { promote_at_turn: 2, mode: 'cascade' }, { turns: 4 }, ['CANNOT_PROMOTE promote_at_turn']],
])('a promotion %s', (_, routing, request, found) => {
  expect(faults({ legs: legs('50%', '50%'), ...routing }, request)).toEqual(found)
})

it('only totals show no turns, and no requests that a router could be paid for', () => {
  const routing = { legs: legs(1), promote_at_turn: 2, router: { usd_per_1k_requests: 1 } }
  expect(routingFaults({ routing, totals: {} }).map(({ code }) => code)).toEqual([
    'CANNOT_PROMOTE',
    'ROUTER_NEEDS_REQUESTS',
  ])
})

it('the cluster serves one leg, and what it runs is said', () => {
  const legs = [
    { self_host: true, share: '50%' },
    { self_host: true, share: '50%' },
  ]
  expect(routingFaults({ routing: { legs }, request: {} }).map(({ code }) => code)).toEqual([
    'ONE_CLUSTER_LEG',
    'LEG_NEEDS_CLUSTER',
  ])
})

it('what does not fit the schema is left to it', () => {
  expect(faults({ legs: [{ model: 'a' }] })).toEqual([])
})
