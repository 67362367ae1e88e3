import type { Left } from '../io.ts'
import type { Warning } from '../model/result.ts'

/** Why something is left, in words; how many and where from the caller. */
const KINDS = [
  { code: 'LINK_LEFT', why: 'outside', what: 'not followed, as it leads out of the repository' },
  { code: 'LINK_LEFT', why: 'nowhere', what: 'not followed, as it leads nowhere' },
  { code: 'FOLDER_LEFT', why: 'mount', what: 'not entered, as it is on another file system' },
  { code: 'FOLDER_LEFT', why: 'unreadable', what: 'not entered, as it may not be read' },
] as const

const FIXES = {
  LINK_LEFT: 'copy what it leads to into the repository, name that itself, or take the link away',
  FOLDER_LEFT: 'name the folder itself, or allow it to be read',
} as const

/** How many are named; the others are counted. */
const SHOWN = 3

/** What searches did not go into, as warnings: one for each reason, however many there are. */
export const leftWarnings = (left: readonly Left[]): Warning[] =>
  KINDS.flatMap(({ code, why, what }) => {
    const paths = [...new Set(left.filter(one => one.why === why).map(({ path }) => path))]
    const [first] = paths
    if (first === undefined) return []
    const named = paths.slice(0, SHOWN).map(path => JSON.stringify(path))
    const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : ''
    return [{ code, what: `${named.join(', ')}${more}: ${what}`, mend: FIXES[code], at: first }]
  })
