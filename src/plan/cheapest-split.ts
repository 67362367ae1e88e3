import { type Exact, exact, ONE, powerOfTen, quotient, sum, ZERO } from '../model/number/money.ts'

/** A model that a split may use: what it costs where it serves every request, and its score. */
export interface Choice {
  readonly model: string
  /** Exact USD per period. */
  readonly cost: Exact
  /** `null`: it has no score, and can be used only where no mean quality is asked for. */
  readonly quality: Exact | null
}

/** At least this share of the requests stays on these models together. */
export interface Kept {
  readonly models: readonly string[]
  /** 0–1. */
  readonly share: Exact
}

/** A share as a fraction of whole numbers in lowest terms. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

export interface Split {
  readonly shares: readonly { readonly model: string; readonly share: Fraction }[]
}

/** A part of the requests that is spread over its own choices. */
interface Block {
  readonly weight: Exact
  readonly hull: readonly [Scored, ...Scored[]]
}

type Scored = Choice & { readonly quality: Exact }

/** From one choice of a block to a better one: what it adds to the mean quality and to the cost. */
interface Step {
  readonly block: number
  readonly to: number
  readonly quality: Exact
  readonly cost: Exact
}

/**
 * The cheapest split with at least a mean quality, and with at least given shares on given models. It is a linear
 * program whose only knot between the blocks is the mean quality: from the cheapest choices on, quality is bought where
 * a point of it costs least, along each block's lower convex hull, until it is enough. Exact: only the last step is
 * taken in part, by a fraction of whole numbers.
 *
 * @param keep - disjoint lists of models; their shares add up to 1 at most
 * @returns the shares, which add up to 1; or the best mean quality there is, where that is too little
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

/** The kept lists, each with its share, and the rest of the requests, which any choice may serve. */
const splitIntoBlocks = (choices: readonly Choice[], keep: readonly Kept[]): Block[] => {
  const rest = ONE.minus(sum(keep.map(({ share }) => share)))
  return [...keep, { models: choices.map(({ model }) => model), share: rest }].flatMap(({ models, share }) => {
    const hull = lowerHull(choices.filter(({ model }) => models.includes(model)))
    return share.isZero() || !hull ? [] : [{ weight: share, hull }]
  })
}

/** The choices from the cheapest on that a mix of others never beats: each point of quality costs more than the last. */
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

/** Whether b lies below the line from a to c: its point of quality is cheaper than the line's. */
const isBelow = (a: Scored | undefined, b: Scored | undefined, c: Scored): boolean => {
  if (!a || !b) return true
  const toB = b.cost.minus(a.cost).times(c.quality.minus(a.quality))
  return toB.lt(c.cost.minus(a.cost).times(b.quality.minus(a.quality)))
}

/** Every step along every hull, the cheapest point of quality first. */
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

/** The choices that the blocks stand at, the last step taken only as far as quality is wanted. */
const mixed = (
  blocks: readonly Block[],
  at: readonly number[],
  last: { readonly step: Step; readonly wanted: Exact } | null,
): Split => {
  // Shares over one denominator: that of the last step's part.
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
