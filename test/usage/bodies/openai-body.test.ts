import { describe, expect, it } from 'vitest'
import { countsOf } from '../read-lines.ts'

const chat = (usage: object) => ({ id: 'x', created: 1_794_304_800, model: 'm', usage })

describe('a Chat Completion of Claude, as gateways write it', () => {
  const counts = { prompt_tokens: 33_012, completion_tokens: 450, total_tokens: 33_462 }
  const read = { cache_read_input_tokens: 30_000 }
  const both = { ...read, cache_creation_input_tokens: 3000 }
  const found = [12, 30_000, 3000, 0, 450, null]

  it.each([
    ['beside the prompt', both, found],
    ['and reads in its details', { ...both, prompt_tokens_details: { cached_tokens: 30_000 } }, found],
    ['in its details', { prompt_tokens_details: { cached_tokens: 30_000, cache_creation_tokens: 3000 } }, found],
    [
      'in both, one of them 0',
      { ...read, prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 3000 } },
      found,
    ],
    [
      'in both, the other 0',
      { ...both, cache_read_input_tokens: 0, prompt_tokens_details: { cached_tokens: 30_000 } },
      found,
    ],
    [
      'split by lifetime',
      {
        ...{ ...both, cache_creation_input_tokens: 0 },
        prompt_tokens_details: {
          cache_creation_token_details: { ephemeral_5m_input_tokens: 2000, ephemeral_1h_input_tokens: 1000 },
        },
      },
      [12, 30_000, 2000, 1000, 450, null],
    ],
    [
      'split by lifetime as Anthropic does',
      { ...both, cache_creation: { ephemeral_1h_input_tokens: 1000 } },
      [12, 30_000, 2000, 1000, 450, null],
    ],
    ['one told, one null', { ...read, cache_creation_input_tokens: null }, [3012, 30_000, null, null, 450, null]],
    ['null in one place, told in another', { ...both, prompt_tokens_details: { cached_tokens: null } }, found],
    ['none', {}, [33_012, 0, 0, 0, 450, null]],
  ])('has its cache counts: %s', (_, cache, expected) => {
    expect(countsOf(chat({ ...counts, ...cache }))).toEqual(expected)
  })

  it('tells by itself that its prompt leaves the cache out', () => {
    expect(countsOf(chat({ prompt_tokens: 12, completion_tokens: 450, total_tokens: 462, ...both }))).toEqual(found)
    const beside = { prompt_tokens: 40_000, completion_tokens: 450, total_tokens: 73_450, ...both }
    expect(countsOf(chat(beside))).toEqual([40_000, 30_000, 3000, 0, 450, null])
  })

  it('is told from a Message: a Response has its details', () => {
    const usage = { input_tokens: 33_012, output_tokens: 450, total_tokens: 33_462, ...both }
    expect(countsOf(chat({ ...usage, input_tokens_details: { cached_tokens: 30_000 } }))).toEqual(found)
  })
})

describe('a body of DeepSeek', () => {
  it.each([
    ['hits and misses', { prompt_cache_hit_tokens: 960, prompt_cache_miss_tokens: 40 }, [40, 960]],
    [
      'hits of 0 and cached tokens that add up',
      { prompt_cache_hit_tokens: 0, prompt_cache_miss_tokens: 40, prompt_tokens_details: { cached_tokens: 960 } },
      [40, 960],
    ],
    ['hits that are null, and misses', { prompt_cache_hit_tokens: null, prompt_cache_miss_tokens: 40 }, [40, 960]],
    ['misses alone', { prompt_cache_miss_tokens: 40 }, [40, 960]],
    ['hits alone', { prompt_cache_hit_tokens: 960 }, [40, 960]],
    ['hits that are null', { prompt_cache_hit_tokens: null }, [1000, null]],
    [
      'hits that are null, and cached tokens',
      { prompt_cache_hit_tokens: null, prompt_tokens_details: { cached_tokens: 960 } },
      [40, 960],
    ],
  ])('with %s', (_, cache, expected) => {
    const found = countsOf(chat({ prompt_tokens: 1000, completion_tokens: 5, total_tokens: 1005, ...cache }))
    expect(found).toEqual([...expected, 0, 0, 5, null])
  })

  it.each([
    ['hits and misses that do not add up', [0, 40], 'its hits and misses are not its prompt'],
    ['more misses than prompt', [0, 1001], 'it has more misses than prompt'],
    ['more hits than prompt', [1001, undefined], 'it has more hits than prompt'],
  ])('with %s cannot be read', (_, [hit, miss], why) => {
    const usage = { prompt_tokens: 1000, prompt_cache_hit_tokens: hit, prompt_cache_miss_tokens: miss }
    expect(countsOf(chat({ ...usage, completion_tokens: 5 }))).toBe(why)
  })
})
