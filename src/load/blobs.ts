import { posix } from 'node:path'

/** A file of a commit: its mode, the name of its bytes, and how many they are. */
export interface Entry {
  readonly mode: string
  readonly id: string
  readonly size: number
}

/** Small text files are fetched together: a call of git takes longer than reading a hundred of them. */
const TOGETHER = { name: /\.(ya?ml|json|md|txt)$/i, most: 2 ** 20, all: 64 * 2 ** 20 }

/** At this call, and whenever there are twice as many, all around is fetched rather than one folder. */
const FOLDERS = 4

/**
 * The bytes of a commit's files. With a file come the small text files beside it; where many folders are read, all of
 * those below the folder that holds every file read so far: the calls of git do not grow with the folders.
 *
 * @param fetch - what git answers to ids, one a line, with `cat-file --batch`
 * @returns reads a file of the tree; throws where git has lost it
 */
export const openBlobs = (
  tree: ReadonlyMap<string, Entry>,
  fetch: (ids: string) => Uint8Array,
): ((path: string, entry: Entry) => Uint8Array) => {
  const blobs = new Map<string, Uint8Array>()
  let [calls, next, left] = [0, FOLDERS, TOGETHER.all]
  let around: string | null = null
  const textsOf = (isWanted: (path: string) => boolean, limit: number): { ids: string[]; sum: number } => {
    const ids: string[] = []
    let sum = 0
    for (const [path, { id, size }] of tree) {
      if (size > TOGETHER.most || sum + size > limit || blobs.has(id)) continue
      if (!isWanted(path) || !TOGETHER.name.test(path)) continue
      sum += size
      ids.push(id)
    }
    return { ids, sum }
  }
  const companionsOf = (path: string): string[] => {
    const folder = posix.dirname(path)
    around = around === null ? folder : sharedFolder(around, folder)
    if (++calls < next) return textsOf(other => posix.dirname(other) === folder, TOGETHER.all).ids
    next *= 2
    const top = around === '.' ? '' : `${around}/`
    const { ids, sum } = textsOf(other => other.startsWith(top), left)
    left -= sum
    return ids
  }
  return (path, { id }) => {
    const known = blobs.get(id)
    if (known) return known
    const ids = new Set([id, ...companionsOf(path)])
    for (const [name, bytes] of answersIn(fetch(`${[...ids].join('\n')}\n`))) blobs.set(name, bytes)
    const bytes = blobs.get(id)
    if (!bytes) throw Object.assign(new Error('git has lost it'), { code: 'it is missing from this clone' })
    return bytes
  }
}

/** The innermost folder that holds both. */
const sharedFolder = (a: string, b: string): string => {
  const [first, second] = [a.split('/'), b.split('/')]
  const parting = first.findIndex((step, i) => step !== second[i])
  return first.slice(0, parting < 0 ? first.length : parting).join('/') || '.'
}

/** Each answer is `id blob size`, a line break, the bytes, a line break. */
function* answersIn(out: Uint8Array): Iterable<readonly [id: string, bytes: Uint8Array]> {
  let from = 0
  while (from < out.length) {
    const end = out.indexOf(10, from)
    const [id = '', kind, size = '0'] = new TextDecoder().decode(out.subarray(from, end)).split(' ')
    const start = end + 1
    // In a partial clone git may have only the name: `id missing`.
    if (kind === 'missing') {
      from = start
      continue
    }
    yield [id, out.slice(start, start + Number(size))]
    from = start + Number(size) + 1
  }
}
