import * as z from 'zod/mini'
import { at, type Problem, problems } from '../../errors/index.ts'
import { exact, ONE, sum } from '../../model/number/money.ts'
import { routingSchema, type WrittenRouting } from '../../model/scenario/routing-schema.ts'
import { inner } from '../../model/scenario/set-key.ts'
import { positiveSize } from '../../model/units.ts'

/** Checks the rules of a routing block that involve several keys; returns every problem at its key. */
export const routingFaults = (data: unknown): Problem[] => {
  const written = inner(data, 'routing')
  if (written === undefined) return []
  // A well-formed block is checked even if the file has other problems.
  const parsed = z.safeParse(routingSchema, written)
  if (!parsed.success) return []
  const routing: WrittenRouting = parsed.data
  const request = inner(data, 'request')
  const turns = z.safeParse(positiveSize, inner(request, 'turns') ?? 1)
  const at1 = (path: readonly (string | number)[], problem: Problem): Problem => at(['routing', ...path], problem)
  const faults: Problem[] = []
  const cluster = routing.legs.findIndex(leg => leg.self_host)
  const second = routing.legs.findLastIndex(leg => leg.self_host)
  if (second > cluster) faults.push(at1(['legs', second, 'self_host'], problems.oneClusterLeg()))
  if (cluster >= 0 && inner(inner(data, 'self_host'), 'model') === undefined) {
    faults.push(at1(['legs', cluster, 'self_host'], problems.legNeedsCluster()))
  }
  const off = sum(routing.legs.map(({ share }) => exact(String(share)))).minus(ONE)
  if (!off.isZero()) faults.push(sharesOff(routing, off.toFixed()))
  for (const { path, turn } of promotionsIn(routing)) {
    const why = whyNoPromotion(turn, {
      path,
      mode: routing.mode,
      turns: request === undefined || !turns.success ? undefined : turns.data,
    })
    if (why) faults.push(at1(path, problems.cannotPromote(turn, why)))
  }
  if (routing.fallback_share !== undefined && routing.fallback.length === 0) {
    faults.push(at1(['fallback_share'], problems.noFallback()))
  }
  if (routing.router && !exact(routing.router.usd_per_1k_requests).isZero() && !request) {
    faults.push(at1(['router', 'usd_per_1k_requests'], problems.routerNeedsRequests()))
  }
  return faults
}

/** Problem for shares that do not add up to 100%, at the leg whose share can be corrected, with the correct value. */
const sharesOff = ({ legs }: WrittenRouting, off: string): Problem => {
  const percent = (share: string): string => `${exact(share).times(100).toFixed()}%`
  const total = exact(off).plus(ONE).toFixed()
  const over = exact(off).gt(0)
  // Prefer the largest leg that can absorb the difference.
  const largest = legs.reduce((a, b) => (b.share > a.share ? b : a))
  const path = ['routing', 'legs', legs.indexOf(largest), 'share']
  const fixed = exact(String(largest.share)).minus(exact(off))
  const to =
    fixed.isNegative() || fixed.gt(1)
      ? null
      : { model: largest.model ?? 'the cluster', share: percent(fixed.toFixed()) }
  const problem = problems.sharesOff(percent(total), percent(exact(off).abs().toFixed()), { over, to })
  return at(to === null ? path.slice(0, 2) : path, problem)
}

const promotionsIn = ({ legs, promote_at_turn }: WrittenRouting) => [
  ...(promote_at_turn === undefined ? [] : [{ path: ['promote_at_turn'], turn: promote_at_turn }]),
  ...legs.flatMap((leg, i) =>
    leg.promote_at_turn === undefined ? [] : [{ path: ['legs', i, 'promote_at_turn'], turn: leg.promote_at_turn }],
  ),
]

const whyNoPromotion = (
  turn: number,
  {
    path,
    mode,
    turns,
  }: { path: readonly (string | number)[]; mode: WrittenRouting['mode']; turns: number | undefined },
): string | null => {
  if (mode === 'cascade') return 'in a cascade every try runs all turns: write mode: split'
  if (path[1] === 0) return 'the first leg is where conversations begin: take it away there'
  if (turns === undefined) return 'totals show no turns: describe one request instead'
  if (turn < 2) return 'a conversation that moves at its first turn is not promoted: leave it out'
  if (turn <= turns) return null
  return turns === 1
    ? 'a request has 1 turn: set request.turns, or leave it out'
    : `a request has ${turns} turns: write one of 2 to ${turns}`
}
