import { describe, expect, it } from 'vitest'
import type { Advice } from '../../../src/model/result/advice.ts'
import { answerOf, leftOver } from '../../../src/report/advice/in-words.ts'

const saving = { saving: '9', saving_share: 0.9 }
const model = { kind: 'model', what: 'model a', quality: { from: null, to: null }, in_return: ['quality unknown'] }

/** Advice of which only the plan and what it is about is known. */
const advice = (more: object): Advice =>
  ({
    scenario: { per: 'month' },
    terms: { models: 0, cheaper: 0 },
    levers: [model, model],
    nothing: [],
    not_offered: [],
    skipped: [],
    plan: null,
    ...more,
  }) as unknown as Advice

describe('a plan in words', () => {
  it('names what it leaves once for each reason', () => {
    const left = [
      { lever: 1, why: 'it would take the place of 1' },
      { lever: 2, why: 'it saves nothing on top of these' },
      { lever: 3, why: 'it would take the place of 1' },
    ]
    expect(leftOver(advice({ plan: { left } }))).toEqual([
      'Not in the plan: 2, 4 (it would take the place of 1); 3 (it saves nothing on top of these).',
    ])
    expect(leftOver(advice({ plan: { left: [] } }))).toEqual([])
  })

  it('says once that the quality is unknown', () => {
    const plan = { steps: [{ lever: 0 }, { lever: 1 }], ...saving }
    expect(answerOf(advice({ plan })).by).toBe('2 changes one on top of another; quality unknown')
  })
})
