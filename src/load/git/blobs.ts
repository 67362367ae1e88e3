import { posix } from 'node:path'
import type { Entry } from './commit-tree.ts'

/** Small text files are fetched together: starting git takes longer than reading a hundred of them. */
const TOGETHER = { endings: ['.yaml', '.yml', '.json', '.md', '.txt'], most: 2 ** 20, all: 64 * 2 ** 20 }

/** At this many calls, and at each doubling, fetch the surrounding tree instead of one folder. */
const FOLDERS = 4

/**
 * Reads the files of a commit and prefetches small text files with a usual extension or one read before. Each call
 * fetches those in the same folder or, once several folders are read, all below the folder that contains every file
 * read so far, so the number of git calls does not grow with the number of folders.
 *
 * @param fetch - reads these paths from git in one call
 * @returns a function that reads a file of the tree, and throws if its blob is missing
 */
export const openBlobs = <T>(
  tree: ReadonlyMap<string, Pick<Entry, 'size'>>,
  fetch: (paths: readonly string[]) => Iterable<readonly [path: string, blob: T]>,
): ((path: string) => T) => {
  const blobs = new Map<string, T>()
  const endings = new Set(TOGETHER.endings)
  let [calls, next, left] = [0, FOLDERS, TOGETHER.all]
  let around: string | null = null
  const textsOf = (isWanted: (path: string) => boolean, limit: number): { paths: string[]; sum: number } => {
    const paths: string[] = []
    let sum = 0
    for (const [path, { size }] of tree) {
      if (!(size <= TOGETHER.most) || sum + size > limit || blobs.has(path)) continue
      if (!isWanted(path) || !endings.has(endingOf(path))) continue
      sum += size
      paths.push(path)
    }
    return { paths, sum }
  }
  const companionsOf = (path: string): string[] => {
    const folder = posix.dirname(path)
    around = around === null ? folder : sharedFolder(around, folder)
    if (++calls < next) return textsOf(other => posix.dirname(other) === folder, TOGETHER.all).paths
    next *= 2
    const top = around === '.' ? '' : `${around}/`
    const { paths, sum } = textsOf(other => other.startsWith(top), left)
    left -= sum
    return paths
  }
  return path => {
    const known = blobs.get(path)
    if (known !== undefined) return known
    const paths = new Set([path, ...companionsOf(path)])
    endings.add(endingOf(path))
    for (const [name, blob] of fetch([...paths])) blobs.set(name, blob)
    const blob = blobs.get(path)
    if (blob === undefined) throw Object.assign(new Error('git has lost it'), { code: 'it is missing from this clone' })
    return blob
  }
}

const endingOf = (path: string): string => posix.extname(path).toLowerCase()

/** The innermost folder that contains both. */
const sharedFolder = (a: string, b: string): string => {
  const [first, second] = [a.split('/'), b.split('/')]
  const parting = first.findIndex((step, i) => step !== second[i])
  return first.slice(0, parting < 0 ? first.length : parting).join('/') || '.'
}

/** Parses the output of `cat-file --batch`: for each blob `id blob size`, a line break, its bytes and a line break. */
export function* answersIn(out: Uint8Array): Iterable<readonly [id: string, bytes: Uint8Array]> {
  let from = 0
  while (from < out.length) {
    const end = out.indexOf(10, from)
    const [id = '', kind, size = '0'] = new TextDecoder().decode(out.subarray(from, end)).split(' ')
    const start = end + 1
    // A partial clone may lack the blob: `id missing`.
    if (kind === 'missing') {
      from = start
      continue
    }
    yield [id, out.slice(start, start + Number(size))]
    from = start + Number(size) + 1
  }
}
