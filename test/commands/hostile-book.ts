import { BOOK_SCHEMA } from '../../src/model/book/choices.ts'

const rule = {
  match: 'blocks',
  block: 1,
  minimum: 0,
  lifetimes: [{ ttl_s: 300, write: null }],
  stores_output: false,
}

/** A price file of a stranger's: models by these ids, and `words` wherever else words may stand. */
export const hostileBook = (ids: readonly string[], words: string): string =>
  JSON.stringify({
    schema: BOOK_SCHEMA,
    version: words,
    title: words,
    reviewed: '2026-01-01',
    currency: 'USD',
    extends: 'none',
    note: words,
    sources: { [words]: { title: words, where: words, retrieved: null, grade: 'own' } },
    providers: {
      [words]: {
        name: words,
        usage: 'unknown',
        review_every_days: 30,
        jurisdiction: words,
        cache: { default: { ...rule, note: words, source: words } },
        batch: null,
        facts: { soc2: { value: 'yes', note: words, source: words } },
        note: words,
      },
    },
    models: ids.map(id => ({
      id,
      provider: words,
      aliases: [`alias of ${id}`],
      context: null,
      max_output: null,
      tokenizer: 'deepseek-v3',
      license: words,
      open_weights: true,
      note: words,
      prices: [
        {
          from: '2026-01-01',
          input: '1',
          cache_read: '0.5',
          output: '2',
          windows: [
            {
              name: words,
              timezone: 'UTC',
              weekdays: ['mon'],
              hours: ['09:00-12:00'],
              holidays: 'apply',
              input: '2',
              cache_read: '1',
              output: '4',
            },
          ],
          base_window: words,
          source: words,
          grade: 'own',
          note: words,
        },
      ],
    })),
  })
