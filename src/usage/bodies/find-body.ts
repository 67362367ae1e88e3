import { type Cell, type CellAt, fixedCells, isTold, timeIn } from '../reading/cell.ts'
import { type Fields, isFields } from '../reading/fields.ts'
import { type UsageKind, usageKind, usageOf } from './body.ts'

/** A body, and the record of the log that it stands in, which may be the body itself. */
export interface FoundBody {
  readonly kind: UsageKind
  readonly body: Fields
  readonly usage: Fields
}

/** Keys under which logs keep a body. */
export const AROUND: readonly string[] = [
  'response',
  'body',
  'response_body',
  'responseBody',
  'result',
  'output',
  'completion',
  'data',
  'message',
]

/** The body in a record of a log, at most two levels down; `null`: it has none. */
export const findBody = (value: Fields): FoundBody | null => bodyIn(value) ?? below(value, 2)

const bodyIn = (body: Fields): FoundBody | null => {
  const usage = usageOf(body)
  const kind = usage && usageKind(usage)
  return usage && kind ? { kind, body, usage } : null
}

const below = (value: Fields, levels: number): FoundBody | null => {
  if (levels === 0) return null
  for (const key of AROUND) {
    const inner = value[key]
    const found = isFields(inner) ? (bodyIn(inner) ?? below(inner, levels - 1)) : null
    if (found) return found
  }
  return null
}

const TIMES = [
  'timestamp',
  'created_at',
  'createdAt',
  'time',
  '@timestamp',
  'ts',
  'at',
  'date',
  'datetime',
  'start_time',
]

/** The time of a record of a log, in whichever of the usual fields it stands; `null`: it has none. */
export const timeCellAround = (value: Fields, at: CellAt): Cell | null => {
  for (const key of TIMES) {
    const cell = at(value, key)
    if (isTold(cell)) return cell
  }
  return null
}

/** The same, read at once. @throws {BadRecord} */
export const timeAround = (value: Fields): number | null => timeIn(timeCellAround(value, fixedCells))
