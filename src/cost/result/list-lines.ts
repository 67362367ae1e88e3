import { METERS, ROUTER_METER } from '../../model/meters.ts'
import { ZERO } from '../../model/number/money.ts'
import { both, mapRange } from '../../model/number/range.ts'
import { amount, tokens } from '../../model/result/print-exact.ts'
import type { CostLine, ScenarioResult } from '../../model/result/result.ts'
import { VIEW_KEYS, type View } from '../../model/views.ts'
import type { StreamRange } from '../api/price-range.ts'
import type { ViewLine } from '../api/price-views.ts'
import { daysOf } from '../cluster/demand.ts'
import type { PricedLeg } from '../fleet/price-leg.ts'
import type { PricedScenario } from '../fleet/price-scenario.ts'
import type { SelfHosting } from '../fleet/self-host.ts'
import { clusterLines } from './cluster-lines.ts'

const UNIT = new Map(METERS.map(({ key, unit }) => [key, unit]))

type Lines = ScenarioResult['lines']

/** Every line of every view, leg by leg, then the router's. */
export const listLines = (priced: PricedScenario, self: SelfHosting | null): Lines => [
  ...VIEW_KEYS.flatMap(view => {
    const legs = priced.parts.map((leg, i) =>
      leg.cluster ? clusterLeg(priced, leg, { leg: i, view }) : legLines(leg, i, view),
    )
    // A view that is unknown for one leg has no total, so it has no lines.
    if (legs.some(lines => lines === null)) return []
    return [...legs.flatMap(lines => lines ?? []), ...routerLine(priced, view)]
  }),
  ...(self && priced.cluster?.bill
    ? clusterLines(self.self, priced.cluster.bill, {
        days: daysOf(priced.scenario.traffic),
        place: { view: 'self_hosted', leg: 0, model: self.self.model ?? 'cluster' },
      })
    : []),
]

/** Lines of a leg on a cluster; `null`: the cluster cannot serve it. */
const clusterLeg = (
  { scenario }: PricedScenario,
  { cluster, route }: PricedLeg,
  place: Pick<CostLine, 'view' | 'leg'>,
): Lines | null =>
  cluster?.bill && scenario.self_host
    ? clusterLines(scenario.self_host, cluster.bill, {
        days: daysOf(scenario.traffic),
        place: { ...place, model: route.model },
      })
    : null

const routerLine = ({ router, legs, fallback }: PricedScenario, view: View): CostLine[] =>
  router === null
    ? []
    : [
        {
          view,
          leg: legs.length + (fallback ? 1 : 0),
          model: 'router',
          meter: ROUTER_METER,
          quantity: tokens(both(router.requests)),
          rate: router.rate,
          unit: '1K requests',
          cost: amount(both(router.cost)),
          tier: null,
          window: null,
          row_from: null,
          source: 'scenario',
        },
      ]

/** Lines of a leg with both ends side by side; a line that only one end has is 0 at the other. `null`: unknown. */
const legLines = ({ streams }: PricedLeg, leg: number, view: View): Lines | null => {
  const { offer } = streams[0].low
  const a = added(streams, 'low', view)
  // Exact counts have one end.
  const b = streams.every(({ low, high }) => low === high) ? a : added(streams, 'high', view)
  if (a === null || b === null) return null
  return [...new Set([...a.keys(), ...b.keys()])].flatMap(key => {
    const line = a.get(key) ?? b.get(key)
    if (!line) return []
    const ends = { low: a.get(key) ?? NOTHING, high: b.get(key) ?? NOTHING }
    return [
      {
        view,
        leg,
        model: offer.model.id,
        meter: line.meter,
        quantity: tokens(mapRange(ends, end => end.quantity)),
        rate: line.rate,
        unit: UNIT.get(line.meter) ?? '',
        cost: amount(mapRange(ends, end => end.cost)),
        tier: line.tier,
        window: line.window,
        row_from: offer.row.from,
        source: offer.row.source,
      },
    ]
  })
}

const NOTHING: Pick<ViewLine, 'quantity' | 'cost'> = { quantity: ZERO, cost: ZERO }

/** The lines of one end, with lines at the same rate added together. */
const added = (streams: readonly StreamRange[], end: 'low' | 'high', view: View): Map<string, ViewLine> | null => {
  const lines = new Map<string, ViewLine>()
  for (const stream of streams) {
    const priced = stream[end].views[view]
    if (!('lines' in priced)) return null
    for (const line of priced.lines) {
      const { quantity: more, cost: dearer, ...same } = line
      const key = JSON.stringify(same)
      const other = lines.get(key)
      lines.set(key, { ...same, quantity: more.plus(other?.quantity ?? ZERO), cost: dearer.plus(other?.cost ?? ZERO) })
    }
  }
  return lines
}
