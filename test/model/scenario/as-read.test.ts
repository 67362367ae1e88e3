import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { asRead, shapeAsRead } from '../../../src/model/scenario/as-read.ts'
import {
  doc,
  factor,
  fault,
  increase,
  part,
  positiveSize,
  printable,
  share,
  size,
  usd,
} from '../../../src/model/units.ts'

const takes = (schema: z.core.$ZodType, value: unknown): boolean => z.safeParse(asRead(schema), value).success

describe('a scalar takes what was read, no longer what was written', () => {
  it.each<{ of: string; schema: z.core.$ZodType; read: unknown; written: unknown }>([
    { of: 'a size', schema: size, read: 200_000, written: '200K' },
    { of: 'a size above 0', schema: positiveSize, read: 1, written: 0 },
    { of: 'a share', schema: share, read: 0.85, written: '85%' },
    { of: 'USD', schema: usd, read: '400', written: '$400' },
    { of: 'an increase', schema: increase, read: '0.1', written: '10%' },
    { of: 'a factor', schema: factor, read: '1.35', written: 1.35 },
  ])('$of: $read, not $written', ({ schema, read, written }) => {
    expect([takes(schema, read), takes(schema, written)]).toEqual([true, false])
  })

  it('unchanged, whatever it was', () => {
    const unit = fc.constantFrom('', 'K', 'M')
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), unit, (count, letter) => {
        const read = z.parse(size, `${count}${letter}`)
        expect(z.parse(asRead(size), read)).toBe(read)
        const amount = z.parse(usd, `$${count}.5`)
        expect(z.parse(asRead(usd), amount)).toBe(amount)
      }),
    )
  })
})

describe('what is in something is as read, too', () => {
  it.each<{ in: string; schema: z.core.$ZodType; read: unknown; written: unknown }>([
    { in: 'an object', schema: z.strictObject({ a: size }), read: { a: 2000 }, written: { a: '2K' } },
    { in: 'a list', schema: z.array(size), read: [2000], written: ['2K'] },
    { in: 'a record', schema: z.record(z.string(), size), read: { a: 2000 }, written: { a: '2K' } },
    { in: 'a choice', schema: z.union([z.literal('all'), size]), read: 2000, written: '2K' },
    { in: 'what may be null', schema: z.nullable(size), read: 2000, written: '2K' },
    {
      in: 'a part',
      schema: part(
        z.lazy(() => z.strictObject({ a: size })),
        'A part',
      ),
      read: { a: 2 },
      written: { a: '2K' },
    },
    {
      in: 'all of them',
      schema: z.array(z.strictObject({ a: z.optional(z.nullable(z.union([z.literal('all'), size]))) })),
      read: [{ a: 2000 }, { a: 'all' }, { a: null }, {}],
      written: [{ a: '2K' }],
    },
  ])('$in', ({ schema, read, written }) => {
    expect([takes(schema, read), takes(schema, written)]).toEqual([true, false])
  })
})

describe('of a schema', () => {
  it('the default stays, for results of earlier versions', () => {
    expect(z.parse(asRead(z.strictObject({ a: z._default(size, 7) })), {})).toEqual({ a: 7 })
  })

  it('the rules of a text are those of the file alone', () => {
    expect([takes(printable('a name'), ''), takes(printable('a name'), 'a\nb')]).toEqual([true, true])
    expect(takes(printable('a name'), 7)).toBe(false)
  })

  it('no key that is unknown is taken, and the description is kept', () => {
    expect(takes(z.strictObject({ a: size }), { a: 1, b: 2 })).toBe(false)
    expect(z.globalRegistry.get(asRead(doc(z.string(), 'Its meaning')))?.description).toBe('Its meaning')
    expect(z.globalRegistry.get(asRead(doc(z.optional(size), 'Its size')))?.description).toBe('Its size')
  })

  it('a part is built when it is first needed', () => {
    let built = 0
    const inner = z.lazy(() => {
      built++
      return z.strictObject({ a: size })
    })
    const read = asRead(z.strictObject({ a: part(inner, 'A part') }))
    expect([z.parse(read, {}), built]).toEqual([{}, 0])
    expect([z.parse(read, { a: { a: 1 } }), built > 0]).toEqual([{ a: { a: 1 } }, true])
  })
})

it('shapeAsRead keeps keys in place, and replaces those that become others', () => {
  const written = { a: size, gone: size, b: z.string().check(z.minLength(1, fault('', ''))), looked: usd }
  const shape = shapeAsRead(written, { gone: {}, looked: { low: z.number(), high: z.number() } })
  expect(Object.keys(shape)).toEqual(['a', 'b', 'low', 'high'])
  expect(z.parse(z.strictObject(shape), { a: 2000, b: '', low: 1, high: 2 })).toEqual({
    a: 2000,
    b: '',
    low: 1,
    high: 2,
  })
})
