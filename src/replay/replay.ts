import type { Book } from '../model/book/book.ts'
import { blockFit, type Misfit } from './block-fit.ts'
import { type Policy, policyKey } from './cache/policies.ts'
import { PrefixIds } from './cache/prefix-ids.ts'
import { type Simulator, simulate } from './cache/simulate.ts'
import { type Choice, countHits, type HitCounts, noHits } from './count-hits.ts'
import { countLoad, type Load, type LoadCounter } from './load.ts'
import { type RateState, rateStates } from './rate-states.ts'
import type { IdsOf, TraceRequest } from './trace.ts'

export interface ReplayTerms {
  readonly book: Book
  /** Replaces the models that the trace names; `null`: it decides. */
  readonly model: string | null
  /** The policies of a model, one for each row of the report. `at`: of its first request, ms since 1970. */
  readonly choose: (model: string | null, at: number) => readonly Choice[]
  readonly ids: IdsOf
  /** Whether ids must be numbered by model and conversation, since one of them may differ between requests. */
  readonly apart: boolean
  /** Tokens of a block. */
  readonly block: number
  /** Whether a last block that is not full counts too. */
  readonly partial: boolean
  /** Requests, from the first, that are simulated but not counted. */
  readonly warming: number
  /** Length of the windows of the load, ms. */
  readonly window: number
  /** What is added to the trace's times to price them: 0, or for a trace of its own clock when that was 0, ms. */
  readonly clock: number
}

export interface Replayed {
  readonly rows: readonly HitCounts[]
  /** The policies that each row simulated: several, where the rules of models differ. */
  readonly policies: readonly (readonly Policy[])[]
  readonly states: readonly RateState[]
  readonly load: Load | null
  /** Tokens of each window of the load that has a request. */
  readonly windows: ReturnType<LoadCounter['windows']>
  /** Models as the requests name them, in the order met. */
  readonly models: readonly (string | null)[]
  /** Where the ids are not of blocks of the size that was said; `null`: they are, or there are none. */
  readonly misfit: Misfit | null
}

/** `order`: its time is before the last one's; `model`: another model, whose ids must be kept `apart`. */
export type Refused = 'order' | 'model'

/** A replay: requests go in by time, ties in the order of the file. */
export interface Replaying {
  /** @returns why it was not taken; `null`: it was */
  add(request: TraceRequest): Refused | null
  end(): Replayed
}

/** Takes every request through every policy, once, in the order given. */
export const startReplay = (terms: ReplayTerms): Replaying => {
  const { ids, block, partial, warming, clock } = terms
  const rates = rateStates(terms.book)
  const load = countLoad(terms.window)
  const prefixes = terms.apart || ids === 'content' ? new PrefixIds() : null
  const chosen = chooser(terms.choose)
  const fit = ids === 'none' ? null : blockFit(block)
  let seen = 0
  let first: string | null = null
  let last = Number.NEGATIVE_INFINITY
  return {
    add: request => {
      const { at, input, output } = request
      const model = terms.model ?? request.model
      if (at < last) return 'order'
      if (seen > 0 && model !== first && !prefixes && ids !== 'none') return 'model'
      if (seen === 0) first = model
      last = at
      const blocks = prefixes?.number(rootOf(model, request.scope), request.blocks) ?? request.blocks
      const full = Math.min(partial ? Math.ceil(input / block) : Math.floor(input / block), blocks.count)
      fit?.add(input, blocks.count)
      load.add(at, input, output)
      const warm = seen++ < warming
      const state = warm ? -1 : rates.numberOf(model, at + clock, input)
      const counted = { at, input, output, blocks, full, block, state, warming: warm }
      for (const { counts, simulator, choice } of chosen.of(model, at + clock))
        countHits(counts, simulator, choice, counted)
      return null
    },
    end: () => ({
      rows: chosen.rows,
      policies: chosen.policies(),
      states: rates.states,
      load: load.figures(),
      windows: load.windows(),
      models: chosen.models(),
      misfit: fit?.misfit() ?? null,
    }),
  }
}

const rootOf = (model: string | null, scope: string | null): string =>
  scope === null ? (model ?? '') : `${model ?? ''}\n${scope}`

/** The caches of each model: one for all models of equal policy in one row, whose ids are apart but not their room. */
const chooser = (choose: ReplayTerms['choose']) => {
  const rows: HitCounts[] = []
  const caches: Map<string, Simulator>[] = []
  const known = new Map<string | null, readonly { counts: HitCounts; simulator: Simulator; choice: Choice }[]>()
  const cacheOf = (row: number, policy: Policy): Simulator => {
    const own = caches[row] ?? new Map<string, Simulator>()
    caches[row] = own
    const key = policyKey(policy)
    const simulator = own.get(key) ?? simulate(policy)
    own.set(key, simulator)
    return simulator
  }
  const find = (model: string | null, at: number) => {
    const found = choose(model, at).map((choice, row) => {
      const counts = rows[row] ?? noHits()
      rows[row] = counts
      return { counts, simulator: cacheOf(row, choice.policy), choice }
    })
    known.set(model, found)
    return found
  }
  return {
    rows,
    of: (model: string | null, at: number) => known.get(model) ?? find(model, at),
    models: () => [...known.keys()],
    policies: () =>
      rows.map((_, row) => [
        ...new Map(
          [...known.values()].flatMap(chosen => {
            const policy = chosen[row]?.choice.policy
            return policy ? [[policyKey(policy), policy] as const] : []
          }),
        ).values(),
      ]),
  }
}
