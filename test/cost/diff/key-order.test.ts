import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { keyOrderOf } from '../../../src/cost/diff/key-order.ts'
import { inputSchema } from '../../../src/model/scenario/scenario.ts'

it('keys come in the order of the schema, those of an object inside also if it is optional, nullable or lazy', () => {
  const inner = z.strictObject({ b: z.string(), a: z.string() })
  const schema = z.strictObject({
    z: z.number(),
    one: z.optional(z.nullable(inner)),
    two: z.lazy(() => z._default(inner, { a: '', b: '' })),
  })
  expect([...keyOrderOf(schema)]).toEqual([
    ['', ['z', 'one', 'two']],
    ['z', []],
    ['one', ['b', 'a']],
    ['two', ['b', 'a']],
  ])
})

it('a scenario has its traffic before its request, and requests before output', () => {
  const order = keyOrderOf(inputSchema)
  expect(order.get('')?.indexOf('traffic')).toBeLessThan(order.get('')?.indexOf('request') ?? 0)
  expect(order.get('traffic')?.[0]).toBe('requests')
  expect(order.get('request')).toContain('turn_gap_s')
})
