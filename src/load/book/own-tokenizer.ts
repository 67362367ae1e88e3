import { type Code, faultsOf, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { WrittenTokenizer } from '../../model/book/book.ts'
import { type Counter, isTokenizer, readCounter } from '../../tokens/index.ts'
import { refusePointer } from '../files/decode-text.ts'
import { readBytes } from '../files/read-bytes.ts'
import { sha256 } from './book-hash.ts'

/** How a file of ranks splits text. */
export type Split = NonNullable<Exclude<WrittenTokenizer, string>['split']>

/** A tokenizer file of the user's. */
export interface OwnTokenizer {
  /** The name that a model of the book has it by: the same for the same file and split. */
  readonly name: string
  /** Relative to `cwd`. */
  readonly path: string
  readonly split: Split | undefined
  /** Reads the file, once. @throws {InputError} BAD_TOKENIZER_FILE; NO_FILE, TOO_LARGE … */
  load(): Promise<Counter>
}

/** Tokenizer files by the names that models have them by. */
export type OwnTokenizers = ReadonlyMap<string, OwnTokenizer>

/** Most bytes of a tokenizer file: that of gpt-oss has 28 MB. */
const FILE_LIMIT = 64 * 2 ** 20

interface Given {
  readonly path: string
  readonly split: Split | undefined
  /** Places a problem where the file is named; left out: it was typed. */
  readonly locate?: (problem: Problem) => Problem
}

/**
 * A tokenizer file, which is read when it first counts.
 *
 * @throws {InputError} NO_FILE, IS_FOLDER
 */
export const ownTokenizer = ({ path, split, locate }: Given, files: Pick<Files, 'kind' | 'read'>): OwnTokenizer => {
  const told = (problem: Problem): Problem => {
    const fix = fixOf(problem, path, locate !== undefined)
    return locate ? locate({ ...problem, fix }) : { ...problem, fix }
  }
  const kind = files.kind(path)
  if (kind !== 'file') throw new InputError([told(kind === null ? problems.noFile(path) : problems.isFolder(path))])
  const name = `file${split === undefined ? '' : `+${split}`}:${path}`
  const read = async (): Promise<Counter> => {
    try {
      const bytes = readBytes(path, files, FILE_LIMIT)
      refusePointer(path, new TextDecoder('latin1').decode(bytes.subarray(0, 200)))
      const counter = await readCounter({ name, path, split, bytes, sha256: sha256(bytes) })
      if (!('refused' in counter)) return counter
      throw new InputError([
        problems.badTokenizerFile(path, counter.refused, splitFix(counter.split, locate !== undefined)),
      ])
    } catch (error) {
      throw new InputError(faultsOf(error).map(told))
    }
  }
  let loaded: Promise<Counter> | undefined
  return {
    ...{ name, path, split },
    load: () => {
      loaded ??= read()
      return loaded
    },
  }
}

/**
 * The tokenizer file that was typed; none for a tokenizer's name.
 *
 * @throws {InputError} USAGE for a split without a file; NO_FILE, IS_FOLDER
 */
export const typedTokenizer = (
  typed: { readonly tokenizer?: string | undefined; readonly split?: Split | undefined },
  files: Pick<Files, 'kind' | 'read'>,
): OwnTokenizer | undefined => {
  const { tokenizer, split } = typed
  if (tokenizer !== undefined && !isTokenizer(tokenizer)) return ownTokenizer({ path: tokenizer, split }, files)
  if (split === undefined) return undefined
  const fix = 'leave --split out, or write --tokenizer kimi.tiktoken'
  throw new InputError([problems.usage('--split says how a file of ranks splits text, and none is named', fix)])
}

/** What to do about a file that was read and refused. @param isWritten - whether a file names it, not a flag */
const splitFix = (split: 'missing' | 'needless' | undefined, isWritten: boolean): string => {
  if (split === 'needless') return isWritten ? 'take "split" away' : 'leave --split out'
  if (split === 'missing')
    return isWritten ? 'write "split": "kimi" beside "file", or another' : 'write --split kimi, or another'
  const other = isWritten ? '"tokenizer": "o200k_base"' : '--tokenizer o200k_base'
  return `name the tokenizer.json, tekken.json or *.tiktoken of its maker, or a tokenizer that dsprice has, such as ${other}`
}

/** What to do about a file that cannot be read, where it is not what is done about a scenario's. */
const fixOf = ({ code, fix }: Problem, path: string, isWritten: boolean): string => {
  const fixes: Partial<Record<Code, string>> = {
    NO_FILE: isWritten
      ? 'check the path; it is relative to the price file'
      : "check the path, or write a tokenizer's name, such as --tokenizer o200k_base",
    IS_FOLDER: `name a file in it, such as ${path.replace(/\/$/, '')}/tokenizer.json`,
    TOO_LARGE: "name its maker's tokenizer.json, which is smaller",
  }
  return fixes[code] ?? fix
}
