import { markdownTable } from 'markdown-table'
import { plural } from '../model/plural.ts'
import type { Check } from '../model/result/check.ts'
import type { Result } from '../model/result/result.ts'
import { viewLabel } from '../model/views.ts'
import * as limits from './check-in-words.ts'
import * as words from './in-words.ts'
import { code, codeCell } from './markup.ts'
import * as moves from './moved-in-words.ts'
import { type RenderOptions, viewOf } from './renderer.ts'

/** First line of the report: whoever comments on a pull request finds the comment to replace by it. */
export const CHECK_MARKER = '<!-- dsprice-check -->'

// GitHub takes 65,536 characters in a comment.
const MOST_CHARACTERS = 60_000
const MOST_FINDINGS = 20
const MOST_CHANGES = 10
const MOST_ROWS = 40
const MOST_LINES = 20
// Sentences may be longer than names.
const SENTENCE = 200

/** One thing folded away: its title, and what it holds. */
interface Section {
  readonly title: string
  readonly body: string
}

/**
 * A checked result for a comment on a pull request: what a reviewer must see, the rest folded away. Names, paths and
 * reasons come from the files of whoever opened the pull request, so they stand in code spans, where GitHub finds
 * neither markup nor links nor mentions.
 */
export const checkMarkdown = (result: Result, check: Check, options: RenderOptions): string => {
  const held = limits.heldIn(result)
  const found = limits.findings(held)
  const head = [CHECK_MARKER, headline(result, check, options), findingsTable(found), changesTable(result, options)]
  return fold(head.filter(Boolean).join('\n\n'), [
    { title: 'How to fix', body: fixes(found) },
    { title: 'Scenarios that cannot be checked', body: faults(check) },
    { title: 'All limits', body: limitsTable(result, held) },
    { title: 'New prices alone', body: prices(result, options) },
    { title: 'Warnings', body: warnings(result) },
    { title: 'Baseline and prices', body: provenance(result, check) },
  ])
}

/** Sections folded one after another as far as there is room; what had none is named. */
const fold = (head: string, sections: readonly Section[]): string => {
  let text = head
  const left: string[] = []
  for (const { title, body } of sections) {
    if (body === '') continue
    const block = `\n\n<details><summary>${title}</summary>\n\n${body}\n\n</details>`
    // A little is kept for the sentence that names what was left out.
    if (text.length + block.length < MOST_CHARACTERS - 500) text += block
    else left.push(title)
  }
  return left.length === 0 ? `${text}\n` : `${text}\n\nLeft out, as a comment has no room for it: ${left.join(', ')}.\n`
}

const headline = (result: Result, check: Check, options: RenderOptions): string => {
  const view = viewOf(options)
  const sums = moves.sumsOf(result, view).map(({ title, now, change }) => {
    return `**${now}** ${title}${change === null ? '' : `, ${change}`}`
  })
  const outcome = `**${limits.outcome(result, check)}**`
  const without = check.baseline.kind === 'none' ? ['no baseline'] : []
  return [
    sums.length === 0 ? 'LLM cost' : `LLM cost, ${viewLabel(view)}: ${sums.join('; ')}`,
    outcome,
    ...without,
  ].join(' · ')
}

/** Rows up to a number, and how many more there are. */
const capped = <T>(items: readonly T[], most: number, set: (shown: readonly T[]) => string): string => {
  if (items.length === 0) return ''
  const more = items.length - most
  const text = set(items.slice(0, most))
  return more > 0 ? `${text}\n\n${plural(more, 'more is', 'more are')} left out.` : text
}

const table = (head: readonly string[], rows: readonly string[][], align: readonly string[]): string =>
  markdownTable([head, ...rows], { align, alignDelimiters: false })

const findingsTable = (found: readonly limits.Held[]): string =>
  capped(found, MOST_FINDINGS, shown =>
    table(
      ['', 'Scenario', 'View', 'Limit', 'Actual'],
      shown.map(one => [
        limits.toneOf(one.verdict),
        one.file === null ? one.name : codeCell(one.name),
        viewLabel(one.verdict.view),
        limits.limitOf(one),
        actualCell(one),
      ]),
      ['l', 'l', 'l', 'r', 'r'],
    ),
  )

/** Figures are ours; a reason may hold the user's words. */
const actualCell = (held: limits.Held): string =>
  held.verdict.actual === null ? codeCell(limits.actualOf(held), 100) : limits.actualOf(held)

/** The scenarios whose cost changed most. */
const changesTable = (result: Result, options: RenderOptions): string => {
  const moved = moves.movedIn(result, viewOf(options)).sort((a, b) => moves.sizeOf(b) - moves.sizeOf(a))
  return capped(moved, MOST_CHANGES, shown => {
    const cells = moves.movedCells(shown)
    return table(
      ['Changed', 'USD', 'Baseline', 'Now', 'Change', '%'],
      shown.map(({ name }, i) => [codeCell(name), ...(cells[i] ?? [])]),
      ['l', 'l', 'r', 'r', 'r', 'r'],
    )
  })
}

const list = (lines: readonly string[]): string => lines.map(line => `- ${line}`).join('\n')

const fixes = (found: readonly limits.Held[]): string =>
  capped(found, MOST_LINES, shown =>
    list(
      shown.map(held => {
        const name = held.file === null ? held.name : code(held.name)
        return `${name}, ${limits.finding(held)}: ${code(limits.fixOf(held.verdict), SENTENCE)}`
      }),
    ),
  )

const faults = ({ faults: found }: Check): string =>
  capped(limits.brokenOf(found), MOST_LINES, shown =>
    list(
      shown.map(broken => {
        const place = broken.first.at ?? broken.file
        return [place === null ? '' : code(place), code(limits.faultOf(broken), SENTENCE)].filter(Boolean).join(' ')
      }),
    ),
  )

const limitsTable = (result: Result, held: readonly limits.Held[]): string => {
  const free = limits.unlimited(result).length
  const rows = capped(held, MOST_ROWS, shown =>
    table(
      ['', 'Scenario', 'View', 'Limit', 'Actual', 'Used', 'At'],
      shown.map(one => [
        limits.toneOf(one.verdict),
        one.file === null ? one.name : codeCell(one.name),
        viewLabel(one.verdict.view),
        limits.limitCell(one),
        limits.actualCell(one),
        limits.usedOf(one.verdict),
        one.verdict.at === null ? '' : codeCell(one.verdict.at),
      ]),
      ['l', 'l', 'l', 'r', 'r', 'r', 'l'],
    ),
  )
  const skipped = limits.notHeld(held)
  const notes = [
    ...(skipped === null ? [] : [`${skipped}.`]),
    ...(free === 0
      ? []
      : [`${plural(free, 'scenario has no limit of its own', 'scenarios have no limit of their own')}.`]),
  ]
  return [rows, notes.join(' ')].filter(Boolean).join('\n\n')
}

const prices = (result: Result, options: RenderOptions): string => {
  const view = viewOf(options)
  const changed = moves.repriced(result, view)
  const sums = moves.repricedSums(result, view)
  const rows = capped(changed, MOST_LINES, shown => list(shown.map(({ name, effect }) => `${code(name)} ${effect}`)))
  return [sums === '' ? '' : `What new prices did to the baseline: ${sums}.`, rows].filter(Boolean).join('\n\n')
}

const warnings = (result: Result): string =>
  capped(result.warnings, MOST_LINES, shown =>
    list(shown.map(({ what, fix }) => `${code(what, SENTENCE)}; ${code(fix, SENTENCE)}`)),
  )

const provenance = (result: Result, check: Check): string => {
  const same = check.changes.filter(({ state }) => state === 'same').length
  return list([
    code(limits.baselineOf(check), SENTENCE),
    ...(same === 0 ? [] : [`${plural(same, 'scenario is', 'scenarios are')} as in the baseline`]),
    code(words.provenance(result.pricing), SENTENCE),
  ])
}
