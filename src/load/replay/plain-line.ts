const [COLON, COMMA, OPEN, CLOSE, ZERO, NINE] = [58, 44, 123, 125, 48, 57]
/** Digits of a whole number that a double holds, whichever they are. */
const MOST_DIGITS = 15

/**
 * Reads JSON lines that hold nothing but whole numbers of at most 15 digits under known keys, each once, and one list that
 * was read already; in any order. Much of the time of a long trace is JSON.parse of so little.
 *
 * @param keys - of the numbers, and `list` that of the list
 * @returns a reader of one line, whose list stands at `from` to `to`: whether the line is of that form and `values` were
 *   set, in the order of the keys
 */
export const plainReader = (keys: readonly string[], list: string) => {
  const names = keys.map(key => Buffer.from(`"${key}"`))
  const listName = Buffer.from(`"${list}"`)
  const values: number[] = keys.map(() => 0)
  const all = 2 ** keys.length - 1
  const read = (line: Buffer, from: number, to: number): boolean => {
    let at = skip(line, 0)
    if (line[at] !== OPEN) return false
    let seen = 0
    let lists = 0
    for (;;) {
      at = skip(line, at + 1)
      const key = names.findIndex(name => isAt(line, at, name))
      const name = key < 0 ? listName : names[key]
      if (!name || (key < 0 && !isAt(line, at, name))) return false
      at = skip(line, at + name.length)
      if (line[at] !== COLON) return false
      at = skip(line, at + 1)
      if (key < 0) {
        if (at !== from) return false
        lists++
        at = to
      } else {
        const end = endOfNumber(line, at)
        if (end === at || (seen & (1 << key)) !== 0) return false
        values[key] = numberIn(line, at, end)
        seen |= 1 << key
        at = end
      }
      at = skip(line, at)
      if (line[at] === CLOSE) return seen === all && lists === 1 && skip(line, at + 1) === line.length
      if (line[at] !== COMMA) return false
    }
  }
  return { read, values }
}

const isAt = (line: Buffer, at: number, name: Buffer): boolean => {
  for (let i = 0; i < name.length; i++) if (line[at + i] !== name[i]) return false
  return true
}

/** Where a whole number ends; `from`: there is none, or it is too long, or begins with a 0 that JSON forbids. */
const endOfNumber = (line: Buffer, from: number): number => {
  let at = from
  for (let byte = line[at] ?? 0; byte >= ZERO && byte <= NINE; byte = line[++at] ?? 0);
  return at - from > MOST_DIGITS || (at - from > 1 && line[from] === ZERO) ? from : at
}

const numberIn = (line: Buffer, from: number, end: number): number => {
  let value = 0
  for (let at = from; at < end; at++) value = value * 10 + (line[at] ?? 0) - ZERO
  return value
}

/** The next byte that is not a space. */
export const skip = (line: Buffer, from: number): number => {
  let at = from
  for (let byte = line[at]; byte === 32 || byte === 9 || byte === 13 || byte === 10; byte = line[++at]);
  return at
}
