import { describe, expect, it } from 'vitest'
import type { Detail } from '../../../src/model/scenario/length.ts'
import { imageRuleOf } from '../../../src/tokens/index.ts'

const tokensOf = (model: string, width: number, height: number, detail?: Detail): number =>
  imageRuleOf(model).count({ size: { width, height }, detail }).tokens

// Worked by hand from the rules of the providers' pages: 512², 1024² and 1920×1080 pixels.
describe('pictures by the published rules', () => {
  it.each<{ model: string; counts: readonly [number, number, number] }>([
    // 85 + 170 × 1, 4 and 6 tiles
    { model: 'gpt-4o', counts: [255, 765, 1105] },
    { model: 'gpt-4o-2024-05-13', counts: [255, 765, 1105] },
    { model: 'gpt-4.1', counts: [255, 765, 1105] },
    { model: 'gpt-4o-mini', counts: [8500, 25_501, 36_835] },
    { model: 'gpt-5', counts: [210, 630, 910] },
    { model: 'o3', counts: [225, 675, 975] },
    { model: 'o3-pro', counts: [225, 675, 975] },
    // 256, 1,024 and 52 × 29 = 1,508 patches, times the factor
    { model: 'gpt-5-mini', counts: [415, 1659, 2443] },
    { model: 'gpt-4.1-nano', counts: [630, 2520, 3710] },
    { model: 'o4-mini', counts: [441, 1762, 2594] },
    // 60 × 34 patches
    { model: 'gpt-5.5', counts: [308, 1229, 2448] },
    { model: 'gpt-6-sol', counts: [308, 1229, 2448] },
    // 19², 37², and 52 × 30 or 69 × 39 squares
    { model: 'claude-sonnet-4.6', counts: [361, 1369, 1560] },
    { model: 'claude-haiku-4.5', counts: [361, 1369, 1560] },
    { model: 'claude-opus-4.7', counts: [361, 1369, 2691] },
    { model: 'claude-fable-5.2', counts: [361, 1369, 2691] },
    // 258 × 4, 4 and 6
    { model: 'gemini-2.5-pro', counts: [1032, 1032, 1548] },
    { model: 'gemini-3.8-flash', counts: [1120, 1120, 1120] },
    // 18², 37², 69 × 39; 16², 32², 60 × 34; and two marks
    { model: 'qwen2.5-vl-72b', counts: [326, 1371, 2693] },
    { model: 'qwen3-vl-235b', counts: [258, 1026, 2042] },
    // 32 × 33, 64 × 65, 36 × 65; 19 × 20, 37 × 38, 31 × 56
    { model: 'pixtral-12b-2409', counts: [1056, 4160, 2340] },
    { model: 'mistral-medium-3.1', counts: [380, 1406, 1736] },
  ])('of $model', ({ model, counts }) => {
    expect([tokensOf(model, 512, 512), tokensOf(model, 1024, 1024), tokensOf(model, 1920, 1080)]).toEqual(counts)
  })

  it.each<{ it: string; model: string; size: readonly [number, number]; detail?: Detail; tokens: number }>([
    // 33 × 44 = 1,452 patches
    { it: "OpenAI's own example", model: 'gpt-5-mini', size: [1800, 2400], tokens: Math.ceil(1452 * 1.62) },
    { it: '3840×2160 whole, 120 × 68', model: 'gpt-6-sol', size: [3840, 2160], tokens: 9792 },
    { it: '3840×2160 at high, 66 × 37', model: 'gpt-6-sol', size: [3840, 2160], detail: 'high', tokens: 2931 },
    { it: 'a photograph whole, 126 × 95', model: 'gpt-6-sol', size: [4032, 3024], tokens: 14_364 },
    { it: 'the same with a cap, 115 × 86', model: 'gpt-5.5', size: [4032, 3024], tokens: 11_868 },
    { it: 'the same at high, 57 × 43', model: 'gpt-6-sol', size: [4032, 3024], detail: 'high', tokens: 2942 },
    { it: '3840×2160 for Claude, 92 × 52', model: 'claude-opus-5', size: [3840, 2160], tokens: 4784 },
    { it: 'low detail as the base alone', model: 'gpt-4o', size: [4032, 3024], detail: 'low', tokens: 85 },
    { it: 'a small picture as one tile', model: 'gemini-2.5-flash', size: [384, 384], tokens: 258 },
    { it: 'a level', model: 'gemini-3-pro-preview', size: [10, 10], detail: 'low', tokens: 280 },
  ])('$it', ({ model, size, detail, tokens }) => {
    expect(tokensOf(model, ...size, detail)).toBe(tokens)
  })
})

describe('which rule a model has', () => {
  it.each([
    ['aws-bedrock/claude-opus-4.7-global', 'claude-opus-4.7'],
    ['aws-bedrock/claude-sonnet-4.6', 'claude-sonnet-4.6'],
    ['claude-sonnet-4-20250514', 'claude-sonnet-4'],
    ['claude-opus-4-7', 'claude-opus-4.7'],
    ['claude-opus-4-6', 'claude-opus-4.6'],
    ['claude-opus-4-7-20260416', 'claude-opus-4.7'],
    ['azure/gpt-5.6-luna', 'gpt-5.6-sol'],
  ])('%s: that of %s', (model, other) => {
    expect(imageRuleOf(model).words).toBe(imageRuleOf(other).words)
  })

  it.each([
    'deepseek-v4-pro',
    'glm-5.3',
    'kimi-k3',
    'groq/llama-3.3-70b-versatile',
    'o3-mini',
    'text-embedding-3-large',
    '',
  ])('%s: none', model => {
    expect(() => imageRuleOf(model)).toThrow('no rule for its image tokens is known')
  })

  it('a model newer than its rule has a wide band: 1,024 × 1.2, ±50 %', () => {
    expect(imageRuleOf('gpt-7').count({ size: { width: 1024, height: 1024 } })).toEqual({
      tokens: 1229,
      low: 614,
      high: 1844,
    })
  })

  it('a published rule has no band, one recalled ±25 %, an upper bound 5 % below', () => {
    const size = { width: 1024, height: 1024 }
    expect(imageRuleOf('claude-opus-5').count({ size })).toEqual({ tokens: 1369, low: 1369, high: 1369 })
    expect(imageRuleOf('gemini-2.5-pro').count({ size })).toEqual({ tokens: 1032, low: 774, high: 1290 })
    expect(imageRuleOf('gemini-3-pro-preview').count({ size })).toEqual({ tokens: 1120, low: 1064, high: 1120 })
  })

  it('a picture of unknown size is 1024², from one square to the most', () => {
    expect(imageRuleOf('claude-opus-5').count({ size: null })).toEqual({ tokens: 1369, low: 1, high: 4784 })
    // One tile; and 2048×768, 4 × 2 tiles.
    expect(imageRuleOf('gpt-4o').count({ size: null })).toEqual({ tokens: 765, low: 255, high: 1445 })
  })
})

it('a picture of any shape is counted at once, within its cap', () => {
  const began = performance.now()
  for (const [width, height] of [
    [1, 100_000],
    [100_000, 1],
    [100_000, 100_000],
    [99_999, 3],
  ] as const) {
    for (const model of [
      'gpt-5-mini',
      'gpt-4o',
      'claude-sonnet-4',
      'claude-opus-5',
      'gemini-2.5-pro',
      'mistral-small-2603',
    ]) {
      expect(tokensOf(model, width, height)).toBeGreaterThan(0)
    }
    expect(tokensOf('claude-opus-5', width, height)).toBeLessThanOrEqual(4784)
    expect(tokensOf('claude-sonnet-4', width, height)).toBeLessThanOrEqual(1568)
  }
  expect(performance.now() - began).toBeLessThan(1000)
})
