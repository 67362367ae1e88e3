import * as z from 'zod/mini'
import { doc, fault } from '../units.ts'
import { BOARDS } from './choices.ts'

/** The schema of public quality scores: a number of one board, of one snapshot. Boards are never mixed or averaged. */

const text = z.string().check(z.minLength(1))

const value = {
  value: doc(z.number(), "Score on the board's own scale; higher is better"),
  low: doc(z.nullable(z.number()), "Low end of the board's interval; null: none is published"),
  high: doc(z.nullable(z.number()), 'High end'),
  row: z.optional(doc(text, "The board's name for what was scored, where it states a variant or an effort")),
  note: z.optional(text),
}

type Ends = { readonly value: number; readonly low: number | null; readonly high: number | null }

const inOrder = z.refine<Ends>(
  ({ value, low, high }) => (low === null) === (high === null) && (low ?? value) <= value && value <= (high ?? value),
  fault('must have low <= value <= high, or null for both ends', 'check the three numbers'),
)

/** A score as a board's file states it, for named weights. */
export const boardScoreSchema = z.strictObject(value).check(inOrder)

/** A score in a book, with its evidence. */
export const scoreSchema = z
  .strictObject({
    ...value,
    date: doc(z.iso.date(), 'Day of the snapshot: scores of different snapshots cannot be compared'),
    source: doc(text, 'Id in `sources`'),
  })
  .check(inOrder)

export const scoresSchema = () =>
  doc(z.partialRecord(z.enum(BOARDS), scoreSchema), 'Public quality scores by board: arena, eci')
