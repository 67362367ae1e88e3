import { posix } from 'node:path'
import type { Entry } from './blobs.ts'

const LINK = '120000'

/** Links may lead to folders with links in them; more than this is a loop. */
const DEEPEST = 4

/**
 * The files that a commit's links to folders lead to, by the paths that lead through the links: as the disk has them.
 *
 * @param tree - every file by its path from the top
 * @param targetOf - where a link points
 */
export const linkedFolders = (
  tree: ReadonlyMap<string, Entry>,
  targetOf: (link: string, entry: Entry) => string,
): Map<string, Entry> => {
  const found = new Map<string, Entry>()
  let links = [...tree].filter(([, { mode }]) => mode === LINK)
  for (let depth = 0; depth < DEEPEST && links.length > 0; depth++) {
    const deeper: [string, Entry][] = []
    for (const [link, own] of links) {
      const target = posix.normalize(posix.join(posix.dirname(link), targetOf(link, own)))
      for (const [path, entry] of [...tree, ...found]) {
        if (!path.startsWith(`${target}/`)) continue
        const through = link + path.slice(target.length)
        if (through.startsWith(`${target}/`) || tree.has(through) || found.has(through)) continue
        found.set(through, entry)
        if (entry.mode === LINK) deeper.push([through, entry])
      }
    }
    links = deeper
  }
  return found
}
