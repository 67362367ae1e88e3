import type { Book, Model } from '../../model/book/book.ts'
import type { Clusters } from '../../model/book/clusters.ts'
import { entryOf } from '../../model/entry-of.ts'
import { exact, sum } from '../../model/number/money.ts'
import type { Counted } from '../../model/scenario/counted.ts'
import type { Leg } from '../../model/scenario/routing.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import type { WrittenSelfHost } from '../../model/scenario/self-host-schema.ts'
import type { Load } from '../cluster/lookup/lookup.ts'
import { resolveSelfHost } from '../cluster/lookup/resolve-cluster.ts'
import { findModel } from '../rates/price-at.ts'
import { keepsReasoning } from '../workload/keeps-reasoning.ts'
import { meanCall } from './attribute-tokens.ts'

/** The calls of a scenario, of which a cluster serves some or all. */
export interface ServedCalls extends Pick<Scenario, 'traffic' | 'model' | 'request' | 'totals'> {
  readonly routing?: Scenario['routing'] | undefined
  /** The request as counted for each model; left out: it is the same for all. */
  readonly counted?: Readonly<Record<string, Counted>> | undefined
}

/**
 * Looks up a cluster's prices and rates for the calls that it serves.
 *
 * @throws {InputError} every problem, at its key
 */
export const resolveCluster = (
  written: WrittenSelfHost,
  served: ServedCalls,
  { book, clusters }: { readonly book: Book; readonly clusters: Clusters },
): SelfHost => {
  const { model, routing, counted, traffic } = served
  const leg = model === null ? routing?.legs.find(({ self_host }) => self_host) : undefined
  const own = leg && counted ? entryOf(counted, leg.model)?.request : undefined
  const request = own ?? served.request
  const weights = findModel(book, leg?.model ?? model ?? written.model ?? '')
  return resolveSelfHost(
    written,
    {
      ...loadFor(written.model ?? model, book, traffic.per === 'run'),
      ...callsOf({ ...served, request }, leg, weights),
    },
    clusters,
  )
}

/** The load of a model of which the calls are not known. */
export const loadFor = (name: string | null, book: Book, run: boolean): Load => {
  const known = name === null ? null : findModel(book, name)
  return {
    model: known?.id ?? name,
    openWeights: known ? (known.open_weights ?? null) : undefined,
    run,
    prompt: null,
    output: null,
    lengthKnown: false,
  }
}

/** The mean call that a cluster serves: that of its leg or, if it is an alternative to the API, of all requests. */
const callsOf = (
  { totals, request, routing }: ServedCalls,
  leg: Leg | undefined,
  served: Model | undefined,
): Pick<Load, 'prompt' | 'output' | 'lengthKnown'> => {
  if (!request) return { prompt: totals?.input ?? null, output: totals?.output ?? null, lengthKnown: false }
  const legs = leg ? [{ share: 1, tokens: leg.tokens }] : (routing?.legs ?? [{ share: 1, tokens: '1' }])
  const times = sum(legs.map(({ share, tokens }) => exact(tokens).times(exact(String(share))))).toNumber()
  const { prompt, output } = meanCall(
    request,
    keepsReasoning(request, { model: served ?? {}, row: served?.prices.at(-1) }),
  )
  return { prompt: prompt * times, output: output * times, lengthKnown: true }
}
