import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layRows } from '../../src/book/lay-rows.ts'
import type { Price } from '../../src/model/book/book.ts'

const day = (i: number): string => new Date(Date.UTC(2026, 0, 1) + i * 86_400_000).toISOString().slice(0, 10)

const row = (input: string, from: number, to: number | null): Price => ({
  from: day(from),
  ...(to === null ? {} : { to: day(to) }),
  input,
  output: '2',
  cache_read: null,
  source: 'own',
  grade: 'own',
})

const inShort = (rows: readonly Price[]) => rows.map(({ input, from, to = null }) => [input, from, to])

/** The row that holds on a day, as the rule has it: of the rows on top the last, else of those below the first. */
const ruling = (below: readonly Price[], own: readonly Price[], on: string): Price | undefined => {
  const holds = ({ from, to }: Price): boolean => from <= on && (to == null || on < to)
  return own.findLast(holds) ?? below.find(holds)
}

const DAYS = 12

const rows = (prefix: string) =>
  fc
    .array(fc.record({ from: fc.nat(DAYS - 2), length: fc.integer({ min: 1, max: DAYS }), open: fc.boolean() }), {
      maxLength: 6,
    })
    .map(all => all.map(({ from, length, open }, i) => row(`${prefix}${i}`, from, open ? null : from + length)))

describe('layRows', () => {
  it('keeps what is not cut as it is', () => {
    const below = [row('a', 0, 5), row('b', 5, null)]
    expect(layRows(below, [])[0]).toBe(below[0])
  })

  it('cuts a row in two, each part ending where the other begins', () => {
    expect(inShort(layRows([row('a', 0, null)], [row('x', 3, 5)]))).toEqual([
      ['a', day(0), day(3)],
      ['x', day(3), day(5)],
      ['a', day(5), null],
    ])
  })

  it('lets the later of two rows win', () => {
    expect(inShort(layRows([], [row('x', 0, 6), row('y', 2, 4)]))).toEqual([
      ['x', day(0), day(2)],
      ['y', day(2), day(4)],
      ['x', day(4), day(6)],
    ])
  })

  it('holds on every day the row that rules, in order and never two', () => {
    fc.assert(
      fc.property(rows('a'), rows('x'), (below, own) => {
        const laid = layRows(below, own)
        for (let i = 0; i < 2 * DAYS; i++) {
          const on = day(i)
          const found = laid.filter(({ from, to }) => from <= on && (to == null || on < to))
          expect(found.map(({ input }) => input)).toEqual([ruling(below, own, on)?.input].filter(Boolean))
        }
        expect(laid.map(({ from }) => from)).toEqual(laid.map(({ from }) => from).toSorted())
      }),
    )
  })

  it('makes no more rows than there are dates, however many lie over each other', () => {
    const own = Array.from({ length: 2000 }, (_, i) => row(`x${i}`, i, 5000 - i))
    const laid = layRows([], own)
    // Nested: each is cut in two by the next one, but for the innermost.
    expect(laid).toHaveLength(2 * 2000 - 1)
    expect(laid.at(1999)?.input).toBe('x1999')
  })
})
