import { InputError } from '../../errors/index.ts'
import type { Book, Model } from '../../model/book/book.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import type { Warning } from '../../model/result/result.ts'
import type { SCORE_SOURCES } from '../../model/result/route.ts'
import { findModel, unknownModel } from './price-at.ts'

/** A model's score, and its source. */
export interface Score {
  readonly quality: Exact
  readonly from: (typeof SCORE_SOURCES)[number]
}

/** Scores by model, and warnings about them. */
export interface Scores {
  readonly of: (model: Model) => Score | null
  /** @param models - those that are compared */
  readonly warnings: (models: readonly Model[]) => Warning[]
}

/** Scores by model name. */
export type Named = Readonly<Record<string, number>>

/**
 * Scores from the call, else from the scenario, else the book's Arena Elo. No score is ever guessed.
 *
 * @throws {InputError} UNKNOWN_MODEL for a name in the call that the book does not have
 */
export const scoreModels = (
  book: Book,
  { call, scenario, about }: { readonly call: Named; readonly scenario: Named; readonly about: string },
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
      if (model) given.set(model.id, { quality: exact(String(score)), from })
    }
  }
  const of = (model: Model): Score | null => {
    const own = given.get(model.id)
    if (own) return own
    const elo = model.arena_elo
    return elo == null ? null : { quality: exact(String(elo)), from: 'book' }
  }
  const unused = Object.keys(scenario).filter(name => !findModel(book, name))
  return {
    of,
    warnings: models => [
      ...unused.map(name => unusedScore(name, book, about)),
      ...mixedScales(
        models.flatMap(model => of(model) ?? []),
        about,
      ),
    ],
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

/** A warning if scores mix Arena Elo with another scale, as the two cannot be compared. */
const mixedScales = (scores: readonly Score[], about: string): Warning[] => {
  const [own, elo] = [scores.filter(({ from }) => from !== 'book'), scores.filter(({ from }) => from === 'book')]
  const strays = own.filter(one => elo.some(other => isFar(one.quality, other.quality)))
  if (strays.length === 0) return []
  return [
    {
      code: 'MIXED_SCALES',
      what: 'some scores are Arena Elo of the price book, and some of your scores are on another scale',
      fix: 'give your own score to every model that has one: dsprice prices list shows the Elo',
      path: 'quality',
      scenario: about,
      at: null,
    },
  ]
}

const isFar = (a: Exact, b: Exact): boolean => a.times(2).lt(b) || a.gt(b.times(2))
