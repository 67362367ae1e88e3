import type { BoardScore, Model } from '../../model/book/book.ts'
import { BOARD_LABELS, BOARDS } from '../../model/book/choices.ts'

/** Public scores as phrases, such as "Arena 1474 (1467–1481), as high, on 2026-10-02"; an older book has Arena alone. */
export const scoresInWords = ({ scores, arena_elo: elo }: Pick<Model, 'scores' | 'arena_elo'>): string[] => {
  const listed = BOARDS.flatMap(board => {
    const score = scores?.[board]
    return score === undefined ? [] : [`${BOARD_LABELS[board]} ${inWords(score)}`]
  })
  return listed.length > 0 || elo === undefined ? listed : [`${BOARD_LABELS.arena} ${elo}, undated`]
}

const inWords = ({ value, low, high, row, date, source, note }: BoardScore): string => {
  const interval = low === null ? '' : ` (${low}–${high})`
  return `${value}${interval}${row ? `, as ${row}` : ''}, on ${date} (${source})${note ? `. ${note}` : ''}`
}
