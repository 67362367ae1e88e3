import { type Cell, countIn, textIn, valueIn } from '../reading/cell.ts'
import { countOf } from '../reading/counts.ts'
import { isFields } from '../reading/fields.ts'
import { regionOf } from '../reading/service.ts'
import type { UsageRecord } from '../record.ts'
import type { BodyCells } from './body.ts'

/** What few calls have. */
export type More = Pick<UsageRecord, 'web_searches' | 'audio' | 'region'>

/** @returns `null`: none of it, or not told @throws {BadRecord} */
export const moreIn = ({ searches, audio, geo }: Pick<BodyCells, 'searches' | 'audio' | 'geo'>): More | null => {
  const found = searches === null ? null : (countIn(searches) ?? null)
  const region = geo === null ? null : regionOf(textIn(geo))
  let sound = 0
  for (const cell of audio) if (cell !== null) sound += audioIn(cell)
  if (found === null && region === null && sound === 0) return null
  return {
    ...(found === null ? {} : { web_searches: found }),
    ...(sound === 0 ? {} : { audio: sound }),
    ...(region === null ? {} : { region }),
  }
}

/** Tokens of sound: a count, or the counts of that modality in a list. */
const audioIn = (cell: Cell): number => {
  if (cell.kind !== 'list') return countIn(cell) ?? 0
  let sum = 0
  for (const one of valueIn(cell) as readonly unknown[])
    if (isFields(one) && one['modality'] === 'AUDIO') sum += countOf(one['tokenCount'], 'tokenCount') ?? 0
  return sum
}
