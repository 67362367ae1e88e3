import { span } from '../../cost/rates/span.ts'
import { at, type Problem } from '../../errors/index.ts'
import type { AssembledMarket, Market } from '../assemble-market.ts'
import { lintBook } from './lint-book.ts'

/** Lint rules for the market's files only, one row each. */
const marketProblems = {
  rowOrder: (from: string, before: string) => ({
    code: 'INVALID',
    exit: 2,
    what: `the row from ${from} stands after the one from ${before}`,
    fix: 'write rows in the order of their dates, the oldest first',
  }),
  sourceTwice: (name: string, other: string) => ({
    code: 'INVALID',
    exit: 2,
    what: `${other} says something else of the source "${name}"`,
    fix: 'write the same in both, or use another id',
  }),
  sourceUnused: (name: string) => ({
    code: 'INVALID',
    exit: 2,
    what: `nothing here names the source "${name}"`,
    fix: 'delete it, or name it in "source" or "also"',
  }),
} satisfies Record<string, (...args: never[]) => Problem>

/** A problem in one of the market's files. */
export interface MarketFault {
  /** The provider or the board whose file it is in; `null`: the heading. */
  readonly provider: string | null
  /** With its path in the file. */
  readonly problem: Problem
}

/** Lints the market's files: the rules of `prices lint` for any book, and those for these files only. */
export const lintMarket = (market: Market, { book, places }: AssembledMarket): MarketFault[] => {
  const order = lintOrder(market)
  // Rows out of order get wrong end dates, so all further problems with dates would only repeat that.
  const rest = order.length > 0 ? [] : lintBook(book).map(problem => inItsFile(problem, places))
  return [...order, ...rest, ...lintSources(market)]
}

/** Checks that each row begins after the one above it, which ends there. */
const lintOrder = ({ providers }: Market): MarketFault[] =>
  [...providers].flatMap(([provider, { models }]) =>
    models.flatMap(({ prices }, i) =>
      prices.flatMap((row, j) => {
        const before = prices[j - 1]
        if (!before || span(before).from < span(row).from) return []
        const path = ['models', i, 'prices', j, 'from']
        return [{ provider, problem: at(path, marketProblems.rowOrder(row.from, before.from)) }]
      }),
    ),
  )

/** Maps a problem in the assembled book to the provider's file that it comes from. */
const inItsFile = (problem: Problem, places: AssembledMarket['places']): MarketFault => {
  const [list, key, ...rest] = problem.path ?? []
  if (list === 'providers') return { provider: String(key), problem: at(rest, problem) }
  const place = list === 'models' && typeof key === 'number' ? places[key] : undefined
  if (!place) return { provider: null, problem }
  return { provider: place.provider, problem: at(['models', place.index, ...rest], problem) }
}

/** Checks that each source is used by its file (one in the heading by any) and is the same wherever it is repeated. */
const lintSources = ({ heading, providers, boards }: Market): MarketFault[] => {
  const files = [...providers, ...boards].map(([provider, file]) => ({ provider, file, used: sourcesIn(file) }))
  const all = [
    { provider: null, sources: heading.sources, used: new Set(files.flatMap(({ used }) => [...used])) },
    ...files.map(({ provider, file, used }) => ({ provider, sources: file.sources, used })),
  ]
  const seen = new Map<string, { readonly provider: string | null; readonly text: string }>()
  return all.flatMap(({ provider, sources, used }) =>
    Object.entries(sources).flatMap(([name, source]) => {
      const text = JSON.stringify(source)
      const first = seen.get(name) ?? { provider, text }
      seen.set(name, first)
      const path = ['sources', name]
      return [
        ...(used.has(name) ? [] : [{ provider, problem: at(path, marketProblems.sourceUnused(name)) }]),
        ...(first.text === text
          ? []
          : [{ provider, problem: at(path, marketProblems.sourceTwice(name, first.provider ?? 'the heading')) }]),
      ]
    }),
  )
}

/** Ids of the sources that a value names at any depth. */
const sourcesIn = (value: unknown): Set<string> => {
  const found = new Set<string>()
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'source' && typeof inner === 'string') found.add(inner)
      else if (key === 'also' && Array.isArray(inner)) for (const name of inner) found.add(String(name))
      else walk(inner)
    }
  }
  walk(value)
  return found
}
