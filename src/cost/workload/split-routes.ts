import { type Exact, exact, ONE, ZERO } from '../../model/number/money.ts'
import type { Mark } from '../../model/scenario/marks.ts'
import type { Leg, Routing } from '../../model/scenario/routing.ts'
import type { SizedShare } from '../../model/scenario/scenario.ts'
import { STANDARD } from '../rates/served-row.ts'
import type { CallRange } from './measure-workload.ts'

/** Requests of one size that one model serves, entirely or in part. */
export interface Stream {
  /** Share of the scenario's requests. */
  readonly share: Exact
  readonly extent: CallRange
}

/** The work of one model of a fleet. */
export interface Route {
  readonly model: string
  /** Service and region, where they differ from the scenario's; `null`: no region. */
  readonly on?: { readonly service?: string; readonly region?: string | null }
  /** Whether the scenario's cluster serves it. */
  readonly selfHost: boolean
  /** Share of the scenario's requests that it serves, and share that it tries. */
  readonly served: Exact
  readonly tried: Exact
  readonly streams: readonly Stream[]
  /** Its own cache marks and lifetime, seconds; left out: the scenario's. */
  readonly marks?: readonly Mark[]
  readonly ttl_s?: number
}

/** Which model serves which requests. */
export interface Routes {
  readonly legs: readonly Route[]
  /** The model that steps in where a leg fails. */
  readonly fallback: Route | null
}

/** A multiplier as a fraction of whole numbers: 1.35 is 135 over 100. */
const asFraction = (tokens: string): Pick<CallRange, 'times' | 'of'> => {
  const of = 10 ** exact(tokens).decimalPlaces()
  return { times: exact(tokens).times(of).toNumber(), of }
}

const asShare = (share: number | string): Exact => exact(String(share))

/** The service and region of a leg; the cluster has neither. */
export const termsOf = ({ service, region, self_host }: Leg): NonNullable<Route['on']> =>
  self_host
    ? { service: STANDARD, region: null }
    : { ...(service === undefined ? {} : { service }), ...(region === undefined ? {} : { region }) }

/** How the legs with a model call it, in their order; as the cluster does only where no leg calls the API. */
export const termsOfModel = (
  legs: readonly Leg[],
  isModel: (name: string) => boolean,
): readonly NonNullable<Route['on']>[] => {
  const own = legs.filter(({ model }) => isModel(model))
  const onApi = own.filter(({ self_host }) => !self_host)
  return (onApi.length > 0 ? onApi : own).map(termsOf)
}

/** Merges streams of the same extent, in the order of the first of each. */
const merge = (streams: readonly Stream[]): Stream[] => {
  const merged = new Map<string, Stream>()
  for (const { share, extent } of streams) {
    const key = JSON.stringify(extent)
    merged.set(key, { share: share.plus(merged.get(key)?.share ?? ZERO), extent })
  }
  return [...merged.values()]
}

/** The requests of a workload, one stream per size; a single size without `sizes`. */
export const splitBySize = (sizes: readonly SizedShare[] | undefined, turns: number): Stream[] =>
  merge(
    (sizes ?? [{ share: '1', tokens: '1' }]).map(({ share, tokens }) => ({
      share: exact(share),
      extent: { ...asFraction(tokens), first: 1, last: turns },
    })),
  )

/** The sizes of a fleet's requests, whichever model serves them: each has the size of the leg that serves it. */
export const fleetSizes = ({ legs }: Routing): SizedShare[] =>
  legs.map(({ share, tokens }) => ({ share: asShare(share).toFixed(), tokens }))

/**
 * Splits the requests over the models of a fleet. In a cascade, leg i tries all requests that no earlier leg served,
 * and runs all turns; a promoted conversation runs on the first leg until its promotion. Requests that the fallback
 * serves failed on their own leg before anything was billed there.
 *
 * @param turns - calls of one request
 */
export const splitRoutes = (routing: Routing, turns: number): Routes => {
  const { mode, legs, fallback, fallback_share } = routing
  const kept = ONE.minus(asShare(fallback_share))
  let left = ONE
  const routes = legs.map((leg): Route => {
    const { model, share, tokens, promote_at_turn, self_host = false, cache } = leg
    const served = asShare(share).times(kept)
    left = left.minus(asShare(share))
    // Requests meant for a later leg are tried here too, whether or not they fail there.
    const tried = mode === 'cascade' ? left.plus(served) : served
    const extent = { ...asFraction(tokens), first: promote_at_turn ?? 1, last: turns }
    const streams = [{ share: tried, extent }]
    return { model, on: termsOf(leg), selfHost: self_host, served, tried, streams, ...ownCache(cache) }
  })
  const [stepIn] = fallback
  const replaced = fleetSizes(routing).map(size => ({
    ...size,
    share: exact(size.share).times(asShare(fallback_share)).toFixed(),
  }))
  const failed = asShare(fallback_share)
  return {
    legs: routes.map((route, i) => (i === 0 ? withBeginnings(route, routes.slice(1)) : route)),
    fallback:
      stepIn === undefined || failed.isZero()
        ? null
        : { model: stepIn, selfHost: false, served: failed, tried: failed, streams: splitBySize(replaced, turns) },
  }
}

const ownCache = ({ marks, ttl }: NonNullable<Leg['cache']> = {}): Pick<Route, 'marks' | 'ttl_s'> => ({
  ...(marks === undefined ? {} : { marks }),
  ...(ttl === undefined ? {} : { ttl_s: ttl }),
})

/** The first leg, with the turns that promoted conversations spend on it. */
const withBeginnings = (first: Route, others: readonly Route[]): Route => {
  const [own] = first.streams
  if (!own) return first
  const before = others.flatMap(({ streams }) =>
    streams.flatMap(({ share, extent }) =>
      extent.first > 1 ? [{ share, extent: { ...own.extent, last: extent.first - 1 } }] : [],
    ),
  )
  return {
    ...first,
    tried: before.reduce((sum, { share }) => sum.plus(share), first.tried),
    streams: merge([own, ...before]),
  }
}
