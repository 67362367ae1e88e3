import { InputError } from '../../errors/index.ts'
import type { Book, Model, Price } from '../../model/book/book.ts'
import { BOARD_LABELS } from '../../model/book/choices.ts'
import type { BoardName } from '../../model/book/market-schema.ts'
import { entryOf } from '../../model/entry-of.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import type { Warning } from '../../model/result/result.ts'
import type { SCORE_SOURCES, ShownScore } from '../../model/result/route.ts'
import { findModel, unknownModel } from './price-at.ts'

/** A model's score, and its source. */
export interface Score {
  readonly quality: Exact
  /** The board's interval; `null`: none is published, or the score is the user's own. */
  readonly interval: { readonly low: Exact; readonly high: Exact } | null
  /** The board's name for what was scored, such as an effort; `null`: the model, or the score is the user's own. */
  readonly variant: string | null
  readonly from: (typeof SCORE_SOURCES)[number]
}

/** A model while one of its rows is in force: the weights behind a name change. */
export interface Scored {
  readonly model: Model
  readonly row: Price
}

/** Scores by model, and warnings about them. */
export interface Scores {
  readonly of: (one: Scored) => Score | null
  /** @param all - those that are compared */
  readonly warnings: (all: readonly Scored[]) => Warning[]
}

/** Scores by model name. */
export type Named = Readonly<Record<string, number>>

/** A model's score on a board, of the weights that a row serves; older books have an Arena score without a date. */
export const boardScore = ({ model, row }: Scored, board: BoardName): ShownScore | null => {
  const score = (row.scores ?? model.scores)?.[board]
  if (score !== undefined) {
    const { value, low, high, row: variant = null, date, source } = score
    return { board, value, low, high, variant, date, source }
  }
  if (board !== 'arena' || model.arena_elo === undefined) return null
  return { board, value: model.arena_elo, low: null, high: null, variant: null, date: null, source: null }
}

/** What the licences of the scores ask to be said where they are shown, each once. */
export const attributionsOf = (
  { sources }: Pick<Book, 'sources'>,
  scores: readonly (ShownScore | null)[],
): string[] => [
  ...new Set(
    scores.flatMap(score => (score?.source == null ? [] : (entryOf(sources, score.source)?.attribution ?? []))),
  ),
]

const ofBoard = (one: Scored, board: BoardName): Score | null => {
  const score = boardScore(one, board)
  if (score === null) return null
  const { value, low, high, variant } = score
  const interval = low === null || high === null ? null : { low: exact(String(low)), high: exact(String(high)) }
  return { quality: exact(String(value)), interval, variant, from: 'book' }
}

/**
 * Scores from the call, else from the scenario, else the book's on one board. No score is ever guessed, and no two
 * boards are mixed.
 *
 * @throws {InputError} UNKNOWN_MODEL for a name in the call that the book does not have
 */
export const scoreModels = (
  book: Book,
  {
    call,
    scenario,
    board,
    about,
  }: { readonly call: Named; readonly scenario: Named; readonly board: BoardName; readonly about: string },
): Scores => {
  const lost = Object.keys(call).filter(name => !findModel(book, name))
  if (lost.length > 0) throw new InputError(lost.map(name => unknownModel(book, name)))
  const given = new Map<string, Score>()
  for (const [from, scores] of [
    ['scenario', scenario],
    ['call', call],
  ] as const) {
    for (const [name, score] of Object.entries(scores)) {
      const model = findModel(book, name)
      if (model) given.set(model.id, { quality: exact(String(score)), interval: null, variant: null, from })
    }
  }
  // Scores of two scales cannot be compared: if the user's are on another one, the board's are left aside.
  const isMixed = book.models.some(model =>
    model.prices.some(row => {
      const listed = ofBoard({ model, row }, board)
      return listed !== null && [...given.values()].some(own => isFar(own.quality, listed.quality))
    }),
  )
  const of = (one: Scored): Score | null => given.get(one.model.id) ?? (isMixed ? null : ofBoard(one, board))
  const unused = Object.keys(scenario).filter(name => !findModel(book, name))
  return {
    of,
    warnings: all => {
      const aside = isMixed && all.some(one => !given.has(one.model.id) && ofBoard(one, board) !== null)
      return [...unused.map(name => unusedScore(name, book, about)), ...(aside ? [otherScale(board, about)] : [])]
    },
  }
}

const unusedScore = (name: string, book: Book, about: string): Warning => ({
  code: 'QUALITY_UNUSED',
  what: `price book ${book.version} has no ${name}, so its score is not used`,
  fix: unknownModel(book, name).fix,
  path: 'quality',
  scenario: about,
  at: null,
})

/** A warning that the user's scores are on another scale than the board's, which are therefore left aside. */
const otherScale = (board: BoardName, about: string): Warning => ({
  code: 'MIXED_SCALES',
  what: `your scores are on another scale than ${BOARD_LABELS[board]}'s, so those of the price book are left aside`,
  fix: 'give your own score to every model that has one',
  path: 'quality',
  scenario: about,
  at: null,
})

const isFar = (a: Exact, b: Exact): boolean => a.times(2).lt(b) || a.gt(b.times(2))
