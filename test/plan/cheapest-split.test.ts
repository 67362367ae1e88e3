import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Exact, exact, ONE, quotient, sum, toDecimals } from '../../src/model/number/money.ts'
import { type Choice, cheapestSplit, type Kept, toExact } from '../../src/plan/cheapest-split.ts'
import { runs } from '../laws.ts'

const choice = (model: string, cost: number | string, quality: number | string | null): Choice => ({
  model,
  cost: exact(cost),
  quality: quality === null ? null : exact(quality),
})

const keep = (models: readonly string[], share: string): Kept => ({ models, share: exact(share) })

/** Shares in words, `a 3/8`; or the best mean quality there is. */
const split = (
  choices: readonly Choice[],
  minQuality: string | null,
  kept: readonly Kept[] = [],
): string[] | string => {
  const found = cheapestSplit(choices, { minQuality: minQuality === null ? null : exact(minQuality), keep: kept })
  return 'best' in found
    ? `best ${found.best.toFixed()}`
    : found.shares.map(({ model, share }) => `${model} ${share.numerator}/${share.denominator}`)
}

// Cost 1 for quality 10, 4 for 20, 10 for 30: the first ten points cost 3, the next ten 6.
const three = [choice('a', 1, 10), choice('b', 4, 20), choice('c', 10, 30)]

describe('the cheapest split', () => {
  it.each<[string, readonly Choice[], string | null, readonly Kept[], string[] | string]>([
    ['takes the cheapest where nothing is asked', three, null, [], ['a 1/1']],
    ['takes the cheapest where it is good enough', three, '10', [], ['a 1/1']],
    ['mixes two to just the quality asked for', three, '13', [], ['a 7/10', 'b 3/10']],
    ['takes one alone where it is just as good', three, '20', [], ['b 1/1']],
    ['goes on to the dearer step only when the cheaper is used up', three, '26', [], ['b 2/5', 'c 3/5']],
    ['takes the best where all of it is needed', three, '30', [], ['c 1/1']],
    ['says the best there is where more is asked for', three, '30.1', [], 'best 30'],
    [
      'passes by a model above the line of its neighbours',
      [...three, choice('d', 8, 21)],
      '26',
      [],
      ['b 2/5', 'c 3/5'],
    ],
    ['passes by a model that is dominated', [choice('z', 2, 5), ...three], '13', [], ['a 7/10', 'b 3/10']],
    ['keeps exact thirds', [choice('a', 1, 0), choice('b', 2, 3)], '1', [], ['a 2/3', 'b 1/3']],
    [
      'keeps a share on a model, and the cheapest for the rest',
      three,
      null,
      [keep(['c'], '0.05')],
      ['c 1/20', 'a 19/20'],
    ],
    ['keeps a share on the cheapest of a list', three, null, [keep(['c', 'b'], '0.3')], ['b 3/10', 'a 7/10']],
    // 5% on c give 1.5 of 13; the rest must give 11.5 over 95%: from 9.5 up by 2, a fifth of a step of 10 × 0.95.
    ['counts what is kept towards the quality', three, '13', [keep(['c'], '0.05')], ['c 1/20', 'a 3/4', 'b 1/5']],
    ['keeps everything on a list', three, '25', [keep(['a', 'c'], '1')], ['a 1/4', 'c 3/4']],
    ['is held to the list that is kept', three, '25', [keep(['a'], '0.5')], 'best 20'],
    [
      'uses models without a score where no quality is asked',
      [choice('x', '0.5', null), ...three],
      null,
      [],
      ['x 1/1'],
    ],
    ['prefers the better of two that cost the same', [choice('x', 1, 9), ...three], null, [], ['a 1/1']],
  ])('%s', (_, choices, minimum, kept, shares) => {
    expect(split(choices, minimum, kept)).toEqual(shares)
  })
})

/** Small whole costs and scores, and a quality that some mix reaches. */
const small = fc.record({
  choices: fc
    .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 5 })
    .map(all => all.map(([cost, quality], i) => choice(`m${i}`, cost, quality))),
  tenths: fc.integer({ min: 0, max: 90 }),
  kept: fc.option(
    fc.record({ among: fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }), tenths: fc.integer({ min: 1, max: 10 }) }),
    {
      nil: undefined,
    },
  ),
})

const over = (
  choices: readonly Choice[],
  of: (one: Choice) => Exact | null,
  shares: ReadonlyMap<string, Exact>,
): Exact => sum(choices.map(one => (of(one) ?? exact(0)).times(shares.get(one.model) ?? exact(0))))

/** The cost of every corner of the program: each part of the requests on one model, but one part on a mix of two. */
const byBruteForce = (choices: readonly Choice[], minimum: Exact, kept: Kept | undefined): Exact | null => {
  const parts = [
    ...(kept ? [{ weight: kept.share, choices: choices.filter(({ model }) => kept.models.includes(model)) }] : []),
    { weight: ONE.minus(kept?.share ?? 0), choices },
  ].filter(({ weight }) => !weight.isZero())
  let best: Exact | null = null
  const look = (i: number, mixed: boolean, cost: Exact, quality: Exact, open: null | [Choice, Choice, Exact]): void => {
    const part = parts[i]
    if (!part) {
      let total = cost
      if (open) {
        const [from, to, weight] = open
        const step = (to.quality ?? ONE).minus(from.quality ?? ONE).times(weight)
        const wanted = minimum.minus(quality)
        if (step.lte(0) || wanted.lt(0) || wanted.gt(step)) return
        total = cost.plus(quotient(to.cost.minus(from.cost).times(weight).times(wanted), step))
      } else if (quality.lt(minimum)) return
      if (best === null || total.lt(best)) best = total
      return
    }
    for (const one of part.choices) {
      const [c, q] = [cost.plus(one.cost.times(part.weight)), quality.plus((one.quality ?? ONE).times(part.weight))]
      look(i + 1, mixed, c, q, open)
      if (!mixed) for (const other of part.choices) look(i + 1, true, c, q, [one, other, part.weight])
    }
  }
  look(0, false, exact(0), exact(0), null)
  return best
}

it('equals brute force on small cases', () => {
  fc.assert(
    fc.property(small, ({ choices, tenths, kept }) => {
      const minimum = exact(tenths).times('0.1')
      const models = kept?.among.flatMap(i => choices[i]?.model ?? []) ?? []
      const own = kept && models.length > 0 ? keep(models, exact(kept.tenths).times('0.1').toFixed()) : undefined
      const found = cheapestSplit(choices, { minQuality: minimum, keep: own ? [own] : [] })
      const best = byBruteForce(choices, minimum, own)
      if ('best' in found) {
        expect(best).toBe(null)
        expect(found.best.lt(minimum)).toBe(true)
        return
      }
      const shares = new Map(found.shares.map(({ model, share }) => [model, toExact(share)]))
      expect(toDecimals(sum([...shares.values()]), 40)).toBe('1')
      expect(
        over(choices, ({ quality }) => quality, shares)
          .plus('1e-40')
          .gte(minimum),
      ).toBe(true)
      if (own)
        expect(
          sum(own.models.map(model => shares.get(model) ?? exact(0)))
            .plus('1e-40')
            .gte(own.share),
        ).toBe(true)
      expect(
        toDecimals(
          over(choices, ({ cost }) => cost, shares),
          40,
        ),
      ).toBe(best && toDecimals(best, 40))
    }),
    { numRuns: runs(500) },
  )
})
