import { EOL } from 'node:os'
import { refusal } from '../../io.ts'
import { type Repository, text } from './repository.ts'

/** Git attributes of one file: each is a value, `set`, `unset` or `unspecified`. */
export type Attributes = Readonly<Record<string, string | undefined>>

const ASKED = ['text', 'crlf', 'eol', 'ident', 'working-tree-encoding', 'filter']

/** Git settings that determine how files are checked out. */
export interface CheckoutSettings {
  readonly autocrlf: 'true' | 'input' | 'false'
  /** Whether lines of text end with CR LF if neither `core.autocrlf` nor an attribute decides. */
  readonly endsCrlf: boolean
  /** Names of the filters that would change a file on checkout. */
  readonly filters: ReadonlySet<string>
  /** Whether the file system is case-insensitive. */
  readonly foldsCase: boolean
}

/** Reads the settings of the repository, the user and the system. @throws {InputError} NO_GIT */
export const checkoutSettings = ({ run }: Repository): CheckoutSettings => {
  const wanted = String.raw`^(core\.(autocrlf|eol|ignorecase)|filter\..*\.(smudge|process))$`
  const settings = new Map<string, string>()
  for (const line of text(run(['config', '-z', '--get-regexp', wanted]).out).split('\0')) {
    // A key without a value is true.
    const [key = '', ...value] = line.split('\n')
    if (key !== '') settings.set(key, value.length === 0 ? 'true' : value.join('\n'))
  }
  const isOn = (key: string): boolean => /^(true|yes|on|[1-9]\d*)$/i.test(settings.get(key) ?? '')
  const eol = settings.get('core.eol')?.toLowerCase()
  const autocrlf = isOn('core.autocrlf') ? 'true' : settings.get('core.autocrlf') === 'input' ? 'input' : 'false'
  return {
    autocrlf,
    endsCrlf: eol === 'crlf' || (eol !== 'lf' && EOL === '\r\n'),
    filters: new Set([...settings].flatMap(([key, value]) => (value === '' ? [] : filterIn(key)))),
    foldsCase: isOn('core.ignorecase'),
  }
}

const filterIn = (key: string): string[] => {
  const [, name] = /^filter\.(.*)\.(?:smudge|process)$/s.exec(key) ?? []
  return name === undefined ? [] : [name]
}

/**
 * Attributes of files according to the commit's `.gitattributes` and the user's. The working tree's are not used, as a
 * pull request may have changed them.
 *
 * @param index - the commit's `.gitattributes`, as `update-index --index-info` reads them
 */
export const attributesOf = (paths: readonly string[], index: string, { ask }: Repository): Map<string, Attributes> => {
  const argv = ['check-attr', '-z', '--stdin', '--cached', ...ASKED]
  const words = text(ask(argv, { input: paths.map(path => `${path}\0`).join(''), index })).split('\0')
  const found = new Map<string, Record<string, string>>()
  for (let i = 0; i + 2 < words.length; i += 3) {
    const [path = '', attribute = '', value = ''] = words.slice(i, i + 3)
    const own = found.get(path) ?? {}
    own[attribute] = value
    found.set(path, own)
  }
  return found
}

/**
 * Converts a text file as git would on checkout: line endings and `$Id$`. The encoding stays UTF-8, as all text is read
 * as UTF-8. No program is run: a file that needs a filter is refused.
 *
 * @param stored - the blob's content; `id` is its name
 * @see https://git-scm.com/docs/gitattributes, and `convert_to_working_tree` in git's convert.c
 */
export const checkOut = (
  stored: Uint8Array,
  attributes: Attributes,
  { id, settings }: { readonly id: string; readonly settings: CheckoutSettings },
): Uint8Array => {
  const { filter = 'unspecified', ident, 'working-tree-encoding': encoding = 'unspecified' } = attributes
  // For a file in Git LFS the commit stores a pointer, which is refused when read.
  if (settings.filters.has(filter) && filter !== 'lfs') throw refusal(`it goes through the filter ${filter}`)
  const isPlain = /^(un)?set$|^unspecified$|^utf-?(8|16|32)/i.test(encoding)
  if (!isPlain && stored.some(byte => byte > 127)) throw refusal(`it is checked out as ${encoding}`)
  const named = ident === 'set' ? withId(stored, id) : stored
  return lineEnds(attributes, settings) === 'crlf' ? withCrlf(named, isGuess(attributes)) : named
}

const isSaid = (value: string | undefined): boolean => /^(set|unset|input|auto)$/.test(value ?? '')

/** The `text` attribute, or its old name `crlf`. */
const textOf = ({ text: own, crlf }: Attributes): string | undefined => (isSaid(own) ? own : crlf)

/** Whether git guesses from the content if a file is text. */
const isGuess = (attributes: Attributes): boolean => {
  const own = textOf(attributes)
  return own === 'auto' || (!isSaid(own) && !/^(crlf|lf)$/.test(attributes['eol'] ?? ''))
}

const lineEnds = (attributes: Attributes, { autocrlf, endsCrlf }: CheckoutSettings): 'crlf' | 'as they are' => {
  const own = textOf(attributes)
  const { eol } = attributes
  if (own === 'unset' || (own === 'input' && eol !== 'crlf')) return 'as they are'
  if (eol === 'lf') return 'as they are'
  if (eol === 'crlf' || autocrlf === 'true') return 'crlf'
  return isSaid(own) && autocrlf === 'false' && endsCrlf ? 'crlf' : 'as they are'
}

const [NUL, TAB, LF, CR, DEL] = [0, 9, 10, 13, 127]
/** Control characters that occur in text besides line endings: backspace, tab, form feed, escape. */
const USUAL = new Set([8, TAB, 12, 27])

/** Replaces LF without CR by CR LF; `guess`: only if the content looks like text and has no CR. */
const withCrlf = (bytes: Uint8Array, guess: boolean): Uint8Array => {
  if (guess && (bytes.includes(CR) || isBinary(bytes))) return bytes
  const isBare = (i: number): boolean => bytes[i] === LF && bytes[i - 1] !== CR
  const out = new Uint8Array(bytes.length + bytes.reduce((bare, _, i) => bare + (isBare(i) ? 1 : 0), 0))
  let at = 0
  for (const [i, byte] of bytes.entries()) {
    if (isBare(i)) out[at++] = CR
    out[at++] = byte
  }
  return out
}

/** Git's heuristic: a NUL, or more than one non-text character in 128, ignoring a trailing ^Z. */
const isBinary = (bytes: Uint8Array): boolean => {
  let [odd, usual] = [0, 0]
  for (const byte of bytes) {
    if (byte === NUL) return true
    if (byte === LF) continue
    if (byte === DEL || (byte < 32 && !USUAL.has(byte))) odd++
    else usual++
  }
  if (bytes.at(-1) === 26) odd--
  return usual >> 7 < odd
}

/** Expands `$Id$` to the blob id, unless another tool has expanded it already. */
const withId = (bytes: Uint8Array, id: string): Uint8Array => {
  const chars = Buffer.from(bytes).toString('latin1')
  const named = chars.replaceAll(/\$Id(?:\$|:([^$\n]*)\$)/g, (whole, inner: string = '') => {
    const space = inner.indexOf(' ', 1)
    return space >= 0 && space < inner.length - 1 ? whole : `$Id: ${id} $`
  })
  return Buffer.from(named, 'latin1')
}

/** Replaces CR LF by LF. */
export const withLf = (bytes: Uint8Array): Uint8Array => bytes.filter((byte, i) => byte !== CR || bytes[i + 1] !== LF)
