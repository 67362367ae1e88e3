import type { MeterKey } from '../model/meters.ts'
import type { Blocks } from './cache/blocks.ts'
import type { Policy } from './cache/policies.ts'
import type { Simulator } from './cache/simulate.ts'
import type { Lack } from './rate-states.ts'

/** A policy for one model's requests, and how its hits are billed. */
export interface Choice {
  readonly policy: Policy
  /** Tokens: hits are cut down to a multiple of it. */
  readonly cut: number
  /** Tokens: fewer are no hit. */
  readonly minimum: number
  /** The meter that bills writes; `null`: writing is free. */
  readonly write: MeterKey | null
  /** Why what is written has no price; `null`: it has one, or is free. */
  readonly lack: Lack | null
}

/** Tokens of the requests at the same rates. */
export interface StateTokens {
  requests: number
  input: number
  cached: number
  written: number
  output: number
  write: MeterKey | null
  lack: Lack | null
}

/** What one policy did with all requests. */
export interface HitCounts {
  requests: number
  input: number
  output: number
  cached: number
  written: number
  fullBlocks: number
  hitBlocks: number
  withHit: number
  /** Sum of each request's share of cached tokens. */
  shares: number
  /** By the number of the rate state. */
  readonly states: Map<number, StateTokens>
}

export const noHits = (): HitCounts => ({
  requests: 0,
  input: 0,
  output: 0,
  cached: 0,
  written: 0,
  fullBlocks: 0,
  hitBlocks: 0,
  withHit: 0,
  shares: 0,
  states: new Map(),
})

/** One request to be counted. */
export interface Counted {
  readonly at: number
  readonly input: number
  readonly output: number
  readonly blocks: Blocks
  /** Blocks that count. */
  readonly full: number
  /** Tokens of a block. */
  readonly block: number
  readonly state: number
  /** Whether it is only simulated, not counted. */
  readonly warming: boolean
}

/** Takes one request through a cache and counts what it found. */
export const countHits = (counts: HitCounts, simulator: Simulator, choice: Choice, request: Counted): void => {
  const { at, input, output, blocks, full, block, state, warming } = request
  const hits = simulator(at, blocks, full)
  if (warming) return
  const found = Math.min(hits * block, input)
  const cut = choice.cut > 1 ? found - (found % choice.cut) : found
  const cached = cut >= choice.minimum ? cut : 0
  const ends = Math.min(full * block, input)
  const written = choice.write !== null && ends >= choice.minimum ? ends - cached : 0
  counts.requests++
  counts.input += input
  counts.output += output
  counts.cached += cached
  counts.written += written
  counts.fullBlocks += full
  counts.hitBlocks += hits
  if (cached > 0) counts.withHit++
  if (input > 0) counts.shares += cached / input
  const tokens = counts.states.get(state)
  if (tokens) {
    tokens.requests++
    tokens.input += input
    tokens.cached += cached
    tokens.written += written
    tokens.output += output
  } else
    counts.states.set(state, { requests: 1, input, cached, written, output, write: choice.write, lack: choice.lack })
}
