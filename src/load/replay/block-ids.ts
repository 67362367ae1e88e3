import { addBlock, type Blocks, makeRoom } from '../../replay/cache/blocks.ts'
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
    const end = this.readList(line, from, to)
    return typeof end === 'string' ? end : { from, to: end }
  }

  /** Reads the list that begins at `from`. @returns where it ends, behind its bracket, or what is wrong */
  readList(line: Buffer, from: number, to: Blocks): number | string {
    to.count = 0
    if (line[from] !== OPEN) return 'it is not a list'
    let at = skip(line, from + 1)
    if (line[at] === CLOSE) return at + 1
    for (;;) {
      if (this.form === 'number' || this.form === 'hex') {
        const next = this.form === 'hex' ? readHex(line, at, to) : readNumbers(line, at, to)
        if (next < 0) return -next
        at = skip(line, next)
      }
      const end = line[at] === QUOTE ? this.readText(line, at, to) : this.readNumber(line, at, to)
      if (typeof end === 'string') return end
      at = skip(line, end)
      if (line[at] === CLOSE) return at + 1
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
      makeRoom(to, to.count + 1)
      if (putHex(line, from + 1, to) && this.isOf('hex')) {
        to.count++
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
    const start = line[from] === MINUS ? from + 1 : from
    const end = endOfDigits(line, start)
    if (end === start) return 'an id is neither a whole number nor a text'
    if (!this.isOf('number')) return 'an id is a number, and those before it are texts'
    if (line[start] === ZERO && end - start > 1) return 'an id begins with 0'
    if (end - start > LONGEST) return 'an id is above 64 bits'
    makeRoom(to, to.count + 1)
    if (!putNumber(line, start, end, to)) return 'an id is above 64 bits'
    const { high, low, count } = to
    if (start > from) {
      const [above, below] = [high[count] ?? 0, low[count] ?? 0]
      high[count] = ~above + (below === 0 ? 1 : 0)
      low[count] = -below
    }
    to.count++
    return end
  }
}

/**
 * Adds the numbers from `from` on that are not negative and have a comma or the end of the list right behind them.
 *
 * @returns where the next one begins; negative: where the list ended, behind its bracket
 */
const readNumbers = (line: Buffer, from: number, to: Blocks): number => {
  // An id and its comma are two bytes or more.
  makeRoom(to, to.count + ((line.length - from) >> 1))
  const { high, low } = to
  let start = from
  let value = 0
  for (let at = from; at < line.length; at++) {
    const byte = line[at] ?? 0
    if (byte >= ZERO && byte <= NINE) {
      value = (Math.imul(value, 10) + byte - ZERO) | 0
      continue
    }
    const digits = at - start
    if ((byte !== COMMA && byte !== CLOSE) || digits === 0 || digits > LONGEST || (digits > 1 && line[start] === ZERO))
      break
    if (digits <= SHORT) {
      high[to.count] = 0
      low[to.count] = value
    } else if (!putNumber(line, start, at, to)) break
    to.count++
    if (byte === CLOSE) return -at - 1
    value = 0
    if (line[at + 1] === SPACE) at++
    start = at + 1
  }
  return start
}

/**
 * Puts a number of at most 20 digits behind the ids that are there, without counting it; there must be room.
 *
 * @returns whether it has at most 64 bits
 */
const putNumber = (line: Buffer, start: number, end: number, { high, low, count }: Blocks): boolean => {
  const second = Math.max(start, end - 2 * SHORT)
  const third = Math.max(start, end - SHORT)
  // The number is (upper · 2^16 + lower) · 10^9 + the last nine digits; no step is above 2^53.
  const first = numberIn(line, start, second) * SHORT_END + numberIn(line, second, third)
  const firstUpper = Math.floor(first / HALF_WORD)
  const lower = (first - firstUpper * HALF_WORD) * SHORT_END + numberIn(line, third, end)
  const upper = firstUpper * SHORT_END
  const upperHigh = Math.floor(upper / HALF_WORD)
  const rest = (upper - upperHigh * HALF_WORD) * HALF_WORD + lower
  const carry = Math.floor(rest / WORD)
  high[count] = upperHigh + carry
  low[count] = rest - carry * WORD
  return upperHigh + carry < WORD
}

/**
 * Adds the ids of 16 digits from `from` on that have a comma or the end of the list right behind them.
 *
 * @returns where the next one begins; negative: where the list ended, behind its bracket
 */
const readHex = (line: Buffer, from: number, to: Blocks): number => {
  // With its quotes and comma each is 19 bytes or more.
  makeRoom(to, to.count + Math.ceil((line.length - from) / (HEX_DIGITS + 3)))
  let start = from
  while (line[start] === QUOTE && line[start + HEX_DIGITS + 1] === QUOTE) {
    const behind = line[start + HEX_DIGITS + 2]
    if ((behind !== COMMA && behind !== CLOSE) || !putHex(line, start + 1, to)) break
    to.count++
    start += HEX_DIGITS + 3
    if (behind === CLOSE) return -start
    if (line[start] === SPACE) start++
  }
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

/**
 * Puts 16 hexadecimal digits behind the ids that are there, without counting them; there must be room.
 *
 * @returns whether they are that
 */
const putHex = (line: Buffer, from: number, { high, low, count }: Blocks): boolean => {
  let [upper, lower, all] = [0, 0, 0]
  for (let at = from; at < from + HEX_DIGITS / 2; at++) {
    const [one, other] = [HEX[line[at] ?? 0] ?? NO_DIGIT, HEX[line[at + HEX_DIGITS / 2] ?? 0] ?? NO_DIGIT]
    upper = (upper << 4) | one
    lower = (lower << 4) | other
    all |= one | other
  }
  high[count] = upper
  low[count] = lower
  return all < NO_DIGIT
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
