import { type AssembledMarket, assembleMarket, gatewayNamesOf } from '../../book/assemble-market.ts'
import { lintMarket } from '../../book/lint/lint-market.ts'
import { collect, InputError, type Problem } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { BOARDS } from '../../model/book/choices.ts'
import {
  type BoardName,
  boardSchema,
  type GatewayNames,
  type MarketBoard,
  type MarketProvider,
  marketProviderSchema,
  marketSchema,
} from '../../model/book/market-schema.ts'
import { checkSchema } from '../source/check-schema.ts'
import { inFileOrder, type Source } from '../source/places.ts'
import { parseSource } from '../source/source.ts'

/** A file of the market data, with its path in the repository. */
export interface MarketFile {
  readonly path: string
  readonly text: string
}

/** The market book assembled from its files. */
export interface MarketBook {
  readonly book: Book
  readonly gatewayNames: GatewayNames
}

/**
 * Assembles one book from `pricing/market.json`, the providers' files and the boards'. Done by the build, not by a run.
 *
 * @param providers - one file per provider, named after the provider's id
 * @param boards - one file per board of quality, named after it
 * @throws {InputError} every problem in every file, located
 */
export const readMarket = (
  heading: MarketFile,
  { providers, boards }: { readonly providers: readonly MarketFile[]; readonly boards: readonly MarketFile[] },
): MarketBook => {
  const faults: Problem[] = []
  const attempt = <T>(read: () => T): T[] => {
    const made = collect(faults, read)
    return made === undefined ? [] : [made]
  }
  const sources = new Map<string | null, Source>()
  const parse = (id: string | null, { path, text }: MarketFile): Source => {
    const source = parseSource(path, text, 'always')
    sources.set(id, source)
    return source
  }
  const [head] = attempt(() => checkSchema(marketSchema, parse(null, heading)))
  const files = new Map<string, MarketProvider>(
    providers.flatMap(file => {
      const id = idOf(file.path)
      return attempt(() => [id, checkSchema(marketProviderSchema, parse(id, file))] as const)
    }),
  )
  const columns = new Map<BoardName, MarketBoard>(
    boards.flatMap(file => {
      const name = BOARDS.find(one => one === idOf(file.path))
      if (name === undefined) throw new Error(`${file.path} is named after no board`)
      return attempt(() => [name, checkSchema(boardSchema, parse(name, file))] as const)
    }),
  )
  if (faults.length > 0 || !head) throw new InputError(faults)
  const market = { heading: head, providers: files, boards: columns }
  const assembled: AssembledMarket = assembleMarket(market)
  const found = lintMarket(market, assembled)
  for (const [id, source] of sources) {
    const own = found.filter(({ provider }) => provider === id)
    faults.push(...inFileOrder(own.map(({ problem }) => source.locate(problem))))
  }
  if (faults.length > 0) throw new InputError(faults)
  return { book: assembled.book, gatewayNames: gatewayNamesOf(market) }
}

/** A provider's id, from the name of its file. */
const idOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '')

/** Prints a book as the build writes it: one line per price row. */
export const printBook = (book: Book): string => `${printed(book, 0)}\n`

/** Levels of a book printed with one line per key or item: the book, `models`, a model, `prices`. */
const OPEN_LEVELS = 4

const printed = (value: unknown, level: number): string => {
  if (level === OPEN_LEVELS || typeof value !== 'object' || value === null) return JSON.stringify(value)
  const [indent, end] = [' '.repeat(level + 1), `\n${' '.repeat(level)}`]
  const isList = Array.isArray(value)
  const lines = Object.entries(value).map(
    ([key, inner]) => `${indent}${isList ? '' : `${JSON.stringify(key)}: `}${printed(inner, level + 1)}`,
  )
  if (lines.length === 0) return isList ? '[]' : '{}'
  const body = `\n${lines.join(',\n')}${end}`
  return isList ? `[${body}]` : `{${body}}`
}
