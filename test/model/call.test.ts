import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { callSchema } from '../../src/model/call.ts'

it('fills in what a call leaves out, and reads sizes as files have them', () => {
  expect(z.parse(callSchema, { model: 'm', at: '2026-05-15', input: '1.5K' })).toEqual({
    ...{ model: 'm', at: '2026-05-15', input: 1500 },
    ...{ cache_read: 0, cache_write: 0, cache_write_1h: 0, output: 0 },
  })
})

it.each([
  {},
  { model: 'm' },
  { model: 'm', at: 'now' },
  { model: 'm', at: '2026-05-15', input: 0.5 },
  { model: 'm', at: '2026-05-15', cached: 1 },
])('refuses %j', call => {
  expect(z.safeParse(callSchema, call).success).toBe(false)
})
