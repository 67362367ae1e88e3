import { addBlock, type Blocks, makeRoom } from '../../replay/trace.ts'
import { skip } from './plain-line.ts'

/** A list of block ids in a line: where it begins, and where it ends behind its bracket; or what is wrong with it. */
export type FoundIds = { readonly from: number; readonly to: number } | string

const [SPACE, COLON, COMMA, OPEN, CLOSE, MINUS, QUOTE, ZERO, NINE] = [32, 58, 44, 91, 93, 45, 34, 48, 57]
const HEX_DIGITS = 16
/** Digits that 31 bits hold, and 10 to the power of them. */
const [SHORT, SHORT_END] = [9, 1e9]
/** Digits that 64 bits hold at most. */
const LONGEST = 20
const [HALF_WORD, WORD] = [2 ** 16, 2 ** 32]

/**
 * Reads lists of block ids from the bytes of JSON lines: JSON.parse would round ids above 2^53. Ids of one trace are all
 * numbers of at most 64 bits, all 16 small hexadecimal digits, or all other texts.
 */
export class IdReader {
  private form: 'number' | 'hex' | 'text' | null = null
  private readonly numbers = new Map<string, number>()

  /** Finds the list behind a key such as `"hash_ids"` and reads it. @returns where it stands, or what is wrong */
  read(line: Buffer, key: Buffer, to: Blocks): FoundIds {
    to.count = 0
    const from = listAfter(line, key)
    if (typeof from === 'string') return from
    let at = skip(line, from + 1)
    if (line[at] === CLOSE) return { from, to: at + 1 }
    for (;;) {
      if (this.form === 'number') at = skip(line, readShort(line, at, to))
      const end = line[at] === QUOTE ? this.readText(line, at, to) : this.readNumber(line, at, to)
      if (typeof end === 'string') return end
      at = skip(line, end)
      if (line[at] === CLOSE) return { from, to: at + 1 }
      if (line[at] !== COMMA) return 'the list of ids is not of whole numbers or texts'
      at = skip(line, at + 1)
    }
  }

  private isOf(own: NonNullable<IdReader['form']>): boolean {
    this.form ??= own
    return this.form === own
  }

  /** Adds the id in quotes at `from`. @returns where it ends, or what is wrong */
  private readText(line: Buffer, from: number, to: Blocks): number | string {
    if (this.form !== 'text' && line[from + HEX_DIGITS + 1] === QUOTE) {
      const [high, low] = [hexAt(line, from + 1), hexAt(line, from + 1 + HEX_DIGITS / 2)]
      if (high >= 0 && low >= 0 && this.isOf('hex')) {
        addBlock(to, high, low)
        return from + HEX_DIGITS + 2
      }
    }
    const end = line.indexOf(QUOTE, from + 1)
    if (end < 0) return 'an id has no end'
    const text = line.toString('utf8', from + 1, end)
    if (text.includes('\\')) return 'an id has a backslash'
    if (!this.isOf('text')) return `the id "${text}" is of another form than those before it`
    const number = this.numbers.get(text) ?? this.numbers.size
    this.numbers.set(text, number)
    addBlock(to, 0, number)
    return end + 1
  }

  private readNumber(line: Buffer, from: number, to: Blocks): number | string {
    if (!this.isOf('number')) return 'an id is a number, and those before it are texts'
    const start = line[from] === MINUS ? from + 1 : from
    const end = endOfDigits(line, start)
    if (end === start) return 'an id is neither a whole number nor a text'
    if (line[start] === ZERO && end - start > 1) return 'an id begins with 0'
    if (end - start > LONGEST) return 'an id is above 64 bits'
    const second = Math.max(start, end - 2 * SHORT)
    const third = Math.max(start, end - SHORT)
    let high = 0
    let low = numberIn(line, third, end)
    if (third > start) {
      // The number is (upper · 2^16 + lower) · 10^9 + the last nine digits; no step is above 2^53.
      const first = numberIn(line, start, second) * SHORT_END + numberIn(line, second, third)
      const lower = (first % HALF_WORD) * SHORT_END + low
      const upper = Math.floor(first / HALF_WORD) * SHORT_END
      const rest = (upper % HALF_WORD) * HALF_WORD + lower
      high = Math.floor(upper / HALF_WORD) + Math.floor(rest / WORD)
      low = rest % WORD
      if (high >= WORD) return 'an id is above 64 bits'
    }
    if (start > from) addBlock(to, ~high + (low === 0 ? 1 : 0), -low)
    else addBlock(to, high, low)
    return end
  }
}

/**
 * Adds the ids from `from` on that have at most nine digits and a comma behind them: in most traces all but the last.
 *
 * @returns where the next one begins
 */
const readShort = (line: Buffer, from: number, to: Blocks): number => {
  // An id and its comma are two bytes or more.
  makeRoom(to, to.count + ((line.length - from) >> 1))
  const { high, low } = to
  let { count } = to
  let start = from
  let value = 0
  for (let at = from; at < line.length; at++) {
    const byte = line[at] ?? 0
    if (byte >= ZERO && byte <= NINE) {
      value = (Math.imul(value, 10) + byte - ZERO) | 0
      continue
    }
    const digits = at - start
    if (byte !== COMMA || digits === 0 || digits > SHORT || (digits > 1 && line[start] === ZERO)) break
    high[count] = 0
    low[count++] = value
    value = 0
    if (line[at + 1] === SPACE) at++
    start = at + 1
  }
  to.count = count
  return start
}

const endOfDigits = (line: Buffer, from: number): number => {
  let at = from
  for (let byte = line[at] ?? 0; byte >= ZERO && byte <= NINE; byte = line[++at] ?? 0);
  return at
}

/** The number that some digits write, at most nine of them. */
const numberIn = (line: Buffer, from: number, end: number): number => {
  let value = 0
  for (let at = from; at < end; at++) value = (Math.imul(value, 10) + (line[at] ?? 0) - ZERO) | 0
  return value
}

const NO_DIGIT = 16
/** What a byte is as a hexadecimal digit. Capitals are none: they make other texts than small letters. */
const HEX = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(byte))
  return digit < 0 ? NO_DIGIT : digit
})

/** Eight hexadecimal digits as a number; -1 if they are none. */
const hexAt = (line: Buffer, from: number): number => {
  let value = 0
  let all = 0
  for (let at = from; at < from + HEX_DIGITS / 2; at++) {
    const digit = HEX[line[at] ?? 0] ?? NO_DIGIT
    value = (value << 4) | digit
    all |= digit
  }
  return all >= NO_DIGIT ? -1 : value >>> 0
}

/** Where the list of a key begins. */
const listAfter = (line: Buffer, key: Buffer): number | string => {
  for (let found = line.indexOf(key); found >= 0; found = line.indexOf(key, found + 1)) {
    const colon = skip(line, found + key.length)
    if (line[colon] !== COLON) continue
    const open = skip(line, colon + 1)
    return line[open] === OPEN ? open : `${key.toString('latin1')} is not a list`
  }
  return `there is no ${key.toString('latin1')}`
}
