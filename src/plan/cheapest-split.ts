import { type Exact, exact, ONE, powerOfTen, quotient, sum, ZERO } from '../model/number/money.ts'

/** A model that a split may use: its cost when it serves every request, and its score. */
export interface Choice {
  readonly model: string
  /** Exact USD per period. */
  readonly cost: Exact
  /** `null`: no score, so it can be used only if no mean quality is required. */
  readonly quality: Exact | null
}

/** A minimum share of the requests for a list of models together. */
export interface Kept {
  readonly models: readonly string[]
  /** 0–1. */
  readonly share: Exact
}

/** A share as a fraction in lowest terms. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

export interface Split {
  readonly shares: readonly { readonly model: string; readonly share: Fraction }[]
}

/** A part of the requests that is split over its own list of models. */
interface Block {
  readonly weight: Exact
  readonly hull: readonly [Scored, ...Scored[]]
}

type Scored = Choice & { readonly quality: Exact }

/** A step from one choice of a block to a better one: the quality and the cost it adds to the mean. */
interface Step {
  readonly block: number
  readonly to: number
  readonly quality: Exact
  readonly cost: Exact
}

/**
 * The cheapest split with at least a given mean quality, and at least given shares on given models. It is a linear
 * program in which only the mean quality couples the blocks. Starting from the cheapest choices, quality is bought
 * where it costs least per point, along each block's lower convex hull, until it is enough. Exact: only the last step
 * is partial, by a fraction of whole numbers.
 *
 * @param keep - disjoint lists of models; their shares add up to at most 1
 * @returns the shares, which add up to 1; or the highest possible mean quality, if that is too low
 */
export const cheapestSplit = (
  choices: readonly Choice[],
  { minQuality, keep }: { readonly minQuality: Exact | null; readonly keep: readonly Kept[] },
): Split | { readonly best: Exact } => {
  const blocks = splitIntoBlocks(choices, keep)
  const at = blocks.map(() => 0)
  const missing = (): Exact => (minQuality ?? ZERO).minus(meanQuality(blocks, at))
  if (minQuality === null || missing().lte(0)) return mixed(blocks, at, null)
  for (const step of listSteps(blocks)) {
    const wanted = missing()
    if (step.quality.gte(wanted)) return mixed(blocks, at, { step, wanted })
    at[step.block] = step.to
  }
  return { best: meanQuality(blocks, at) }
}

/** The lists to keep, each with its share, and the rest of the requests, which any model may serve. */
const splitIntoBlocks = (choices: readonly Choice[], keep: readonly Kept[]): Block[] => {
  const rest = ONE.minus(sum(keep.map(({ share }) => share)))
  return [...keep, { models: choices.map(({ model }) => model), share: rest }].flatMap(({ models, share }) => {
    const hull = lowerHull(choices.filter(({ model }) => models.includes(model)))
    return share.isZero() || !hull ? [] : [{ weight: share, hull }]
  })
}

/** The choices on the lower convex hull, cheapest first: each point of quality costs more than the last. */
const lowerHull = (choices: readonly Choice[]): Block['hull'] | null => {
  const scored = choices
    .map((choice): Scored => ({ ...choice, quality: choice.quality ?? ZERO }))
    .sort((a, b) => a.cost.comparedTo(b.cost) || b.quality.comparedTo(a.quality))
  const hull: Scored[] = []
  for (const choice of scored) {
    const last = hull.at(-1)
    if (last && choice.quality.lte(last.quality)) continue
    while (hull.length > 1 && !isBelow(hull.at(-2), hull.at(-1), choice)) hull.pop()
    hull.push(choice)
  }
  const [first, ...others] = hull
  return first ? [first, ...others] : null
}

/** Whether b lies below the line from a to c, so that its quality costs less per point. */
const isBelow = (a: Scored | undefined, b: Scored | undefined, c: Scored): boolean => {
  if (!a || !b) return true
  const toB = b.cost.minus(a.cost).times(c.quality.minus(a.quality))
  return toB.lt(c.cost.minus(a.cost).times(b.quality.minus(a.quality)))
}

/** Every step along every hull, cheapest per point of quality first. */
const listSteps = (blocks: readonly Block[]): Step[] =>
  blocks
    .flatMap(({ weight, hull }, block) =>
      hull.slice(1).map((to, i): Step => {
        const from = hull[i] ?? to
        return {
          block,
          to: i + 1,
          quality: to.quality.minus(from.quality).times(weight),
          cost: to.cost.minus(from.cost).times(weight),
        }
      }),
    )
    .sort((a, b) => a.cost.times(b.quality).comparedTo(b.cost.times(a.quality)) || a.to - b.to)

const meanQuality = (blocks: readonly Block[], at: readonly number[]): Exact =>
  sum(blocks.map(({ weight, hull }, i) => (hull[at[i] ?? 0] ?? hull[0]).quality.times(weight)))

/** The choice of each block after the steps; the last step is taken only as far as needed. */
const mixed = (
  blocks: readonly Block[],
  at: readonly number[],
  last: { readonly step: Step; readonly wanted: Exact } | null,
): Split => {
  // Shares have one denominator: that of the partial last step.
  const whole = last?.step.quality ?? ONE
  const shares = new Map<string, Exact>()
  const add = (model: string, share: Exact): void => void shares.set(model, share.plus(shares.get(model) ?? ZERO))
  for (const [i, { weight, hull }] of blocks.entries()) {
    const choice = hull[at[i] ?? 0] ?? hull[0]
    const part = last?.step.block === i ? last.wanted : ZERO
    add(choice.model, weight.times(whole.minus(part)))
    if (last && !part.isZero()) add((hull[last.step.to] ?? choice).model, weight.times(part))
  }
  return {
    shares: [...shares].flatMap(([model, share]) =>
      share.isZero() ? [] : [{ model, share: inLowestTerms(share, whole) }],
    ),
  }
}

/** a ÷ b in lowest terms. */
const inLowestTerms = (a: Exact, b: Exact): Fraction => {
  const scale = powerOfTen(Math.max(a.decimalPlaces(), b.decimalPlaces()))
  const [numerator, denominator] = [BigInt(a.times(scale).toFixed()), BigInt(b.times(scale).toFixed())]
  const divisor = greatestCommon(numerator, denominator)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

const greatestCommon = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommon(b, a % b))

/** A fraction as an exact decimal, 50 significant digits. */
export const toExact = ({ numerator, denominator }: Fraction): Exact => quotient(exact(numerator), exact(denominator))
