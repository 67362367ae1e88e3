import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A conversation on a model with a batch tier: 10 × 2 calls, as in the golden folder `estimate`. */
const talk = (more = ''): string => {
  copyFileSync(join(repository, 'test/fixtures/book.json'), join(folder, 'book.json'))
  const text = `name: talk\npricing: ./book.json\nat: 2026-11-24\nmodel: plain\ntraffic: {requests: 10}\nrequest: {turns: 2, shared: 1000, turn: 250, output: 50}\n${more}`
  writeFileSync(join(folder, 'talk.yaml'), text)
  return 'talk.yaml'
}

// Worked in the golden folder: cached 0.0238, batch 0.029, batch cached 0.0119. Without a hit, and with no price for
// writes, a batch costs what batch does.
describe('a row that is only a bound', () => {
  it('does not keep check --strict from passing', async () => {
    const held = talk('budget: {per_period: 0.03}')
    expect(await dsprice(['check', held, '--strict'], folder)).toMatchObject({ code: 0, err: '' })
  })

  it('is marked in the table and in Markdown, and stays marked in a narrow terminal', async () => {
    const marked = [
      await dsprice(['estimate', talk()], folder),
      await dsprice(['estimate', talk()], folder, { terminal: 60 }),
      await dsprice(['estimate', talk(), '--format', 'markdown'], folder),
    ]
    for (const { code, out, err } of marked) {
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toMatch(/batch cached \\?\*/)
      expect(out).toMatch(/a bound: it takes/)
    }
  })

  it('is told where it ranks', async () => {
    const { out } = await dsprice(['compare', talk(), '--models', 'plain', '--view', 'batch_cached'], folder)
    expect(out).toContain('batch cached is a bound: it takes the hits of cached')
    expect((await dsprice(['compare', talk(), '--models', 'plain'], folder)).out).not.toContain('is a bound')
  })

  it.each([
    { limit: '0.0118', code: 1 },
    { limit: '0.0289', code: 3 },
    { limit: '0.029', code: 0 },
  ])('held to $limit ends in $code', async ({ limit, code }) => {
    const held = talk(`budget: {view: batch_cached, per_period: ${limit}}`)
    const ran = await dsprice(['check', held], folder)
    expect(ran.code).toBe(code)
    if (code === 3) expect(ran.out).toContain('actual  $0.0119 a run, but it is a bound')
  })
})

describe('where cache reads are not offered', () => {
  const bare = {
    ...{ schema: 'dsprice/pricing/1', version: 'mine', title: 'Mine', reviewed: '2026-11-24', currency: 'USD' },
    extends: 'none',
    sources: { me: { title: 'Mine', where: 'here', retrieved: '2026-11-24', grade: 'own' } },
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
            source: 'me',
          },
        },
        batch: { discount: '0.5', stacking: 'multiply', source: 'me' },
      },
    },
    models: [
      {
        id: 'bare',
        provider: 'acme',
        aliases: [],
        context: null,
        max_output: null,
        tokenizer: null,
        prices: [
          { from: '2026-01-01', input: '1', cache_read: 'not_offered', output: '2', source: 'me', grade: 'own' },
        ],
      },
    ],
  }

  it('nothing is said to be read, kept or a bound', async () => {
    writeFileSync(join(folder, 'bare.json'), JSON.stringify(bare))
    const scenario =
      'name: a\npricing: bare.json\nat: 2026-11-24\nmodel: bare\ntraffic: {per: day, requests: 10}\nrequest: {turns: 2, shared: 1000, turn: 250, output: 50}\n'
    writeFileSync(join(folder, 'bare.yaml'), scenario)
    const { code, out, err } = await dsprice(['estimate', 'bare.yaml'], folder)
    expect({ code, err: err.split('\n')[0] }).toEqual({ code: 0, err: 'warning NO_CACHE_OFFERED bare.yaml:1:1' })
    expect(out).toContain('no cache reads offered: as headline')
    expect(out).toContain('no cache reads offered: as batch')
    expect(out.replace('cache, upper bound', '')).not.toMatch(
      /every input token|upper bound|a bound|lifetime|Acme's cache|Poisson|expected with/,
    )
    const [result] = JSON.parse((await dsprice(['estimate', 'bare.yaml', '--json'], folder)).out).scenarios
    expect(result.bounds).toEqual({})
    expect(result.costs.cached_ideal).toBe(result.costs.headline)
  })
})
