import { agree, plural } from '../model/plural.ts'
import type { Check } from '../model/result/check.ts'
import type { Result } from '../model/result/result.ts'
import { viewLabel } from '../model/views.ts'
import * as limits from './check-in-words.ts'
import * as words from './in-words.ts'
import { type Column, layOut, wrap } from './lay-out.ts'
import * as moves from './moved-in-words.ts'
import { type Paint, type RenderOptions, viewOf } from './renderer.ts'

// What is as it should be is told line by line up to here, and counted beyond.
const MOST_WITHIN = 20
const MOST_NAMES = 8

/**
 * A checked result for a terminal or a log: what is wrong in four lines each, then what holds, then what changed.
 */
export const checkTable = (result: Result, check: Check, options: RenderOptions): string => {
  const held = limits.heldIn(result)
  const found = limits.findings(held)
  const repriced = moves.pricesAlone(result, viewOf(options))
  const blocks = [
    headline(result, check, options),
    brokenBlock(check, options),
    ...found.map(one => findingBlock(one, options)),
    withinBlock(result, held, options),
    ...changeBlocks(result, check, options),
    [
      ...notes(result, held),
      ...(repriced === null ? [] : [`${repriced}.`]),
      `${limits.baselineOf(check)}.`,
      words.provenance(result.pricing),
    ]
      .map(note => wrap(note, options.width, { first: '', rest: '  ' }))
      .join('\n'),
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

const headline = (result: Result, check: Check, options: RenderOptions): string => {
  const sums = moves.sumsOf(result, viewOf(options)).map(({ title, now, change }) => {
    const since = change === null ? '' : `, ${change}`
    return `Total, ${viewLabel(viewOf(options))}: ${now} ${title}${since}`
  })
  return [`Check: ${limits.outcome(result, check)}`, ...sums]
    .map((line, i) => {
      const set = wrap(line, options.width, { first: '', rest: '  ' })
      return i === 0 ? options.paint.strong(set) : set
    })
    .join('\n')
}

const painted = (tone: string, { good, bad, strong }: Paint): string =>
  tone === 'FAIL' ? bad(tone) : tone === 'WARN' ? strong(tone) : tone === 'ok' ? good(tone) : tone

const brokenBlock = (check: Check, { width, paint }: RenderOptions): string =>
  limits
    .brokenOf(check.faults)
    .map(broken => {
      const place = broken.first.at ?? broken.file
      const what = `${place === null ? '' : `${place} `}${limits.faultOf(broken)}`
      return wrap(`${painted('FAIL', paint)}  ${what}`, width, { first: '', rest: '      ' })
    })
    .join('\n')

/** What, limit, actual, and how to fix it and where. */
const findingBlock = (held: limits.Held, { width, paint }: RenderOptions): string => {
  const { verdict, name } = held
  const place = verdict.at === null ? '' : ` (${verdict.at})`
  const head = `${painted(limits.toneOf(verdict), paint)}  ${paint.strong(`${name}: ${limits.finding(held)}`)}`
  const lines = [
    ['limit ', `${limits.limitOf(held)}${place}`],
    ['actual', limits.actualOf(held)],
    ['fix   ', limits.fixOf(verdict)],
  ].map(([label, text]) => wrap(text ?? '', width, { first: `  ${label}  `, rest: '          ' }))
  return [wrap(head, width, { first: '', rest: '      ' }), ...lines].join('\n')
}

/** Limits that hold, and those that need not. */
const withinBlock = (result: Result, held: readonly limits.Held[], { width, paint }: RenderOptions): string => {
  const quiet = held.filter(({ verdict: { state } }) => state === 'within' || state === 'ignored')
  if (quiet.length === 0) return ''
  if (quiet.length > MOST_WITHIN) return countWithin(result, held)
  const columns: Column[] = [
    { title: 'scenario', shortens: true },
    { title: 'view', drop: 2 },
    { title: 'actual', align: 'right' },
    { title: 'limit', align: 'right' },
    { title: 'used', align: 'right', drop: 1 },
    { title: '' },
  ]
  const rows = quiet.map(one => {
    const { verdict, name } = one
    return [
      name,
      viewLabel(verdict.view),
      limits.actualCell(one),
      limits.limitCell(one),
      limits.usedOf(verdict),
      painted(limits.toneOf(verdict), paint),
    ]
  })
  return layOut(columns, rows, width)
}

const countWithin = ({ scenarios }: Result, held: readonly limits.Held[]): string => {
  const isQuiet = ({ state }: { readonly state: string }): boolean => state !== 'over' && state !== 'unknown'
  const within = scenarios.filter(
    ({ budget }) => budget.some(({ state }) => state === 'within') && budget.every(isQuiet),
  )
  const totals = held.filter(({ verdict, file }) => file === null && verdict.state === 'within').length
  const also = totals === 0 ? '' : ` So ${agree(totals, 'is', 'are')} ${plural(totals, 'limit')} on all together.`
  return `${plural(within.length, 'scenario is within its limits', 'scenarios are within their limits')}.${also}`
}

const changeBlocks = (result: Result, check: Check, options: RenderOptions): string[] => {
  if (check.baseline.kind === 'none') return []
  const { width, paint } = options
  const view = viewOf(options)
  const moved = moves.movedIn(result, view)
  const same = check.changes.length - moved.length
  const counted = same === 0 ? '' : `${plural(same, 'scenario is', 'scenarios are')} as before.`
  if (moved.length === 0) return [counted === '' ? '' : `Since the baseline, at the same prices: ${counted}`]
  const columns: Column[] = [
    { title: 'scenario', shortens: true },
    { title: 'USD', drop: 1 },
    { title: 'baseline', align: 'right' },
    { title: 'now', align: 'right' },
    { title: 'change', align: 'right' },
    { title: '%', align: 'right' },
  ]
  const cells = moves.movedCells(moved)
  const rows = moved.map(({ name }, i) => [name, ...(cells[i] ?? [])])
  const title = `Since the baseline, at the same prices, ${viewLabel(view)}:`
  return [
    `${paint.strong(wrap(title, width, { first: '', rest: '  ' }))}\n${layOut(columns, rows, width)}`,
    ...(counted === '' ? [] : [counted]),
  ]
}

const notes = (result: Result, held: readonly limits.Held[]): string[] => {
  const skipped = limits.notHeld(held)
  const free = limits.unlimited(result)
  const names = free.length <= MOST_NAMES ? free.map(({ name }) => name).join(', ') : `${free.length} scenarios`
  return [
    ...(skipped === null ? [] : [`${skipped}.`]),
    ...(free.length === 0 ? [] : [`No limit of ${agree(free.length, 'its', 'their')} own: ${names}.`]),
  ]
}
