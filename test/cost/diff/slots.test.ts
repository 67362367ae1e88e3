import { describe, expect, it } from 'vitest'
import * as slots from '../../../src/cost/diff/slots.ts'
import type { Length, Part } from '../../../src/model/scenario/counted.ts'

const part = (source: string, tokens: number, kind: Part['kind'] = 'text'): Part => ({
  source,
  kind,
  samples: [tokens],
  tokenizer: 't',
  exact: true,
})

const length = (...parts: Part[]): Length => ({ mean: '0', min: 0, max: 0, parts })

const paired = (from: Length, to: Length): string[] =>
  slots.slotsOf(from, to).map(slot => {
    const [a, b] = [slot.from, slot.to].map(one => (one ? `${one.source} ${one.samples[0]}` : '-'))
    return `${a} → ${b}${slots.isChanged(slot) ? ' *' : ''}`
  })

describe('parts of a length are paired', () => {
  it.each<[string, Length, Length, string[]]>([
    [
      'by name, whatever their order',
      length(part('a', 1), part('b', 2)),
      length(part('b', 2), part('a', 3)),
      ['b 2 → b 2', 'a 1 → a 3 *'],
    ],
    ['a renamed one with what it replaces', length(part('a', 1)), length(part('b', 2)), ['a 1 → b 2 *']],
    ['a renamed one of the same tokens, which is no change', length(part('a', 1)), length(part('b', 1)), ['a 1 → b 1']],
    ['a number with the file in its place', 9, length(part('a', 1)), ['number 9 → a 1 *']],
    ['nothing with nothing: 0 tokens are no part', 0, length(part('a', 1)), ['- → a 1 *']],
    ['what is gone comes last', length(part('a', 1), part('b', 2)), length(part('b', 2)), ['b 2 → b 2', 'a 1 → - *']],
    ['without the chat template', length(part('t', 4, 'template')), length(part('t', 5, 'template')), []],
  ])('%s', (_, from, to, expected) => {
    expect(paired(from, to)).toEqual(expected)
  })
})

it('a band that moved is a change, though the stated count did not', () => {
  const [from, to] = [10, 11].map(high => ({ ...part('a', 9), exact: false, low: [8], high: [high] }))
  expect(slots.isChanged({ from: from ?? null, to: to ?? null })).toBe(true)
})

it('a mix takes some parts and the template from the other side: 1 + 20 + 7 tokens', () => {
  const from = length(part('a', 1), part('b', 2), part('t', 5, 'template'))
  const to = length(part('a', 10), part('b', 20), part('t', 7, 'template'))
  const mixed = slots.mixParts(from, to, { isTaken: slot => slot === 1, template: true })
  expect(mixed).toMatchObject({ mean: '28', min: 28 })
  expect(slots.isTemplateChanged(from, to)).toBe(true)
  expect([slots.templateTokens(from), slots.templateTokens(3), slots.tokensOf(null)]).toEqual(['5', 0, null])
})
