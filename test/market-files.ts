import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MarketBook, type MarketFile, readMarket } from '../src/load/book/market.ts'
import { repository } from './fake-io.ts'

/** A market of two made-up providers, and how to read it with something changed. */

type Json = Record<string, unknown>

const source = (title: string): Json => ({
  title,
  where: 'https://a.test',
  retrieved: '2026-01-01',
  grade: 'catalogue',
})

export const heading = { title: 'A market', first: ['zeta'], sources: { shared: source('Shared') } }

export const row = (from: string, more: Json = {}): Json => ({
  from,
  input: '1',
  cache_read: '0.1',
  output: '2',
  source: 'shared',
  ...more,
})

export const model = (id: string, more: Json = {}): Json => ({
  id,
  aliases: [],
  context: null,
  max_output: null,
  tokenizer: null,
  prices: [row('2026-01-01')],
  ...more,
})

export const provider = (name: string, more: Json = {}): Json => ({
  name,
  reviewed: '2026-02-01',
  usage: 'unknown',
  review_every_days: 30,
  cache: 'none',
  batch: null,
  sources: {},
  models: [model(`${name.toLowerCase()}-1`)],
  ...more,
})

export const ownSource = source

const file = (path: string, data: unknown): MarketFile => ({
  path: `pricing/${path}`,
  text: JSON.stringify(data, null, 2),
})

/** Reads a market whose providers' files are given by their ids. */
export const readMade = (
  providers: Readonly<Record<string, Json>>,
  { head = heading, boards = {} }: { readonly head?: Json; readonly boards?: Readonly<Record<string, Json>> } = {},
): MarketBook =>
  readMarket(file('market.json', head), {
    providers: Object.entries(providers).map(([id, data]) => file(`market/${id}.json`, data)),
    boards: Object.entries(boards).map(([id, data]) => file(`boards/${id}.json`, data)),
  })

/** The market as the repository has it. */
export const readShippedMarket = (): MarketBook => {
  const shipped = (path: string): MarketFile => ({ path, text: readFileSync(join(repository, path), 'utf8') })
  const filesIn = (folder: string): MarketFile[] =>
    readdirSync(join(repository, folder))
      .sort()
      .map(name => shipped(`${folder}/${name}`))
  return readMarket(shipped('pricing/market.json'), {
    providers: filesIn('pricing/market'),
    boards: filesIn('pricing/boards'),
  })
}
