import { describe, expect, it } from 'vitest'
import { InputError, problems } from '../../../src/errors/index.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { isRefused, type Serve, trying } from '../../../src/plan/advise/trial.ts'
import { bookWith, fleetWith, priced, scenarioWith } from '../../cost/build.ts'

const request = { shared: 1_000_000, turns: 2 }
const serving =
  (scenario: Scenario): Serve =>
  async () => ({ scenario, written: { name: 'demo', tags: {}, traffic: scenario.traffic, cache: 'prefix' } })

const trial = (scenario: Scenario, views: Parameters<ReturnType<typeof trying>>[1], book = bookWith()) =>
  trying(serving(scenario), priced(book), '2026-01-01')([], views)

describe('a trial', () => {
  // 1 + 0.1 cached, 2 listed.
  it('takes the cheapest of the views', async () => {
    const found = await trial(scenarioWith({ request }), ['headline', 'cached'])
    expect(found).toMatchObject({ view: 'cached' })
    expect(isRefused(found) ? '' : found.cost.toFixed()).toBe('1.1')
  })

  it.each([
    { it: 'not offered', views: ['batch'] as const, why: /offers no batch tier/ },
    { it: 'a bound', views: ['cached_ideal'] as const, why: /only a bound/ },
    { it: 'the cost of no cluster', views: ['self_hosted'] as const, why: /cluster/ },
  ])('has no view that is $it', async ({ views, why }) => {
    expect(await trial(scenarioWith({ request }), views)).toMatchObject({ why: expect.stringMatching(why) })
  })

  it('has no list price where the provider always writes', async () => {
    const book = bookWith({
      rule: { match: 'marks', marks: 'newest', lifetimes: [{ ttl_s: 300, write: 'cache_write' }] },
      row: { cache_write: '1.25' },
    })
    expect(await trial(scenarioWith({ request }), ['headline'], book)).toMatchObject({ why: /always writes/ })
  })

  it('is refused with the reasons of keys that cannot be set', async () => {
    const serve: Serve = async () => {
      throw new InputError([problems.noService('demo', 'flex', { at: '2026-01-01', others: [] })])
    }
    expect(await trying(serve, priced(bookWith()), '2026-01-01')(['service=flex'], ['cached'])).toMatchObject({
      codes: ['NO_SERVICE'],
    })
  })

  it('passes on what is no fault of the keys', async () => {
    const serve: Serve = async () => {
      throw new Error('a bug')
    }
    await expect(trying(serve, priced(bookWith()), '2026-01-01')([], ['cached'])).rejects.toThrow('a bug')
  })

  it('prices a fleet without the models that it is compared with', async () => {
    const found = await trial(fleetWith({ legs: [{ model: 'demo', share: 1 }] }, { request }), ['cached'])
    expect(isRefused(found) ? null : found.priced.baselines).toEqual([])
  })
})
