import { describe, expect, it } from 'vitest'
import { keyAt } from '../../../src/load/schema/key-at.ts'

describe('keyAt', () => {
  it.each<[key: string, kinds: string[], fallback: unknown]>([
    ['traffic.requests', ['size above 0'], 1],
    ['request.turn_gap', ['duration'], 30],
    ['request.output', ['size', 'object', 'array'], 0],
    ['request.shared.0', ['size', 'object'], undefined],
    ['routing.legs.1.share', ['share'], undefined],
    ['routing.legs.1.tokens', ['factor'], '1'],
    ['cache', ['enum', 'object'], 'prefix'],
    ['cache.ttl', ['duration'], undefined],
    ['self_host.usd_per_hour', ['USD', 'object'], undefined],
    ['self_host.usd_per_hour.low', ['USD'], undefined],
    ['quality.any', ['number'], undefined],
    ['tags.any', ['string'], undefined],
  ])('%s', (key, kinds, fallback) => {
    const forms = keyAt(key.split('.'))
    expect(forms.map(({ type, scalar }) => scalar?.name ?? type)).toEqual(kinds)
    expect(forms[0]?.fallback).toBe(fallback)
  })

  it.each(['requests', 'request.outptu', 'traffic.requests.deep', 'name.constructor'])('there is no %s', key => {
    expect(keyAt(key.split('.'))).toEqual([])
  })
})
