/** How the ids of a trace's requests go with their lengths. */
export interface Misfit {
  /** Requests whose ids, in blocks, are a block or more away from their tokens. */
  readonly off: number
  readonly requests: number
  /** Tokens of a block that would fit most of the requests; `null`: none was found. */
  readonly better: number | null
}

export interface BlockFit {
  /** @param input - tokens of the prompt @param ids - number of its blocks' ids */
  add(input: number, ids: number): void
  /** `null`: most requests fit. */
  misfit(): Misfit | null
}

/** Requests by which another block is tried. */
const MOST_KEPT = 1000

/** Whether ids are of blocks of that size: all of a prompt's, or its full ones. */
const fits = (input: number, ids: number, block: number): boolean => Math.abs(ids * block - input) < block

/** Compares ids with lengths. @param block - tokens */
export const blockFit = (block: number): BlockFit => {
  const kept: { readonly input: number; readonly ids: number }[] = []
  let [off, requests] = [0, 0]
  const fitting = (other: number): number => kept.filter(({ input, ids }) => fits(input, ids, other)).length
  return {
    add: (input, ids) => {
      requests++
      if (!fits(input, ids, block)) off++
      if (kept.length < MOST_KEPT) kept.push({ input, ids })
    },
    misfit: () => {
      if (off * 2 <= requests) return null
      // The sort is stable: of those that fit as many, the likeliest.
      const [best] = candidates(kept)
        .map(other => ({ other, count: fitting(other) }))
        .sort((a, b) => b.count - a.count)
      return { off, requests, better: best && best.count * 2 > kept.length ? best.other : null }
    },
  }
}

/** Blocks that may fit, the likeliest first: one without a rest, powers of 2, then what the mean says if all blocks or full ones have ids. */
const candidates = (kept: readonly { readonly input: number; readonly ids: number }[]): number[] => {
  const total = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0)
  const [tokens, ids] = [total(kept.map(({ input }) => input)), total(kept.map(one => one.ids))]
  const mean = tokens / ids
  if (!Number.isFinite(mean) || mean < 1) return []
  const power = Math.round(Math.log2(mean))
  const means = [0, -0.5, 0.5].map(part => Math.round(tokens / (ids + part * kept.length)))
  const exact = kept.every(one => one.ids * mean === one.input) ? [mean] : []
  return [...exact, 2 ** power, 2 ** (power - 1), 2 ** (power + 1), ...means].filter(
    one => one >= 1 && Number.isInteger(one),
  )
}
