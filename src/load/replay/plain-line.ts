const [COLON, COMMA, OPEN, CLOSE, ZERO, NINE] = [58, 44, 123, 125, 48, 57]
/** Digits of a whole number that a double holds, whichever they are. */
const MOST_DIGITS = 15

/**
 * Reads JSON lines that hold nothing but whole numbers of at most 15 digits under known keys, and one list, each once; in
 * any order. Much of the time of a long trace is JSON.parse of so little.
 *
 * @param keys - of the numbers, and `list` that of the list
 * @returns a reader of one line, which is given a reader of the list at a place that says where it ends, or what is wrong:
 *   whether the line is of that form and `values` were set, in the order of the keys
 */
export const plainReader = (keys: readonly string[], list: string) => {
  const names = [...keys, list].map(key => Buffer.from(`"${key}"`))
  const values: number[] = keys.map(() => 0)
  const all = 2 ** names.length - 1
  /** The keys of the last line: those of the next are mostly the same. */
  const order = names.map((_, key) => key)
  const keyAt = (line: Buffer, at: number, likely: number): number => {
    const name = names[likely]
    return name && isAt(line, at, name) ? likely : names.findIndex(other => isAt(line, at, other))
  }
  const read = (line: Buffer, readList: (from: number) => number | string): boolean => {
    let at = skip(line, 0)
    if (line[at] !== OPEN) return false
    let seen = 0
    for (let place = 0; place < names.length; place++) {
      at = skip(line, at + 1)
      const key = keyAt(line, at, order[place] ?? 0)
      if (key < 0 || (seen & (1 << key)) !== 0) return false
      order[place] = key
      seen |= 1 << key
      at = skip(line, at + (names[key]?.length ?? 0))
      if (line[at] !== COLON) return false
      at = skip(line, at + 1)
      const end = key === keys.length ? readList(at) : readNumber(line, at, { values, key })
      if (typeof end === 'string' || end === at) return false
      at = skip(line, end)
      if (line[at] === CLOSE) return seen === all && skip(line, at + 1) === line.length
      if (line[at] !== COMMA) return false
    }
    return false
  }
  return { read, values }
}

const isAt = (line: Buffer, at: number, name: Buffer): boolean => {
  for (let i = 0; i < name.length; i++) if (line[at + i] !== name[i]) return false
  return true
}

/** @returns where a whole number ends; `from`: there is none, or it is too long, or begins with a 0 that JSON forbids */
const readNumber = (line: Buffer, from: number, to: { readonly values: number[]; readonly key: number }): number => {
  let at = from
  let value = 0
  for (let byte = line[at] ?? 0; byte >= ZERO && byte <= NINE; byte = line[++at] ?? 0) value = value * 10 + byte - ZERO
  if (at - from > MOST_DIGITS || (at - from > 1 && line[from] === ZERO)) return from
  to.values[to.key] = value
  return at
}

/** The next byte that is not a space. */
export const skip = (line: Buffer, from: number): number => {
  let at = from
  for (let byte = line[at] ?? 0; byte <= 32 && isSpace(byte); byte = line[++at] ?? 0);
  return at
}

const isSpace = (byte: number): boolean => byte === 32 || byte === 9 || byte === 13 || byte === 10
