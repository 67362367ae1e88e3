import { readsOffered } from '../../cost/api/price-views.ts'
import type { PricedScenario } from '../../cost/fleet/price-scenario.ts'
import { priceOne } from '../../cost/result/estimate.ts'
import type { Book } from '../../model/book/book.ts'
import { distinct } from '../../model/distinct.ts'
import { exceeds } from '../../model/number/fraction.ts'
import { type Exact, exact, ZERO } from '../../model/number/money.ts'
import { groupedTokens } from './grouped-tokens.ts'
import { isCheaper } from './saving.ts'
import type { Trial } from './trial.ts'

/** Prompts that a change takes across the length from which a provider caches them. */

/** What a change does to a cache minimum, in words; `null`: nothing. */
export type Crossing = (before: Trial, after: Trial) => string | null

/**
 * Tells which changes cross a cache minimum: the engine is asked what would be read if there were none.
 *
 * @example which falls below the 1,024-token cache minimum of gpt-5.4 and costs more
 */
export const crossing = (book: Book): Crossing => {
  const free = withoutMinimums(book)
  const keptFrom = ({ priced }: Trial): Kept[] => keptIn(priced, free)
  return (before, after) => {
    if (after.view !== 'cached' && after.view !== 'batch_cached') return null
    const [from, to] = [keptFrom(before), keptFrom(after)]
    const where = (crosses: (from: Kept, to: Kept) => boolean): string =>
      distinct(to.flatMap((own, i) => (from[i] && crosses(from[i], own) ? [own.minimum] : []))).join(' and ')
    const below = where((a, b) => exceeds(b.lost, a.lost) && exceeds(a.read, b.read))
    const above = where((a, b) => exceeds(a.lost, b.lost) && exceeds(b.read, a.read))
    if (below) return `which falls below ${below}${isCheaper(before, after) ? ' and costs more' : ''}`
    return above ? `which reaches ${above}` : null
  }
}

const withoutMinimums = (book: Book): Book => ({
  ...book,
  models: book.models.map(model => ({ ...model, cache: { ...model.cache, minimum: 0 } })),
})

/** Tokens a period that a model reads from its cache, and that it would if its cache had no minimum. */
interface Kept {
  readonly minimum: string
  readonly read: Exact
  readonly lost: Exact
}

const keptIn = (priced: PricedScenario, free: Book): Kept[] => {
  const others = priceOne(priced.scenario, { book: free, hash: '', layers: [] }, priced.at).apiStreams
  return priced.apiStreams.map(({ low: { offer, tokens } }, i) => {
    const read = tokens.cache_read ?? ZERO
    const most = readsOffered(offer) ? (others[i]?.low.tokens.cache_read ?? ZERO) : read
    const minimum = `the ${groupedTokens(exact(offer.cacheRule.minimum))}-token cache minimum of ${offer.model.id}`
    return { minimum, read, lost: most.minus(read) }
  })
}
