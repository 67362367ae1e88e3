import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lintBook } from '../src/book/lint/lint-book.ts'
import { namesOf } from '../src/cost/rates/price-at.ts'
import type { Book } from '../src/model/book/book.ts'
import { bookSchema } from '../src/model/book/book-schema.ts'
import { layerJson } from '../src/report/files/layer-json.ts'
import { repository } from './fake-io.ts'

/** The catalogue that ships under the books: what holds of any version of it, and no price of today. */

const folder = join(repository, 'pricing')
const names = readdirSync(folder).filter(name => name.startsWith('catalogue-'))
const text = readFileSync(join(folder, names[0] ?? ''), 'utf8')
const book = bookSchema.parse(JSON.parse(text)) as Book

describe('the catalogue', () => {
  it('is one file, named after its day, and printed a line for each model', () => {
    expect(names).toEqual([`catalogue-${book.version}.json`])
    expect(text).toBe(layerJson(JSON.parse(text)))
  })

  it('has nothing that lint finds', () => {
    expect(lintBook(book)).toEqual([])
  })

  it('has each name once', () => {
    const all = book.models.flatMap(namesOf).map(name => name.toLowerCase())
    expect(all.length - new Set(all).size).toBe(0)
    expect(book.models.length).toBeGreaterThan(400)
  })

  it('carries its source with both licences, and each row its grade', () => {
    expect(Object.values(book.sources)).toMatchObject([{ grade: 'catalogue', retrieved: book.version }])
    expect(JSON.stringify(book.sources)).toContain('MIT, Copyright (c) 2025 models.dev')
    const rows = book.models.flatMap(({ prices }) => prices)
    expect(new Set(rows.map(({ grade }) => grade))).toEqual(new Set(['catalogue']))
    expect(new Set(rows.map(({ from }) => from))).toEqual(new Set([book.version]))
  })

  it('takes no missing or zero rate for a price', () => {
    const zero = book.models.filter(({ prices }) =>
      prices.some(row =>
        [row, ...(row.tiers ?? [])].some(({ input, cache_read, output }) => [input, cache_read, output].includes('0')),
      ),
    )
    expect(zero.map(({ id }) => id)).toEqual([])
  })

  it('says nothing of caches or batches, and has no plan and no reseller', () => {
    for (const { cache, batch, usage } of Object.values(book.providers)) {
      expect({ cache, batch, usage }).toEqual({ cache: { default: 'unknown' }, batch: null, usage: 'unknown' })
    }
    expect(Object.keys(book.providers).filter(id => /plan|coding|copilot|openrouter|vercel|opencode/.test(id))).toEqual(
      [],
    )
  })

  it("gives a maker's plain name to the maker alone", () => {
    const strays = book.models.filter(model =>
      namesOf(model).some(
        name =>
          /^(?:claude|gemini|gpt-\d|grok|kimi)-?/.test(name) &&
          !/^(?:anthropic|google|openai|xai|moonshot)$/.test(model.provider),
      ),
    )
    expect(strays.map(({ id }) => id)).toEqual([])
  })
})
