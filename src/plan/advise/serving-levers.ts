import type { PricedLeg } from '../../cost/fleet/price-leg.ts'
import { isStated, STANDARD } from '../../cost/rates/served-row.ts'
import { span } from '../../cost/rates/span.ts'
import type { Service } from '../../model/book/book.ts'
import { parseInstant } from '../../model/instant.ts'
import type { CostView } from '../../model/views.ts'
import { batchWait } from './batch-wait.ts'
import { type Bench, type Finding, inYaml, type Lever, leverWith, tryOne } from './lever.ts'

/** Other services of the same models, the batch tier, and other rows of the same report. */

/** Every service that the models have, of the scenario or of each leg. */
export const serviceFindings = async (bench: Bench): Promise<Finding[]> => {
  const { priced } = bench.base
  const found: Finding[] = []
  for (const [index, leg] of priced.legs.entries()) {
    if (leg.route.selfHost) continue
    const at = priced.scenario.routing ? index : null
    for (const lever of serviceLevers(leg, priced.at, at)) found.push(await tryOne(lever, bench))
  }
  return found
}

const serviceLevers = ({ streams: [{ low }] }: PricedLeg, at: string, leg: number | null): Lever[] => {
  const { listed, terms, model } = low.offer
  const moment = parseInstant(at) ?? Number.NaN
  const offered = Object.entries(listed.services ?? {}).flatMap(([name, given]) => {
    const all: readonly Service[] = Array.isArray(given) ? given : [given as Service]
    const own = all.find(one => span(one).from <= moment && moment < span(one).to)
    return own && isStated(own) ? [{ name, note: own.note }] : []
  })
  const standard = terms.service === STANDARD ? [] : [{ name: STANDARD, note: undefined }]
  return [...standard, ...offered]
    .filter(({ name }) => name !== terms.service)
    .map(({ name, note }) =>
      leverWith({
        kind: 'service',
        leg,
        what: `${name} service${leg === null ? '' : ` on ${model.id}`}`,
        keys: [`${leg === null ? '' : `routing.legs.${leg}.`}service=${inYaml(name)}`],
        inReturn: [TERMS[name] ?? `terms: those of ${name}`, ...(note === undefined ? [] : [`note: ${note}`])],
      }),
    )
}

const TERMS: Readonly<Record<string, string>> = {
  flex: 'waiting: slower answers, and refusals when the provider is busy',
  standard: `speed: that of the standard service`,
  background_2h: 'waiting: answers within 2 h',
  background_8h: 'waiting: answers within 8 h',
}

/** The batch tier, and what another row of the report has in place of the base. */
export const viewFindings = async (bench: Bench): Promise<Finding[]> => {
  const { view, priced } = bench.base
  const levers: Lever[] = []
  if (view !== 'self_hosted') levers.push(batchLever(bench))
  if (view === 'headline' || view === 'batch') levers.push(rowLever('prompt caching', ['cached']))
  if (view === 'self_hosted') levers.push(rowLever('the API instead of your own cluster', ['cached', 'headline']))
  else if (priced.cluster) levers.push(CLUSTER)
  const found: Finding[] = []
  for (const lever of levers) found.push(await tryOne(lever, bench))
  return found
}

const rowLever = (what: string, views: readonly CostView[]): Lever =>
  leverWith({ kind: 'view', what, keys: [], views, inReturn: [] })

const CLUSTER = leverWith({
  kind: 'cluster',
  what: 'your own cluster instead of the API',
  keys: [],
  views: ['self_hosted'],
  inReturn: ['work: run the cluster; dsprice breakeven has its load and where it breaks even'],
})

const BATCHES = ['batch_cached', 'batch'] as const

const batchLever = ({ base: { view, priced } }: Bench): Lever =>
  leverWith({
    kind: 'batch',
    what: 'the batch tier',
    keys: [],
    views: BATCHES.filter(one => one !== view),
    inReturn: [batchWait(priced)],
  })
