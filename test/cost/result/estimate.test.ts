import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { estimate as estimateScenarios } from '../../../src/cost/result/estimate.ts'
import { InputError } from '../../../src/errors/index.ts'
import { estimate, loadBook, loadScenario } from '../../../src/index.ts'
import { bookWith, MILLION, priced, resultOf, scenarioWith } from '../build.ts'

const article = await loadBook('2026-05-15')
const price = async (name: string, ...set: readonly string[]) => {
  const path = join(import.meta.dirname, '../../../scenarios', `${name}.yaml`)
  const [result] = estimate(await loadScenario(path, { book: article, set }), article).scenarios
  return result
}

// The table of the article, unrounded; see shared/facts/claims-check.md, section B.
describe('the article’s table', () => {
  it.each([
    // 1M × 0.50 + 100K × 1.50; 1M × 0.05 + 0.15
    { name: 'chat', headline: '0.65', ideal: '0.2' },
    // 2M × 1.74 + 20K × 3.48; 2M × 0.174 + 0.0696
    { name: 'coding-agent', headline: '3.5496', ideal: '0.4176' },
    // 100M × 0.14 + 5M × 0.28; 100M × 0.014 + 1.4
    { name: 'extraction', headline: '15.4', ideal: '2.8' },
    // 500K × 0.55 + 50K × 2.19; 500K × 0.055 + 0.1095: 0.137, not the article's 0.138
    { name: 'reasoning', headline: '0.3845', ideal: '0.137' },
  ])('$name costs $headline, and $ideal if every token hit', async ({ name, headline, ideal }) => {
    const result = await price(name)
    expect(result?.costs.headline).toBe(headline)
    expect(result?.costs.cached_ideal).toBe(ideal)
    expect(result?.costs.batch).toBeNull()
    expect(result?.costs.batch_cached).toBeNull()
  })

  it('counts the coding agent’s cold first turn', async () => {
    // 200,000 is 3,125 blocks of 64: 200K × 1.74 + 1.8M × 0.174 + 20K × 3.48 = 0.348 + 0.3132 + 0.0696
    const result = await price('coding-agent')
    expect(result?.costs.cached).toBe('0.7308')
    expect(result?.tokens).toMatchObject({ prompt: 2_000_000, input: 200_000, cache_read: 1_800_000, output: 20_000 })
    expect(result?.complete).toBe(true)
  })

  it('counts what a growing history adds', async () => {
    // Prompt k = 200K + (k−1)·2K: 2M + 45·2K = 2.09M tokens. Call k reads the prompt before it in whole blocks of 64:
    // 200,000 = 3125 blocks; 2,000 = 31.25 blocks, so 200K + j·2K loses 16·(j mod 4): over j = 0…8 that is
    // 0+16+32+48+0+16+32+48+0 = 192. Read: 9·200K + 36·2K − 192 = 1,871,808; input: 218,192.
    // 0.218192 × 1.74 + 1.871808 × 0.174 + 0.0696 = 0.37965408 + 0.325694592 + 0.0696
    const result = await price('coding-agent', 'request.history=true')
    expect(result?.tokens).toMatchObject({ prompt: 2_090_000, input: 218_192, cache_read: 1_871_808 })
    expect(result?.costs.cached).toBe('0.774948672')
  })

  it('says that totals show no prefix, and takes a share or a bound if told', async () => {
    const prefix = await price('chat')
    expect(prefix?.costs.cached).toBeNull()
    expect(prefix?.reasons.cached).toContain('totals show no prefixes')
    expect(prefix?.complete).toBe(false)
    expect(prefix?.calls).toBeNull()
    expect(prefix?.fit.fits).toBeNull()
    expect((await price('chat', 'cache=none'))?.costs.cached).toBe('0.65')
    expect((await price('chat', 'cache=ideal'))?.costs.cached).toBe('0.2')
    // 0.8M × 0.05 + 0.2M × 0.50 + 0.15
    expect((await price('chat', 'cache.hit_share=80%'))?.costs.cached).toBe('0.29')
  })
})

describe('estimate', () => {
  const book = bookWith()

  it('never multiplies totals by requests', () => {
    // 1M × $1 + 1M × $2, whatever `requests` says
    const result = resultOf({ totals: { input: MILLION, output: MILLION }, traffic: { requests: 7, per: 'day' } })
    expect(result.costs.headline).toBe('3')
  })

  it('reports the faults of all scenarios at once', () => {
    const wrong = [scenarioWith({ model: 'nobody' }), scenarioWith(), scenarioWith({ at: '2025-12-31' })]
    let codes: string[] = []
    try {
      estimateScenarios(wrong, priced(book), '2026-01-01')
    } catch (error) {
      codes = error instanceof InputError ? error.problems.map(({ code, exit }) => `${code} ${exit}`) : []
    }
    expect(codes).toEqual(['UNKNOWN_MODEL 3', 'NO_PRICE_AT 3'])
  })

  it('has no answer without a list price, rather than $0', () => {
    const unknown = bookWith({ row: { input: null, note: 'two sources disagree' } })
    expect(() => resultOf({ request: { turn: 10 } }, unknown)).toThrow('no known input rate: two sources disagree')
    // Nothing is asked of the missing rate: 1M × $2
    expect(resultOf({ request: { output: MILLION } }, unknown).costs.headline).toBe('2')
  })

  it('says one moment for all, or none where they differ, and the age at the latest', () => {
    const pricing = (...dates: readonly string[]) =>
      estimateScenarios(
        dates.map(at => scenarioWith({ at })),
        priced(book),
        '2026-01-01',
      ).pricing
    expect(pricing('2026-01-05', '2026-01-05')).toMatchObject({ at: '2026-01-05', age_days: 4 })
    expect(pricing('2026-01-05', '2026-02-01')).toMatchObject({ at: null, age_days: 31 })
  })

  it('keeps of the book only the rows, rules and sources that were used', () => {
    const { prices } = estimate(scenarioWith({ model: 'o3', at: '2026-05-15' }), article)
    expect(prices.models.map(({ id }) => id)).toEqual(['o3'])
    expect(Object.keys(prices.providers)).toEqual(['openai'])
  })
})
