import type { Left } from '../../io.ts'
import type { Warning } from '../../model/result/result.ts'

/** Messages by reason: for one path and for several. */
const KINDS = [
  {
    code: 'LINK_LEFT',
    why: 'outside',
    one: 'is not followed: it leads out of the repository',
    several: 'are not followed: they lead out of the repository',
  },
  {
    code: 'LINK_LEFT',
    why: 'nowhere',
    one: 'is not followed: it leads to nothing',
    several: 'are not followed: they lead to nothing',
  },
  {
    code: 'FOLDER_LEFT',
    why: 'mount',
    one: 'is not entered: it is on another file system',
    several: 'are not entered: they are on another file system',
  },
  {
    code: 'FOLDER_LEFT',
    why: 'unreadable',
    one: 'is not entered: it may not be read',
    several: 'are not entered: they may not be read',
  },
] as const

const FIXES = {
  LINK_LEFT: 'copy what it leads to into the repository, name that itself, or take the link away',
  FOLDER_LEFT: 'name the folder itself, or allow it to be read',
} as const

/** Paths named in a warning; the others are only counted. */
const SHOWN = 3

/** Warnings about paths that searches skipped: one per reason, however many paths there are. */
export const leftWarnings = (left: readonly Left[]): Warning[] =>
  KINDS.flatMap(({ code, why, one, several }) => {
    const paths = [...new Set(left.filter(it => it.why === why).map(({ path }) => path))]
    const [first] = paths
    if (first === undefined) return []
    const named = paths.slice(0, SHOWN).map(path => JSON.stringify(path))
    const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : ''
    const what = `${named.join(', ')}${more} ${paths.length === 1 ? one : several}`
    return [{ code, what, fix: FIXES[code], at: first }]
  })
