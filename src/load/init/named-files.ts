import { basename, relative, resolve, sep } from 'node:path'
import type { Files, Found, Search } from '../../io.ts'

/** A file of the folder that is searched. */
export interface NamedFile {
  /** As the user would write it. */
  readonly file: string
  /** Names of the folders down to the file, beginning with the folder that is searched. */
  readonly folders: readonly string[]
  readonly name: string
}

const SEARCH: Search = {
  skip: ['node_modules', 'bower_components', 'dist', 'build', 'vendor', 'venv', 'coverage'],
  depth: 6,
  hidden: 0,
  ignoreCase: true,
}

/** Folders with a dot in which coding tools keep their agents and prompts. */
const HIDDEN = ['.github/{agents,prompts,chatmodes}/*.md', '.claude/agents/*.md', '.github/copilot-instructions.md']

const NEVER = /^(readme|changelog|licen[cs]e|copying|contributing|code_of_conduct|security|notice)\b/i

/** Files that may belong to a prompt, by name; within the limits of any search. */
export const searchFolder = async (
  folder: string,
  files: Files,
): Promise<{ readonly all: readonly NamedFile[]; readonly left: Found['left'] }> => {
  const root = resolve(files.cwd, folder)
  const open = await files.glob('**/*.{md,txt,json,jsonl,yaml,yml}', folder, SEARCH)
  const hidden = await Promise.all(HIDDEN.map(pattern => files.glob(pattern, folder, { ...SEARCH, hidden: 1 })))
  const found = [open, ...hidden]
  const known = new Set<string>()
  return {
    all: found
      .flatMap(one => one.files)
      .filter(({ real }) => !known.has(real) && known.add(real))
      .map(({ path }) => placed(path, root, files.cwd))
      .filter(({ name }) => !NEVER.test(name)),
    left: found.flatMap(({ left }) => left),
  }
}

const placed = (file: string, root: string, cwd: string): NamedFile => {
  const parts = relative(root, resolve(cwd, file)).split(sep)
  return { file, folders: [basename(root), ...parts.slice(0, -1)], name: parts.at(-1) ?? '' }
}

/** How many folders from the top two files have in common. */
export const sharedFolders = ({ folders }: Pick<NamedFile, 'folders'>, home: readonly string[]): number => {
  const apart = home.findIndex((name, i) => folders[i] !== name)
  return apart < 0 ? home.length : apart
}

/** Sorts by folders shared with `home`, the most first, then by `rank`, depth and name. */
export const nearestFirst = <T extends NamedFile>(
  found: readonly T[],
  home: readonly string[],
  rank: (file: T) => number = () => 0,
): T[] =>
  [...found].sort(
    (a, b) =>
      sharedFolders(b, home) - sharedFolders(a, home) ||
      rank(a) - rank(b) ||
      a.folders.length - b.folders.length ||
      (a.file < b.file ? -1 : 1),
  )

/** A name reduced to letters, digits and hyphens. @example simpleName('Support Bot (v2)') // support-bot-v2 */
export const simpleName = (name: string): string =>
  name
    .normalize()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
