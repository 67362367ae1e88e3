import type { Result } from '../../src/model/result/result.ts'
import { dsprice, type Surroundings } from '../fake-io.ts'
import { type GitFolder, gitFolder } from '../git-folder.ts'

/** A repository with one scenario to check, at prices of its own. */

/** $1 in, $2 out per 1M, nothing cached; one token a word of o200k_base, and no chat template. */
export const book = (input = '1', more = ''): string =>
  JSON.stringify({
    schema: 'dsprice/pricing/1',
    extends: 'none',
    version: '2026-01-01',
    title: 'Made up',
    reviewed: '2026-11-20',
    currency: 'USD',
    sources: { own: { title: 'Own', where: 'here', retrieved: null, grade: 'own' } },
    providers: {
      acme: {
        name: 'Acme',
        usage: 'unknown',
        review_every_days: 30,
        cache: {
          default: {
            match: 'blocks',
            block: 1,
            minimum: 0,
            lifetimes: [{ ttl_s: 300, write: null }],
            stores_output: false,
            source: 'own',
          },
        },
        batch: 'not_offered',
      },
    },
    models: ['plain', 'other', ...(more ? [more] : [])].map(id => ({
      id,
      provider: 'acme',
      aliases: [],
      context: null,
      max_output: null,
      tokenizer: 'o200k_base',
      prices: [
        {
          from: '2026-01-01',
          ...(id === 'expired' ? { to: '2026-02-01' } : {}),
          input: id === 'other' ? '3' : input,
          cache_read: id === 'half-known' ? null : '0.1',
          output: '2',
          source: 'own',
          grade: 'own',
        },
      ],
    })),
  })

export const scenario = (name: string, budget: string, { model = 'plain', words = 'bot.md' } = {}): string =>
  `name: ${name}
model: ${model}
pricing: ../prices.json
traffic: { requests: 1000, per: month }
request: { turn: { file: ../prompts/${words} }, output: 0 }
cache: none
budget:
${budget.replace(/^/gm, '  ')}
`

export const words = (count: number): string => Array(count).fill('hello').join(' ')

/** 1,000 requests of 1,000 tokens at $1 per 1M: $1 a month. */
export const botRepository = (): GitFolder =>
  gitFolder({
    'prices.json': book(),
    'prompts/bot.md': words(1000),
    'scenarios/bot.yaml': scenario('bot', 'per_month: 1.25\nmax_increase: 20%'),
  })

/** What `check` answers in a folder. */
export const checkIn = async (folder: string, argv: readonly string[], around: Surroundings = {}) => {
  const { code, out, err } = await dsprice(['check', ...argv, '--json'], folder, around)
  const result = out === '' ? null : (JSON.parse(out) as Result)
  const errors = err === '' ? [] : (JSON.parse(err) as { errors: { code: string; at: string | null }[] }).errors
  return { code, result, checked: result?.check, errors, codes: errors.map(one => one.code), out, err }
}
