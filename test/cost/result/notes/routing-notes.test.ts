import { expect, it } from 'vitest'
import { priceScenario } from '../../../../src/cost/fleet/price-scenario.ts'
import { routingNotes } from '../../../../src/cost/result/notes/routing-notes.ts'
import { bookWith, fleetWith, modelWith, scenarioWith } from '../../build.ts'

const book = bookWith({ models: ['demo', 'second'].map(id => modelWith({ id })) })
const legs = [
  { model: 'demo', share: 0.5 },
  { model: 'second', share: 0.5 },
]
const codes = (routing: Partial<Parameters<typeof fleetWith>[0]>): string[] =>
  routingNotes(
    priceScenario(fleetWith({ legs, ...routing }, { request: { turns: 3, turn: 100 } }), book, '2026-01-01'),
  ).map(({ code }) => code)

it('one model is no fleet', () => {
  expect(routingNotes(priceScenario(scenarioWith(), book, '2026-01-01'))).toEqual([])
})

it.each<{ it: string; routing: Partial<Parameters<typeof fleetWith>[0]>; more: string[] }>([
  { it: 'a split', routing: {}, more: ['CACHE_PER_LEG'] },
  { it: 'a fleet of one leg', routing: { legs: [{ model: 'demo', share: 1 }] }, more: [] },
  { it: 'a cascade', routing: { mode: 'cascade' }, more: ['CASCADE_PAYS_EACH_TRY', 'CACHE_PER_LEG'] },
  {
    it: 'a fallback that serves',
    routing: { fallback: ['second'], fallback_share: 0.1 },
    more: ['FALLBACK_UNBILLED', 'CACHE_PER_LEG'],
  },
  { it: 'a fallback that serves nothing', routing: { fallback: ['second'] }, more: ['CACHE_PER_LEG'] },
  {
    it: 'a promotion',
    routing: {
      legs: [
        { model: 'demo', share: 0.5 },
        { model: 'second', share: 0.5, promote_at_turn: 2 },
      ],
    },
    more: ['PROMOTED_COLD', 'CACHE_PER_LEG'],
  },
  {
    it: 'a promotion to a leg of another size',
    routing: {
      legs: [
        { model: 'demo', share: 0.5 },
        { model: 'second', share: 0.5, promote_at_turn: 2, tokens: '2' },
      ],
    },
    more: ['PROMOTED_COLD', 'PROMOTED_BASELINES', 'CACHE_PER_LEG'],
  },
])('$it takes for granted: $more', ({ routing, more }) => {
  expect(codes(routing)).toEqual(['SHARES_AS_GIVEN', ...more])
})
