/** 64-bit hashes of ids, as two words each. */

const [SEED_HIGH, SEED_LOW] = [0xdeadbeef | 0, 0x41c6ce57]
const [TIMES_HIGH, TIMES_LOW] = [2654435761 | 0, 1597334677]
const [BACKSLASHES, ONES, TOPS] = [0x5c5c5c5c, 0x01010101, 0x80808080 | 0]

/** Puts the hash of an id into two places of an array: of four units at a time, or of two if it is not ASCII. */
export const hashText = (id: string, into: Int32Array, at: number): void => {
  let [high, low, all] = [SEED_HIGH, SEED_LOW, 0]
  for (let i = 0; i < id.length; i++) all |= id.charCodeAt(i)
  const [count, bits] = all > 127 ? [2, 16] : [4, 8]
  for (let i = 0; i < id.length; i += count) {
    let word = 0
    for (let k = 0; k < count && i + k < id.length; k++) word |= id.charCodeAt(i + k) << (k * bits)
    high = mixedHigh(high, word)
    low = mixedLow(low, word)
  }
  finish(high, low, id.length, into, at)
}

/**
 * The same of a text's bytes.
 *
 * @returns whether they are its units: it has no escapes, and is ASCII
 */
export const hashBytes = (view: DataView, from: number, to: number, into: Int32Array, at: number): boolean => {
  let [high, low, i, odd] = [SEED_HIGH, SEED_LOW, from, 0]
  for (; i + 4 <= to; i += 4) {
    const word = view.getInt32(i, true)
    odd |= oddIn(word)
    high = mixedHigh(high, word)
    low = mixedLow(low, word)
  }
  if (i < to) {
    let word = 0
    for (let bits = 0; i < to; i++, bits += 8) word |= view.getUint8(i) << bits
    odd |= oddIn(word)
    high = mixedHigh(high, word)
    low = mixedLow(low, word)
  }
  if ((odd & TOPS) !== 0) return false
  finish(high, low, to - from, into, at)
  return true
}

/** Has a top bit where a word has a backslash or a byte beyond ASCII; of bytes above a backslash it may. */
const oddIn = (word: number): number => word | ((word ^ BACKSLASHES) - ONES)

// A word that differs in its top bits alone must not change the top bits alone.
const mixedHigh = (high: number, word: number): number => {
  const product = Math.imul(high ^ word, TIMES_HIGH)
  return product ^ (product >>> 15)
}
const mixedLow = (low: number, word: number): number => {
  const product = Math.imul(low ^ word, TIMES_LOW)
  return product ^ (product >>> 13)
}

/** Every bit of both halves reaches every bit of the hash. */
const finish = (h: number, l: number, length: number, into: Int32Array, at: number): void => {
  const high = mixed(h ^ length, l)
  into[at] = high
  into[at + 1] = mixed(l, high)
}

const mixed = (one: number, other: number): number => {
  const a = Math.imul(one ^ (one >>> 16), 2246822507)
  const b = Math.imul(other ^ (other >>> 13), 3266489909)
  return a ^ (a >>> 13) ^ b ^ (b >>> 16)
}
