import type { CacheRule } from '../../../model/book/book.ts'
import { plural } from '../../../model/plural.ts'

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

/** A provider's cache rule in words, with the lifetime used and any figures that are not published. */
export const ruleInWords = (provider: string, rule: CacheRule, ttl_s: number): string => {
  const blocks = rule.block === 1 ? '' : `, in whole blocks of ${rule.block} tokens`
  const how = {
    blocks: `the longest prefix sent before${blocks}`,
    units: `complete units (a prompt's end, its output's end, a prefix two requests shared)${blocks}`,
    breakpoints: 'up to the breakpoints set in the prompt',
  }[rule.match]
  const least = rule.minimum > 1 ? `, from ${rule.minimum} tokens on` : ''
  const assumed = rule.assumed?.length
    ? `; not published, so assumed: ${rule.assumed.join(', ').replaceAll('_', ' ')}`
    : ''
  return `${provider}'s cache: ${how}${least}, kept ${secondsInWords(ttl_s)}${assumed}`
}
