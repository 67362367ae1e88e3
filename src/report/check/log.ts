import { agree, plural } from '../../model/plural.ts'
import type { Check } from '../../model/result/check.ts'
import type { Result } from '../../model/result/result.ts'
import { viewLabel } from '../../model/views.ts'
import { type Block, heading, left, type Marked, names, notes, paragraph, right } from '../blocks/block.ts'
import { type RenderOptions, viewOf } from '../blocks/renderer.ts'
import { provenance } from '../figures/provenance.ts'
import { causesUnder, plainly } from './causes-in-words.ts'
import { type Held, heldIn, titleOf, toneOf, whatIsHeld } from './held.ts'
import * as figures from './limit-figures.ts'
import * as limits from './limits-in-words.ts'
import * as moves from './moved-in-words.ts'

// Up to this many limits that are met are listed; beyond that they are only counted.
const MOST_WITHIN = 20
const MOST_NAMES = 8

/** A checked result for a log: each problem in four lines, then limits that are met, then changes. */
export const checkLog = (result: Result, check: Check, options: Pick<RenderOptions, 'view'>): Block[] => {
  const view = viewOf(options)
  const held = heldIn(result)
  const repriced = moves.pricesAlone(result, view)
  const sums = moves.sumsOf(result, view).map(({ title, now, change }) => {
    const since = change === null ? '' : `, ${change}`
    return `Total, ${viewLabel(view)}: ${now} ${title}${since}`
  })
  return [
    heading(`Check: ${limits.outcome(result, check)}`, { notes: sums }),
    ...brokenBlocks(check),
    ...limits.findings(held).map(one => findingBlock(one, result)),
    ...withinBlocks(result, held),
    ...changeBlocks(result, check, options),
    notes([
      ...remarks(result, check, held),
      ...(repriced === null ? [] : [`${repriced}.`]),
      `${limits.groundsOf(check)}.`,
      provenance(result.pricing),
    ]),
  ]
}

const TONES = { FAIL: 'bad', WARN: 'warn', ok: 'good' } as const

const marked = (tone: ReturnType<typeof toneOf>): Marked | string =>
  tone === 'ignored' || tone === 'no baseline' ? tone : { as: TONES[tone], text: tone }

const brokenBlocks = ({ faults }: Check): Block[] => {
  const entries = limits.brokenOf(faults).map(broken => {
    const place = broken.first.at ?? broken.file
    return {
      mark: { as: 'bad', text: 'FAIL' } as const,
      text: `${place === null ? '' : `${place} `}${limits.faultOf(broken)}`,
    }
  })
  return entries.length === 0 ? [] : [{ kind: 'entries', entries }]
}

/** The limit, the actual figure, what an increase comes from, and the fix with its place. */
const findingBlock = (held: Held, result: Result): Block => {
  const { verdict, name } = held
  const place = verdict.at === null ? '' : ` (${verdict.at})`
  const tone = toneOf(verdict)
  const causes = plainly(causesUnder(result, held))
  return {
    kind: 'entries',
    entries: [
      {
        mark: { as: tone === 'FAIL' ? 'bad' : 'warn', text: tone },
        text: { as: 'strong', text: `${name}: ${limits.finding(held)}` },
        facts: [
          { label: 'limit', text: `${figures.limitOf(held)}${place}` },
          { label: 'actual', text: figures.actualOf(held) },
          ...(causes === '' ? [] : [{ label: 'causes', text: causes }]),
          { label: 'fix', text: limits.fixOf(verdict) },
        ],
      },
    ],
  }
}

/** Limits that are met, and limits that do not apply. */
const withinBlocks = (result: Result, held: readonly Held[]): Block[] => {
  const quiet = held.filter(({ verdict: { state } }) => state === 'within' || state === 'ignored')
  if (quiet.length === 0) return []
  if (quiet.length > MOST_WITHIN) return [paragraph(countWithin(result, held))]
  return [
    {
      kind: 'table',
      columns: [
        names(titleOf(quiet)),
        left('view', { drop: 2 }),
        right('actual'),
        right('limit'),
        right('used', { drop: 1 }),
        left(''),
      ],
      rows: quiet.map(one => [
        one.name,
        whatIsHeld(one.verdict),
        figures.actualCell(one),
        figures.limitCell(one),
        figures.usedOf(one.verdict),
        marked(toneOf(one.verdict)),
      ]),
    },
  ]
}

const countWithin = ({ scenarios }: Result, held: readonly Held[]): string => {
  const isQuiet = ({ state }: { readonly state: string }): boolean => state !== 'over' && state !== 'unknown'
  const within = scenarios.filter(
    ({ budget }) => budget.some(({ state }) => state === 'within') && budget.every(isQuiet),
  )
  const totals = held.filter(({ verdict, file }) => file === null && verdict.state === 'within').length
  const also = totals === 0 ? '' : ` ${plural(totals, 'overall limit')} ${agree(totals, 'is', 'are')} also met.`
  return `${plural(within.length, 'scenario is within its limits', 'scenarios are within their limits')}.${also}`
}

const changeBlocks = (result: Result, check: Check, options: Pick<RenderOptions, 'view'>): Block[] => {
  if (check.baseline.kind === 'none') return []
  const view = viewOf(options)
  const moved = moves.movedIn(result, view)
  const same = check.changes.length - moved.length
  const counted = same === 0 ? '' : `${plural(same, 'scenario is', 'scenarios are')} unchanged.`
  if (moved.length === 0) return counted === '' ? [] : [paragraph(`Since the baseline, at the same prices: ${counted}`)]
  const title = `Since the baseline, at the same prices, ${viewLabel(view)}:`
  return [
    { ...moves.movedTable(moved, 'scenario', { withCauses: false }), title },
    ...(counted === '' ? [] : [paragraph(counted)]),
  ]
}

const remarks = (result: Result, check: Check, held: readonly Held[]): string[] => {
  const skipped = limits.notHeld(held) ?? limits.leftAside(check)
  const free = limits.unlimited(result)
  const named = free.length <= MOST_NAMES ? free.map(({ name }) => name).join(', ') : `${free.length} scenarios`
  return [
    ...(skipped === null ? [] : [`${skipped}.`]),
    ...(free.length === 0 ? [] : [`No limit of ${agree(free.length, 'its', 'their')} own: ${named}.`]),
  ]
}
