import { plural } from '../../model/plural.ts'
import type { Check } from '../../model/result/check.ts'
import type { Result } from '../../model/result/result.ts'
import { viewLabel } from '../../model/views.ts'
import {
  type Block,
  left,
  type Marked,
  name,
  notes,
  paragraph,
  quote,
  right,
  strong,
  type Text,
} from '../blocks/block.ts'
import { type RenderOptions, viewOf } from '../blocks/renderer.ts'
import { provenance } from '../figures/provenance.ts'
import { causesUnder, keyOf } from './causes-in-words.ts'
import { type Held, heldIn, titleOf, toneOf, whatIsHeld } from './held.ts'
import * as figures from './limit-figures.ts'
import * as limits from './limits-in-words.ts'
import * as moves from './moved-in-words.ts'

/** Marker in the first line of the report, by which a bot finds the comment to replace on a pull request. */
const CHECK_MARKER = 'dsprice-check'

const MOST_FINDINGS = 20
const MOST_CHANGES = 10
const MOST_CAUSES = 5
const MOST_ROWS = 40
const MOST_LINES = 20

/**
 * A checked result as a pull request comment: what a reviewer must see, with the rest folded. Names, paths and reasons
 * come from the files of whoever opened the pull request, so they are marked as such.
 */
export const checkComment = (result: Result, check: Check, options: Pick<RenderOptions, 'view'>): Block[] => {
  const held = heldIn(result)
  const found = limits.findings(held)
  return [
    { kind: 'marker', text: CHECK_MARKER },
    paragraph(headline(result, check, options)),
    ...findingsBlocks(found),
    ...causesBlocks(result, found, options),
    ...changesBlocks(result, options),
    {
      kind: 'folded',
      sections: [
        { title: 'How to fix', blocks: capped(found, MOST_LINES, shown => list(shown.map(fixLine))) },
        { title: 'Scenarios that cannot be checked', blocks: faultsBlocks(check) },
        { title: 'All limits', blocks: limitsBlocks(result, held) },
        { title: 'New prices alone', blocks: pricesBlocks(result, options) },
        { title: 'Warnings', blocks: warningsBlocks(result) },
        { title: 'Baseline and prices', blocks: [provenanceBlock(result, check)] },
      ],
    },
  ]
}

const headline = (result: Result, check: Check, options: Pick<RenderOptions, 'view'>): (string | Marked)[] => {
  const view = viewOf(options)
  const sums = moves.sumsOf(result, view).flatMap(({ title, now, change }, i) => {
    const since = change === null ? '' : `, ${change}`
    return [i === 0 ? '' : '; ', strong(now), ` ${title}${since}`]
  })
  return [
    ...(sums.length === 0 ? ['LLM cost'] : [`LLM cost, ${viewLabel(view)}: `, ...sums]),
    ' · ',
    strong(limits.outcome(result, check)),
    check.baseline.kind === 'none' && !check.usage ? ' · no baseline' : '',
  ]
}

/** Items up to a limit, and how many more there are. */
const capped = <T>(items: readonly T[], most: number, set: (shown: readonly T[]) => Block): Block[] => {
  if (items.length === 0) return []
  const more = items.length - most
  const shown = set(items.slice(0, most))
  return more > 0 ? [shown, paragraph(`${plural(more, 'more is', 'more are')} left out.`)] : [shown]
}

const list = (items: readonly Text[]): Block => notes([{ items }])

/** A scenario's name is the user's text; a total's name is ours. */
const scenarioLabel = (held: Held): string | Marked =>
  held.file === null && held.verdict.of !== 'usage' ? held.name : name(held.name)

const findingsBlocks = (found: readonly Held[]): Block[] =>
  capped(found, MOST_FINDINGS, shown => ({
    kind: 'table',
    compact: true,
    columns: [left(''), left(titleOf(shown)), left('view'), right('limit'), right('actual')],
    rows: shown.map(one => [
      toneOf(one.verdict),
      scenarioLabel(one),
      whatIsHeld(one.verdict),
      figures.limitOf(one),
      // Figures are our text; a reason may contain the user's.
      one.verdict.actual === null ? quote(figures.actualOf(one)) : figures.actualOf(one),
    ]),
  }))

/** The scenarios whose cost changed, those that changed most first. */
const largestChanges = (result: Result, options: Pick<RenderOptions, 'view'>): moves.MovedScenario[] =>
  moves.movedIn(result, viewOf(options)).sort((a, b) => moves.sizeOf(b) - moves.sizeOf(a))

/** The scenarios whose cost changed most, and why. */
const changesBlocks = (result: Result, options: Pick<RenderOptions, 'view'>): Block[] =>
  capped(largestChanges(result, options), MOST_CHANGES, shown => ({
    ...moves.movedTable(shown, 'changed', { withCauses: true }),
    compact: true,
  }))

/** What exceeded increases come from, unless the table of changes says it. */
const causesBlocks = (result: Result, found: readonly Held[], options: Pick<RenderOptions, 'view'>): Block[] => {
  const shown = new Set(largestChanges(result, options).slice(0, MOST_CHANGES).map(keyOf))
  const items = found.flatMap((held): Text[] => {
    if (held.verdict.view === viewOf(options) && shown.has(keyOf(held))) return []
    const causes = causesUnder(result, held)
    return causes.length === 0 ? [] : [['Largest causes, ', scenarioLabel(held), ': ', ...causes]]
  })
  return items.length === 0 ? [] : [list(items.slice(0, MOST_CAUSES))]
}

const fixLine = (held: Held): Text => {
  const { verdict } = held
  return [scenarioLabel(held), `, ${limits.finding(held)}: `, quote(limits.fixOf(verdict))]
}

const faultsBlocks = ({ faults }: Check): Block[] =>
  capped(limits.brokenOf(faults), MOST_LINES, shown =>
    list(
      shown.map(broken => {
        const place = broken.first.at ?? broken.file
        return [...(place === null ? [] : [name(place), ' ']), quote(limits.faultOf(broken))]
      }),
    ),
  )

const limitsBlocks = (result: Result, held: readonly Held[]): Block[] => {
  const free = limits.unlimited(result).length
  const skipped = limits.notHeld(held) ?? (result.check ? limits.leftAside(result.check) : null)
  const remarks = [
    ...(skipped === null ? [] : [`${skipped}.`]),
    ...(free === 0
      ? []
      : [`${plural(free, 'scenario has no limit of its own', 'scenarios have no limit of their own')}.`]),
  ]
  return [...limitsTable(held), ...(remarks.length > 0 ? [paragraph(remarks.join(' '))] : [])]
}

const limitsTable = (held: readonly Held[]): Block[] =>
  capped(held, MOST_ROWS, shown => ({
    kind: 'table',
    compact: true,
    columns: [left(''), left(titleOf(shown)), left('view'), right('limit'), right('actual'), right('used'), left('at')],
    rows: shown.map(one => [
      toneOf(one.verdict),
      scenarioLabel(one),
      whatIsHeld(one.verdict),
      figures.limitCell(one),
      figures.actualCell(one),
      figures.usedOf(one.verdict),
      one.verdict.at === null ? '' : name(one.verdict.at),
    ]),
  }))

const pricesBlocks = (result: Result, options: Pick<RenderOptions, 'view'>): Block[] => {
  const view = viewOf(options)
  const sums = moves.repricedSums(result, view)
  return [
    ...(sums === '' ? [] : [paragraph(`Effect of new prices on the baseline: ${sums}.`)]),
    ...capped(moves.repriced(result, view), MOST_LINES, shown =>
      list(shown.map(one => [name(one.name), ` ${one.effect}`])),
    ),
  ]
}

const warningsBlocks = ({ warnings }: Result): Block[] =>
  capped(warnings, MOST_LINES, shown => list(shown.map(({ what, fix }) => [quote(what), '; ', quote(fix)])))

const provenanceBlock = (result: Result, check: Check): Block => {
  const same = check.changes.filter(({ state }) => state === 'same').length
  return list([
    quote(limits.groundsOf(check)),
    ...(same === 0 ? [] : [`${plural(same, 'scenario is', 'scenarios are')} unchanged since the baseline`]),
    quote(provenance(result.pricing)),
  ])
}
