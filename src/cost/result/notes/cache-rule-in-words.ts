import type { CacheRule } from '../../../model/book/book.ts'
import { plural } from '../../../model/plural.ts'
import { type MarkSet, namesOfMarks } from '../../workload/expect-marks.ts'

/** Seconds in words: 300 → `5 minutes`. */
export const secondsInWords = (seconds: number): string => {
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    if (seconds % length === 0 && seconds > 0) return plural(seconds / length, unit)
  }
  return plural(seconds, 'second')
}

/** What of a rule a workload uses. */
export interface RuleUsed {
  /** Lifetime, seconds. */
  readonly ttl_s: number
  /** Marks of every prompt; left out: no workload is at hand. */
  readonly marks?: MarkSet
  /** Whether the scenario or its leg states the marks. */
  readonly stated?: boolean
}

/**
 * A provider's cache rule in words, with the lifetime and the marks used and any figures that are not published.
 */
export const ruleInWords = (provider: string, rule: CacheRule, used: RuleUsed): string => {
  const blocks = rule.block === 1 ? '' : `, in whole blocks of ${rule.block} tokens`
  const marked = marksInWords(rule, used)
  const how = {
    blocks: `the longest prefix sent before${blocks}`,
    units: `complete units (a prompt's end, its output's end, a prefix two requests shared)${blocks}`,
    marks: marked,
    breakpoints: marked,
  }[rule.match]
  const least = rule.minimum > 1 ? `, from ${rule.minimum} tokens on` : ''
  const assumed = rule.assumed?.length
    ? `; not published, so assumed: ${rule.assumed.join(', ').replaceAll('_', ' ')}`
    : ''
  return `${provider}'s cache: ${how}${least}, kept ${secondsInWords(used.ttl_s)}${assumed}`
}

/** The marks reckoned with, and who sets them. */
const marksInWords = (rule: CacheRule, { marks, stated = false }: RuleUsed): string => {
  const { caller, newest } = marks ?? { caller: [], newest: rule.marks === 'newest' }
  const names = namesOfMarks({ caller, newest: false }).join(', ')
  const own = `its own mark at the newest message${rule.optional ? ' (an explicit mode turns it off)' : ''}`
  if (newest) return `up to ${own}${names ? ` and the marks in cache.marks (${names})` : ''}`
  if (!marks) return 'up to the marks set in the prompt'
  if (names === '') return 'nothing, as no mark is set'
  return `up to the marks ${stated ? 'in cache.marks' : 'that a careful caller sets'} (${names})`
}
