import type { Model, Tier } from '../../model/book/book.ts'

/** Tokens of another tokenizer for each of the source's: a ratio of whole numbers. */
export interface Ratio {
  readonly times: number
  readonly of: number
}

export const SAME: Ratio = { times: 1, of: 1 }

/** A model, and how the tokens of a record become its own. */
export interface Measured {
  readonly model: Pick<Model, 'prices'>
  readonly ratios: readonly Ratio[]
}

/**
 * The prompt lengths, in tokens of the records, from which on other rates hold: `> 200000` begins at 200,001. Sorted.
 */
export const tierEdges = (measured: readonly Measured[]): number[] => {
  const edges = measured.flatMap(({ model, ratios }) =>
    tiersOf(model).flatMap(({ threshold, operator }) => {
      const first = operator === '>' ? threshold + 1 : threshold
      return ratios.map(({ times, of }) => Math.ceil((first * of) / times))
    }),
  )
  return [...new Set(edges)].sort((a, b) => a - b)
}

const tiersOf = ({ prices }: Pick<Model, 'prices'>): Tier[] =>
  prices.flatMap(({ tiers = [], services = {} }) => [
    ...tiers,
    ...Object.values(services)
      .flat()
      .flatMap(({ tiers: own }) => (Array.isArray(own) ? (own as readonly Tier[]) : [])),
  ])

/** How many edges a prompt reaches. */
export const bandIndex = (edges: readonly number[], prompt: number): number => {
  let reached = 0
  while (reached < edges.length && (edges[reached] as number) <= prompt) reached++
  return reached
}

/** The shortest prompt of the same band: the last edge that a prompt reaches, or 0. */
export const bandOf = (edges: readonly number[], prompt: number): number => edges[bandIndex(edges, prompt) - 1] ?? 0

/** A prompt in tokens of another tokenizer, rounded down: so it reaches a tier exactly where its edge says so. */
export const inTokensOf = (prompt: number, { times, of }: Ratio): number => Math.floor((prompt * times) / of)
