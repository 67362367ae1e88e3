/** Tells whether an id came before. */
export interface SeenIds {
  /** Remembers an id. @returns whether it is new */
  add(id: string): boolean
}

/**
 * Remembers ids as 64-bit hashes: 16 to 32 bytes an id however long it is, without the limit of 2^24 that a Set has.
 * Among 10 million ids the chance that any two are taken for one is 3 in a million.
 */
export const seenIds = (): SeenIds => {
  let high = new Uint32Array(1024)
  let low = new Uint32Array(1024)
  let count = 0
  const put = (h: number, l: number): boolean => {
    const mask = high.length - 1
    for (let at = l & mask; ; at = (at + 1) & mask) {
      if (high[at] === 0 && low[at] === 0) {
        high[at] = h
        low[at] = l
        return true
      }
      if (high[at] === h && low[at] === l) return false
    }
  }
  const grow = (): void => {
    const [oldHigh, oldLow] = [high, low]
    high = new Uint32Array(oldHigh.length * 2)
    low = new Uint32Array(oldLow.length * 2)
    for (let i = 0; i < oldHigh.length; i++) {
      const [h = 0, l = 0] = [oldHigh[i], oldLow[i]]
      if (h !== 0 || l !== 0) put(h, l)
    }
  }
  return {
    add: id => {
      let h = 0xdeadbeef
      let l = 0x41c6ce57
      for (let i = 0; i < id.length; i++) {
        const unit = id.charCodeAt(i)
        h = Math.imul(h ^ unit, 2654435761)
        l = Math.imul(l ^ unit, 1597334677)
      }
      h = mixed(h, l)
      l = mixed(l, h)
      // Both 0 marks a free place.
      const isNew = put(h, h === 0 && l === 0 ? 1 : l)
      if (isNew && ++count * 2 > high.length) grow()
      return isNew
    },
  }
}

/** cyrb53's last step: every bit of both halves reaches every bit of the result. */
const mixed = (one: number, other: number): number => {
  const a = Math.imul(one ^ (one >>> 16), 2246822507)
  const b = Math.imul(other ^ (other >>> 13), 3266489909)
  return (a ^ (a >>> 13) ^ b ^ (b >>> 16)) >>> 0
}
