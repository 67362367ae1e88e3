import { exact, quotient, toDecimals } from '../../model/number/money.ts'

/** Width and height of a picture, pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** The formulas of pictures' tokens, as providers publish them; `images.ts` says which model has which. */

/** Squares of that side that cover a picture. Products of scaled sides may miss a whole number by their rounding. */
const squares = ({ width, height }: Size, side: number): number => upTo(width / side) * upTo(height / side)
const upTo = (value: number): number => Math.ceil(value - 1e-9)

const scaled = ({ width, height }: Size, by: number): Size => ({ width: width * by, height: height * by })

/** Scales a picture down so that its longer side has at most that many pixels. */
const within = (size: Size, edge: number): Size => scaled(size, Math.min(1, edge / Math.max(size.width, size.height)))

/**
 * OpenAI's tiles of 512 pixels: fitted into a square of 2,048, then the shorter side to 768; never enlarged.
 *
 * @param base - tokens of any picture
 * @param tile - tokens of a tile
 */
export const byTiles = (size: Size, { base, tile }: { readonly base: number; readonly tile: number }): number => {
  const inside = within(size, 2048)
  const { width, height } = inside
  return base + tile * squares(scaled(inside, Math.min(1, 768 / Math.min(width, height))), 512)
}

/**
 * OpenAI's patches of 32 pixels; a picture with too many is scaled so that a whole number of them fits.
 *
 * @param cap - most patches
 * @returns patches, without the model's factor
 */
export const byPatches = (size: Size, cap: number): number => {
  const { width, height } = size
  const all = squares(size, 32)
  if (all <= cap) return all
  const by = Math.sqrt((32 * 32 * cap) / (width * height))
  const [across, down] = [(width * by) / 32, (height * by) / 32]
  const whole = by * Math.min(Math.floor(across) / across, Math.floor(down) / down)
  return Math.max(1, squares(scaled(size, whole), 32))
}

/**
 * Claude's squares of 28 pixels: a picture is scaled down to the longest edge, and then until it has few enough.
 *
 * @param cap - most squares
 */
export const byCappedSquares = (size: Size, { edge, cap }: { readonly edge: number; readonly cap: number }): number => {
  const side = 28
  const inside = within(size, edge)
  if (squares(inside, side) <= cap) return squares(inside, side)
  const { width, height } = inside
  // A picture gains a row or a column only where one side passes a multiple of 28: the largest that fits ends there.
  let [largest, most] = [0, 1]
  const consider = (by: number): void => {
    const count = squares(scaled(inside, by), side)
    if (by <= 1 && by > largest && count <= cap) [largest, most] = [by, count]
  }
  for (let n = 1; n <= upTo(width / side); n++) consider((side * n) / width)
  for (let n = 1; n <= upTo(height / side); n++) consider((side * n) / height)
  return most
}

/** Gemini 2's tiles: one for a small picture, else of ⌊shorter side / 1.5⌋ pixels, held between 256 and 768. */
export const byCrops = (size: Size): number => {
  const { width, height } = size
  if (width <= 384 && height <= 384) return 258
  const side = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)))
  return 258 * squares(size, side)
}

/** Qwen's squares: each side to the nearest multiple, and a marker on either end. */
export const byMultiples = ({ width, height }: Size, side: number): number =>
  nearest(width, side) * nearest(height, side) + 2

/** How many times a square fits into a side, to the nearest, at least once. */
const nearest = (length: number, side: number): number =>
  Math.max(1, Number(toDecimals(quotient(exact(length), exact(side)), 0)))

/** Mistral's squares, with a token at the end of each row; scaled down to the longest edge. */
export const byRows = (size: Size, { side, edge }: { readonly side: number; readonly edge: number }): number => {
  const { width, height } = within(size, edge)
  return (upTo(width / side) + 1) * upTo(height / side)
}
