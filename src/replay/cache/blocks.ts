/** Block ids of a prompt, from its first token on: 64 bits each, as two halves. The arrays may be longer than `count`. */
export interface Blocks {
  high: Uint32Array
  low: Uint32Array
  count: number
}

/** An empty list of ids with room. */
export const emptyBlocks = (room = 64): Blocks => ({
  high: new Uint32Array(room),
  low: new Uint32Array(room),
  count: 0,
})

/** Makes room for more ids; those that are there stay. */
export const makeRoom = (blocks: Blocks, room: number): void => {
  if (room <= blocks.high.length) return
  const length = Math.max(room, blocks.high.length * 2)
  const [high, low] = [new Uint32Array(length), new Uint32Array(length)]
  high.set(blocks.high)
  low.set(blocks.low)
  blocks.high = high
  blocks.low = low
}

/** Adds an id at the end. */
export const addBlock = (blocks: Blocks, high: number, low: number): void => {
  const { count } = blocks
  if (count === blocks.high.length) makeRoom(blocks, count + 1)
  blocks.high[count] = high
  blocks.low[count] = low
  blocks.count = count + 1
}
