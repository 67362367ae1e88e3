import { InputError, problems } from '../../errors/index.ts'
import { METERS } from '../../model/meters.ts'
import { NO_CUT, type SideCounts } from '../groups/side-counts.ts'
import type { Engine } from './engine.ts'
import { hasColumn, type RowShape, rowsOf } from './rows.ts'
import { selectSums } from './select.ts'
import { type Asked, insideIn } from './survey.ts'

/**
 * Counts the buckets across a limit of the time asked for.
 *
 * @param counted - a condition on rows
 * @throws {InputError} COUNTS_DIFFER
 */
export const cutIn = async (
  shape: RowShape,
  { engine, asked, counted }: { readonly engine: Engine; readonly asked: Asked; readonly counted: string },
): Promise<SideCounts['cut']> => {
  const { dialect, run } = engine
  const limits = [asked.since, asked.until].filter(limit => limit !== null)
  if (limits.length === 0 || !hasColumn(shape, 'end')) return { counted: NO_CUT, left: NO_CUT }
  const across = limits.map(limit => `(dsp_at_ms < ${limit} and dsp_end_ms > ${limit})`).join(' or ')
  const rows = rowsOf({ ...shape, also: ['source'] }, ['dsp_sound = 1', counted, `(${across})`])
  const tokens = dialect.total(METERS.map(({ key }) => `coalesce(dsp_${key}, 0)`))
  const sums = [
    ['count(*)', 'dsp_of_n'],
    [dialect.sum('dsp_tokens'), 'dsp_of_tokens'],
    ['max(dsp_tokens)', 'dsp_of_largest'],
  ] as const
  const query = { keys: [[insideIn(asked, dialect), 'dsp_of_inside']], sums } as const
  const answer = await run(selectSums({ ...rows, made: [[tokens, 'dsp_tokens']] }, query, dialect))
  const found = new Map(
    answer.map(([inside, n, sum, largest]) => {
      const isWrapped = dialect.wraps && BigInt(n ?? 0) * BigInt(largest ?? 0) >= 2n ** 63n
      if (isWrapped) throw new InputError([problems.sumsTooLarge()])
      return [Number(inside) === 1, { buckets: Number(n), tokens: BigInt(sum ?? 0) }] as const
    }),
  )
  return { counted: found.get(true) ?? NO_CUT, left: found.get(false) ?? NO_CUT }
}
