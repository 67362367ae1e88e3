import { pricingOf } from '../../cost/result/estimate.ts'
import { InputError, problems } from '../../errors/index.ts'
import type { Replay } from '../../model/result/replay.ts'
import { addBlock, emptyBlocks } from '../../replay/cache/blocks.ts'
import { choosePolicies, type RowName, ruleFinder } from '../../replay/choose-policies.ts'
import { describeReplay } from '../../replay/describe.ts'
import { startReplay } from '../../replay/replay.ts'
import type { TraceRequest } from '../../replay/trace.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { NO_TIME, timeOf } from './lengths.ts'
import { isCount } from './trace-format.ts'

/** One request to replay. */
export interface ReplayRequest {
  /** Instant with its zone, or ms since 1970. */
  readonly at: string | number
  readonly model?: string
  /** Tokens of the whole prompt, cached ones too. */
  readonly input: number
  readonly output: number
  /** Ids of the prompt's blocks, from its first token on; each names the whole prefix up to its end. */
  readonly blocks: readonly (string | number | bigint)[]
  /** Where ids hold within a conversation only. */
  readonly conversation?: string
}

/** What `replay` is asked for beside the requests. */
export interface ReplaySettings {
  /** Tokens of a block. */
  readonly block: number
  /** Serves every request; default: as each names it. */
  readonly model?: string
  /** A row each; default: the model's rule, and a cache that forgets nothing. */
  readonly policies?: readonly RowName[]
  /** Lifetime, s; default: the model's. */
  readonly ttl?: number
  /** Whether a use begins the lifetime anew; default: yes. */
  readonly refresh?: boolean
  /** Blocks that `lru` keeps. */
  readonly capacity?: number
  /** From a request until what it stores can be found, s; default: 0. */
  readonly delay?: number
  /** Length of the windows of the load, s; default: 60. */
  readonly window?: number
}

/** Replays requests in order of time. @throws {InputError} INVALID */
export const replayRequests = (
  requests: Iterable<ReplayRequest>,
  priced: LoadedBook,
  settings: ReplaySettings,
): Replay => {
  const {
    block,
    model,
    policies = ['rule', 'infinite'],
    ttl,
    refresh = true,
    capacity = 0,
    delay = 0,
    window = 60,
  } = settings
  if (!(delay >= 0)) throw new InputError([problems.invalid('delay is not a number of seconds', 'write it as 3')])
  const kept = toTrace(requests)
  const ordered = kept.toSorted((a, b) => a.at - b.at)
  const ruleOf = ruleFinder(priced.book)
  const lifetime = ttl === undefined ? null : ttl * 1000
  const rules = { rows: policies, block, blockStated: true, lifetime, refresh, capacity, delay: delay * 1000 }
  const replaying = startReplay({
    ...{ book: priced.book, model: model ?? null, block, partial: false, warming: 0, window: window * 1000, clock: 0 },
    ...{ ids: 'prefix', apart: true },
    choose: (name, ms) => choosePolicies(rules, ruleOf(name, ms)),
  })
  for (const request of ordered) replaying.add(request)
  return describeReplay(replaying.end(), {
    pricing: pricingOf(priced, [{ at: new Date(ordered[0]?.at ?? 0).toISOString() }], null),
    trace: {
      ...{ files: [], format: 'requests', block, ids: 'prefix' },
      ...{ malformed: 0, first_malformed: [], sorted: ordered.some((one, i) => one !== kept[i]) },
    },
    rowNames: policies,
    warmUp: { share: 0, requests: 0 },
    fleet: null,
    notes: [],
  })
}

const toTrace = (requests: Iterable<ReplayRequest>): TraceRequest[] => {
  const numbers = new Map<string, number>()
  return Array.from(requests, ({ at, model, input, output, blocks: ids, conversation }, i) => {
    const ms = timeOf(at)
    if (ms === undefined) throw invalid(i, NO_TIME)
    if (!isCount(input)) throw invalid(i, 'input is not a whole number of tokens')
    if (!isCount(output)) throw invalid(i, 'output is not a whole number of tokens')
    const blocks = emptyBlocks(ids.length)
    for (const id of ids) {
      const number = numbers.get(String(id)) ?? numbers.size
      numbers.set(String(id), number)
      addBlock(blocks, 0, number)
    }
    return { at: ms, input, output, model: model ?? null, scope: conversation ?? null, blocks }
  })
}

const invalid = (index: number, what: string): InputError =>
  new InputError([problems.invalid(`request ${index}: ${what}`, 'correct it, or leave the request out')])
