import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { cachePolicy, cachePolicySchema, cacheSchema } from '../../../src/model/scenario/cache.ts'

it.each([
  { written: 'none', policy: { policy: 'none' } },
  { written: 'ideal', policy: { policy: 'ideal' } },
  { written: {}, policy: { policy: 'prefix' } },
  { written: { ttl: '1h' }, policy: { policy: 'prefix', ttl_s: 3600 } },
  { written: { policy: 'ideal', ttl: '5m' }, policy: { policy: 'ideal', ttl_s: 300 } },
  { written: { hit_share: '85%' }, policy: { policy: 'hit_share', hit_share: 0.85 } },
  { written: { hit_share: 0 }, policy: { policy: 'hit_share', hit_share: 0 } },
  { written: { marks: ['shared', 'prompt'] }, policy: { policy: 'prefix', marks: ['shared', 'prompt'] } },
  { written: { policy: 'prefix', ttl: '5m', marks: [] }, policy: { policy: 'prefix', ttl_s: 300, marks: [] } },
])('$written is $policy', ({ written, policy }) => {
  const long = cachePolicy(z.parse(cacheSchema, written))
  expect(long).toEqual(policy)
  expect(z.parse(cachePolicySchema, long)).toEqual(policy)
})

it.each([
  { written: 'all' },
  { written: 'hit_share' },
  { written: { hit_share: 1.5 } },
  { written: { hit_share: '85%', ttl: '1h' } },
  { written: { hit_share: '85%', policy: 'prefix' } },
  { written: { hit_share: '85%', marks: ['shared'] } },
  { written: { policy: 'none', marks: ['shared'] } },
  { written: { marks: ['shared', 'shared'] } },
  { written: { marks: ['turn'] } },
  { written: { lifetime: '1h' } },
])('$written is refused', ({ written }) => {
  expect(z.safeParse(cacheSchema, written).success).toBe(false)
})
