import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScenarioResult } from '../../../src/model/result/result.ts'
import { dsprice } from '../../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, data: unknown): void =>
  writeFileSync(join(folder, name), typeof data === 'string' ? data : JSON.stringify(data))

const hello = (count: number): string => Array(count).fill('hello').join(' ')

beforeAll(() => {
  write('head.md', `${hello(5)}\n{{who}} ${hello(3)}`)
  write('start.md', '{{who}} hello')
  write('values.yaml', 'who: hello hello\n')
  write('tools.json', [
    { type: 'function', function: { name: 'a', description: 'hello', parameters: { type: 'object', properties: {} } } },
  ])
  write('few.json', [
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: 'hello hello' },
  ])
  write('called.json', {
    messages: [
      { role: 'user', content: 'hello' },
      { role: 'assistant', tool_calls: [{ function: { name: 'a', arguments: '{}' } }] },
    ],
  })
  write('with-tools.json', {
    messages: [{ role: 'user', content: 'hello' }],
    tools: JSON.parse('[{"type": "function", "function": {"name": "a"}}]'),
  })
})

const estimate = async (request: Record<string, unknown>, rest: Record<string, unknown> = {}) => {
  const scenario = {
    name: 'a',
    model: 'gpt-5.5',
    pricing: '2026-11-23',
    at: '2026-11-23',
    request: { output: 10, ...request },
    ...rest,
  }
  write('a.yaml', scenario)
  const { code, out, err } = await dsprice(['estimate', 'a.yaml', '--json'], folder, { newer: true })
  const [found] = code === 0 ? (JSON.parse(out) as { scenarios: ScenarioResult[] }).scenarios : []
  return { code, err, found }
}

const meansOf = (found: ScenarioResult | undefined): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(found?.input.request ?? {}).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null
        ? [[key, Number(value.mean)]]
        : typeof value === 'number' && value > 0
          ? [[key, value]]
          : [],
    ),
  )

describe('a template under shared', () => {
  const template = { template: 'head.md', values: 'values.yaml' }

  it('ends it at the first placeholder: the rest is alike within one conversation', async () => {
    const { found } = await estimate({ shared: template, turn: { text: 'hello' }, turns: 3 })
    // 5 words and a line break, with the 4 of the system message; 2 + 3 words; 1 word and the 4 of the user's.
    expect(meansOf(found)).toMatchObject({ shared: 6 + 4, session: 5, turn: 1 + 4 })
    expect(found?.assumptions).toContainEqual(
      expect.objectContaining({ code: 'SHARED_ENDS', what: expect.stringContaining('head.md:2:1') }),
    )
  })

  it('takes what follows it in the list along, in front of what session has', async () => {
    const { found } = await estimate({ shared: [100, template, 7], session: 1000, turn: 3 })
    const { request } = found?.input ?? {}
    expect(meansOf(found)).toMatchObject({ shared: 100 + 6 + 4, session: 5 + 7 + 1000 })
    expect(typeof request?.session === 'object' && request.session.parts.map(({ source }) => source)).toEqual([
      'head.md, filled in',
      'number',
      'number',
    ])
  })

  it('leaves nothing shared where it begins with one; its text is the system message still', async () => {
    const { found } = await estimate({
      shared: { template: 'start.md', values: 'values.yaml' },
      turn: { text: 'hello' },
    })
    expect(meansOf(found)).toMatchObject({ session: 3 + 4, turn: 1 + 4 })
    expect(found?.input.request?.shared).toBe(0)
  })

  it('costs what the same text costs as shared and session', async () => {
    const traffic = { traffic: { requests: 1000, per: 'day' } }
    const alike = { turn: [300, { text: 'hello' }], turns: 4, history: true }
    const head = [{ text: `${hello(5)}\n` }, 3000]
    const split = await estimate({ ...alike, shared: head, session: [2000, { text: 'hello hello hello' }] }, traffic)
    const filled = { template: 'start.md', values: 'values.yaml' }
    const ended = await estimate({ ...alike, shared: [...head, filled, 2000] }, traffic)
    expect(ended.found?.tokens).toEqual(split.found?.tokens)
    expect(ended.found?.costs).toEqual(split.found?.costs)
    expect(Number(ended.found?.tokens.cache_read)).toBeGreaterThan(0)
  })

  it('elsewhere is filled in, whole', async () => {
    const { found } = await estimate({ turn: template })
    expect(meansOf(found)).toMatchObject({ turn: 6 + 5 + 4 })
    expect(found?.assumptions.map(({ code }) => code)).not.toContain('SHARED_ENDS')
  })

  it('without values is refused', async () => {
    const { code, err } = await estimate({ shared: { template: 'head.md' } })
    expect(code).toBe(2)
    expect(err).toContain('must have both template and values')
  })
})

describe('messages', () => {
  it('bring the template’s tokens message by message; what a prompt has once is counted once', async () => {
    const { found } = await estimate({ shared: [{ text: 'hello' }, { messages: 'few.json' }], turn: { text: 'hello' } })
    // 1 + 1 + 2 words and 3 messages of 4; 1 word and 4; 3 a prompt
    expect(meansOf(found)).toMatchObject({ shared: 4 + 12, turn: 5, end_overhead: 3 })
    expect(found?.tokens).toMatchObject({ prompt: 24, exact: true })
  })

  it('DeepSeek: 3 for a user’s message, 1 for an answer, 1 a prompt, exact where roles take turns', async () => {
    const { found } = await estimate(
      { shared: { messages: 'few.json' }, turn: { text: 'hello' } },
      { model: 'deepseek-v4-pro' },
    )
    expect(found?.tokens).toMatchObject({ prompt: 1 + (1 + 3) + (2 + 1) + (1 + 3), exact: true })
    const twice = await estimate(
      { shared: { messages: 'with-tools.json' }, turn: { text: 'hello' } },
      { model: 'deepseek-v4-pro' },
    )
    expect(twice.found?.tokens.exact).toBe(false)
  })

  it.each([
    ['with-tools.json', 'REASONING_KEPT'],
    ['called.json', 'REASONING_KEPT'],
    ['few.json', 'REASONING_DROPPED'],
  ])('%s: %s, where a model keeps earlier reasoning with tools', async (file, code) => {
    const thinks = { turn: { messages: file }, turns: 3, history: true, reasoning: 5 }
    const { found } = await estimate(thinks, { model: 'deepseek-v4-pro', pricing: '2026-11-29', at: '2026-11-29' })
    expect(found?.assumptions.map(one => one.code)).toContain(code)
  })
})

describe('pictures', () => {
  const image = { image: { width: 1024, height: 1024 } }

  it('need no tokenizer, and add nothing of the chat template', async () => {
    const { found } = await estimate({ turn: [100, image] }, { model: 'gpt-6-sol' })
    // 100 + 1,024 × 1.2, ±5 %
    expect(found?.tokens).toMatchObject({ prompt: { low: 1267, high: 1391 }, exact: false })
  })

  it('are counted once more for each model that is compared; one without a rule is left out', async () => {
    await estimate({ turn: [100, image] })
    const { out } = await dsprice(
      ['compare', 'a.yaml', '--models', 'gpt-5.5,claude-opus-4.7,deepseek-v4-pro', '--json'],
      folder,
    )
    const { scenarios, left_out } = JSON.parse(out) as { scenarios: ScenarioResult[]; left_out: unknown[] }
    expect(scenarios.map(({ model, tokens }) => [model, tokens.prompt])).toEqual(
      expect.arrayContaining([['claude-opus-4.7', 1469]]),
    )
    expect(left_out).toEqual([
      expect.objectContaining({ model: 'deepseek-v4-pro', why: 'no rule for its image tokens is known' }),
    ])
  })

  it('in a fleet follow each leg’s model', async () => {
    const routing = {
      legs: [
        { model: 'gpt-5.5', share: '50%' },
        { model: 'claude-opus-4.7', share: '50%' },
      ],
    }
    const { found } = await estimate({ turn: image }, { model: undefined, routing })
    expect(found?.input.counted?.['claude-opus-4.7']?.request?.turn).toMatchObject({ mean: '1369' })
    expect(found?.assumptions.filter(({ code }) => code === 'IMAGE_RULE')).toHaveLength(2)
  })

  it('without a rule: exit 3, at the key', async () => {
    const { code, err } = await estimate({ turn: image }, { model: 'deepseek-v4-pro' })
    expect(code).toBe(3)
    expect(JSON.parse(err)).toMatchObject({ errors: [{ code: 'NO_IMAGE_RULE', path: 'request.turn' }] })
  })

  it('a result with them is rendered, and compared, without its files', async () => {
    await estimate({ turn: [{ messages: 'few.json' }, image] })
    await dsprice(['estimate', 'a.yaml', '--json', '-o', 'base.json'], folder)
    const rendered = await dsprice(['render', 'base.json', '--json'], folder)
    expect(rendered.code).toBe(0)
    await estimate({ turn: [{ messages: 'few.json' }, { image: { width: 512, height: 512 } }] })
    const { code, out } = await dsprice(['diff', 'base.json', 'a.yaml', '--json'], folder)
    expect(code).toBe(0)
    expect(out).toContain('"part": "image 512×512"')
  })
})

it('data inside a text of the scenario itself is named at its key', async () => {
  const { err, found } = await estimate({ turn: [10, { text: `hello data:image/png;base64,iVBORw0KGgo=` }] })
  // The word, and a space behind it; 4 around them.
  expect(meansOf(found)).toMatchObject({ turn: 10 + 2 + 4 })
  expect(err).toMatch(/DATA_URI_LEFT_OUT.*a\.yaml:1:\d+/)
})
