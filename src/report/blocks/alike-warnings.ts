import { gathered } from '../../model/gathered.ts'
import type { Warning } from '../../model/result/result.ts'

/** Warnings that differ in what they are about alone: same code, same place, same fix. */
export interface AlikeWarnings {
  readonly first: Warning
  /** What the first few say. */
  readonly whats: readonly string[]
  /** How many more there are; JSON has them all. */
  readonly more: number
}

// With 300 models one warning for each would hide all others; few say as much.
const MOST_ALIKE = 3

/** Groups warnings that many models or scenarios share, in the order of each group's first. */
export const groupAlike = (warnings: readonly Warning[]): AlikeWarnings[] =>
  [
    ...gathered(
      warnings.map(one => [JSON.stringify([one.code, one.fix, one.at ?? null, one.scenario ?? null]), one] as const),
    ).values(),
  ].flatMap(group => {
    const [first] = group
    const whats = group.slice(0, MOST_ALIKE).map(({ what }) => what)
    return first ? [{ first, whats, more: group.length - whats.length }] : []
  })

/** The line that counts the rest of a group; empty if there is none. */
export const andAlike = ({ first, more }: AlikeWarnings): string =>
  more === 0 ? '' : `and ${more} more ${first.code}: --json has them all`
