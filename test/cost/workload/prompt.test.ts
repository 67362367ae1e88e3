import { expect, it } from 'vitest'
import { promptOf, repeatedOf } from '../../../src/cost/workload/prompt.ts'

const shape = {
  shared: 100,
  session: 200,
  turn: 10,
  context: 30,
  output: 50,
  reasoning: 40,
  start_overhead: 3,
  end_overhead: 2,
  answer_overhead: 4,
  first: 1,
  last: 3,
  gap_s: 30,
  history: true,
  keeps: false,
}

it.each([
  // 3 + 100 + 200 + 30 + 2 = 335, and 3 × 10 + 2 × (50 − 40 + 4)
  { it: 'the third prompt sends two answers again', own: {}, prompt: 393 },
  { it: 'with their reasoning where it is kept', own: { keeps: true }, prompt: 473 },
  { it: 'and none without history', own: { history: false }, prompt: 345 },
])('$it', ({ own, prompt }) => {
  expect(promptOf({ ...shape, ...own }, 3)).toBe(prompt)
})

it('the next prompt repeats what stands before context, or all of it where there is none', () => {
  // Without the 30 of context and the 2 behind it
  expect(repeatedOf(shape, 3)).toBe(361)
  expect(repeatedOf({ ...shape, context: 0 }, 3)).toBe(363)
})
