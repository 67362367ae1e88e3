import type { Candidate } from '../../model/result/result.ts'
import type { ShownScore } from '../../model/result/route.ts'

/** A candidate's public score; older results have one of Arena, without its date. */
export const scoreOf = ({ score, arena_elo: elo }: Pick<Candidate, 'score' | 'arena_elo'>): ShownScore | null => {
  if (score !== undefined) return score
  return elo == null
    ? null
    : { board: 'arena', value: elo, low: null, high: null, variant: null, date: null, source: null }
}

/** What the licences of the scores ask to be said, as one sentence; nothing if there are none. */
export const attributionNotes = (attributions: readonly string[] = []): string[] =>
  attributions.length === 0 ? [] : [`Scores: ${attributions.join('; ')}.`]
