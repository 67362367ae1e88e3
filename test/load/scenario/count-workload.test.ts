import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dsprice, repository } from '../../fake-io.ts'

interface Sent {
  readonly prompt: number
  readonly template: number | null
}

/** Tokens of all prompts of a request, priced from a book that is frozen. */
const sentBy = async (model: string, request: string): Promise<Sent> => {
  const scenario = `{name: a, pricing: "2026-11-23", at: 2026-11-23, model: ${model}, cache: none, request: ${request}}`
  const { out, err } = await dsprice(['estimate', '-', '--json'], repository, { stdin: scenario })
  const [result] = JSON.parse(out || err).scenarios
  return { prompt: result.tokens.prompt, template: result.overhead.template }
}

// "Hello" is one token, "Hi there!" three and "Hmm" two, in both vocabularies.
const TALK = 'turns: 20, turn: {text: Hello}, output: {text: Hi there!}, history: true'
const [HELLO, HI] = [1, 3]
/** Over 20 calls: 1 + … + 20 turns, and 0 + … + 19 earlier answers. */
const [CALLS, TURNS, ANSWERS] = [20, 210, 190]

describe('what a chat template has once a prompt is counted once a prompt', () => {
  it.each([
    // deepseek-flash states its effort: 27 a prompt, 3 around a turn, and an answer ends with 1; reasoning is not sent.
    {
      model: 'deepseek-flash',
      request: `{${TALK}, reasoning: {text: Hmm}}`,
      prompt: 27 * CALLS + TURNS * (HELLO + 3) + ANSWERS * (HI - 2 + 1),
    },
    // 3 before the answer, 4 for each message.
    { model: 'gpt-5.5', request: `{${TALK}}`, prompt: 3 * CALLS + TURNS * (HELLO + 4) + ANSWERS * (HI + 4) },
    { model: 'deepseek-v4-pro', request: `{${TALK}}`, prompt: CALLS + TURNS * (HELLO + 3) + ANSWERS * (HI + 1) },
    // A number holds everything, so nothing is put around the turns; the system message has 4 of its own.
    {
      model: 'gpt-5.5',
      request: '{turns: 20, shared: {text: Hello}, turn: 10, output: 5, history: true}',
      prompt: CALLS * (HELLO + 4 + 3) + TURNS * 10 + ANSWERS * 5,
    },
    {
      model: 'gpt-5.5',
      request: '{turns: 20, shared: 100, session: {text: Hello}, turn: 10, output: 5, history: true}',
      prompt: CALLS * (100 + HELLO + 4 + 3) + TURNS * 10 + ANSWERS * 5,
    },
    // Context is the end of the message that asks; where nothing else has text, that message.
    {
      model: 'gpt-5.5',
      request: '{turns: 20, turn: {text: Hello}, context: {text: Hi there!}, output: 5, history: true}',
      prompt: CALLS * (HI + 3) + TURNS * (HELLO + 4) + ANSWERS * 5,
    },
    {
      model: 'gpt-5.5',
      request: '{turns: 20, turn: 10, context: {text: Hi there!}}',
      prompt: CALLS * (10 + HI + 4 + 3),
    },
    // Text that is only sent again as an earlier answer is text of a prompt, too.
    {
      model: 'gpt-5.5',
      request: '{turns: 20, turn: 10, output: {text: Hi there!}, history: true}',
      prompt: CALLS * 3 + TURNS * 10 + ANSWERS * (HI + 4),
    },
    { model: 'gpt-5.5', request: '{turns: 20, turn: 10, output: {text: Hi there!}}', prompt: CALLS * 10 },
    { model: 'gpt-5.5', request: '{turn: 10, output: {text: Hi there!}, history: true}', prompt: 10 },
    { model: 'gpt-5.5', request: '{turns: 20, turn: 10, output: 5, history: true}', prompt: CALLS * 0 + 2100 + 950 },
    // Only reasoning above 0 is the template's thinking mode.
    {
      model: 'deepseek-flash',
      request: '{turn: {text: Hello}, output: 5, reasoning: {text: ""}}',
      prompt: 1 + HELLO + 3,
    },
    { model: 'deepseek-flash', request: '{turn: {text: Hello}, output: 5, reasoning: [0]}', prompt: 1 + HELLO + 3 },
    { model: 'deepseek-flash', request: '{turn: {text: Hello}, output: 5, reasoning: [1]}', prompt: 27 + HELLO + 3 },
    // Without history every call is a prompt of its own.
    { model: 'deepseek-flash', request: '{turns: 20, turn: {text: Hello}}', prompt: CALLS * (1 + HELLO + 3) },
  ])('$model, $request', async ({ model, request, prompt }) => {
    expect(await sentBy(model, request)).toMatchObject({ prompt })
  })

  it.each([
    { model: 'deepseek-v4-pro', once: 1, user: 3, answer: 1 },
    { model: 'gpt-5.5', once: 3, user: 4, answer: 4 },
  ])('$model: over T turns the template adds T × once, T(T+1)/2 × user and T(T−1)/2 × answer', async terms => {
    const { model, once, user, answer } = terms
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async turns => {
        const { prompt, template } = await sentBy(model, `{${TALK.replace('20', String(turns))}}`)
        const [sent, again] = [(turns * (turns + 1)) / 2, (turns * (turns - 1)) / 2]
        expect(template).toBe(turns * once + sent * user + again * answer)
        expect(prompt).toBe(Number(template) + sent * HELLO + again * HI)
      }),
      { numRuns: 4 },
    )
  })

  it('stands before everything else, where a cache finds it again, or behind, where it does not', async () => {
    const hits = async (model: string, request: string): Promise<number> => {
      const scenario = `{name: a, pricing: "2026-11-23", at: 2026-11-23, model: ${model}, traffic: {requests: 2}, request: ${request}}`
      const { out } = await dsprice(['estimate', '-', '--json'], repository, { stdin: scenario })
      return JSON.parse(out).scenarios[0].tokens.cache_read
    }
    // gpt-5.5 reads prefixes of 1,024 tokens and more in blocks of 128: the 3 before the answer are in none.
    expect(await hits('gpt-5.5', '{shared: 1022, turn: {text: Hello}, output: 1}')).toBe(0)
    expect(await hits('gpt-5.5', '{shared: 1024, turn: {text: Hello}, output: 1}')).toBe(1024)
  })
})
