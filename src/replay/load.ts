/** Mean, percentiles and peak of a rate, a second. */
export interface RateFigures {
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly peak: number
  /** `null`: nothing was there. */
  readonly peak_to_mean: number | null
}

/** How requests came in, by windows of equal length from the first request on. */
export interface Load {
  readonly requests: number
  readonly input_tokens: number
  readonly output_tokens: number
  /** From the first request to the last. */
  readonly span_s: number
  readonly window_s: number
  readonly windows: number
  readonly empty_windows: number
  readonly requests_per_s: RateFigures
  readonly input_tokens_per_s: RateFigures
  readonly output_tokens_per_s: RateFigures
}

export interface LoadCounter {
  /** @param at - ms, never before the one before */
  add(at: number, input: number, output: number): void
  /** `null`: there was no request. */
  figures(): Load | null
  /** Tokens of each window that has a request. */
  windows(): { readonly inputs: readonly number[]; readonly outputs: readonly number[] }
}

/** Counts requests and tokens by windows; only those with a request are kept. @param window - ms */
export const countLoad = (window: number): LoadCounter => {
  const [requests, inputs, outputs]: [number[], number[], number[]] = [[], [], []]
  let first = Number.NaN
  let last = Number.NaN
  let current = -1
  return {
    add: (at, input, output) => {
      if (Number.isNaN(first)) first = at
      last = at
      const index = Math.floor((at - first) / window)
      if (index !== current) {
        current = index
        requests.push(0)
        inputs.push(0)
        outputs.push(0)
      }
      const end = requests.length - 1
      requests[end] = (requests[end] ?? 0) + 1
      inputs[end] = (inputs[end] ?? 0) + input
      outputs[end] = (outputs[end] ?? 0) + output
    },
    windows: () => ({ inputs, outputs }),
    figures: () => {
      if (requests.length === 0) return null
      const windows = current + 1
      const rates = (counts: readonly number[]) => figuresOf(counts, windows, window / 1000)
      return {
        requests: total(requests),
        input_tokens: total(inputs),
        output_tokens: total(outputs),
        span_s: (last - first) / 1000,
        window_s: window / 1000,
        windows,
        empty_windows: windows - requests.length,
        requests_per_s: rates(requests),
        input_tokens_per_s: rates(inputs),
        output_tokens_per_s: rates(outputs),
      }
    },
  }
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** Percentiles by nearest rank over all windows, those without a request as 0. */
const figuresOf = (counts: readonly number[], windows: number, seconds: number): RateFigures => {
  const sorted = counts.toSorted((a, b) => a - b)
  const empty = windows - counts.length
  const at = (rank: number): number => (sorted[rank - 1 - empty] ?? 0) / seconds
  const mean = total(counts) / windows / seconds
  const peak = at(windows)
  return {
    mean,
    p50: at(Math.ceil(windows * 0.5)),
    p95: at(Math.ceil(windows * 0.95)),
    p99: at(Math.ceil(windows * 0.99)),
    peak,
    peak_to_mean: mean === 0 ? null : peak / mean,
  }
}
