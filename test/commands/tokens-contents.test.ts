import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dsprice } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() => {
  const write = (name: string, data: string): void => writeFileSync(join(folder, name), data)
  write('a.md', '---\ntitle: a\n---\nhello {{x}}')
  write('b.md', 'hello data:image/png;base64,iVBORw0KGgo=')
  write('values.yaml', 'x: hello\ny: 1\n')
  write('chat.json', '[{"role": "user", "content": "hello"}, {"role": "assistant", "content": "hello hello"}]')
  write(
    'picture.json',
    '[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://a.b/c.png"}}]}]',
  )
})

const tokens = async (...args: readonly string[]) => {
  const { code, out, err } = await dsprice(['tokens', ...args, '--json'], folder)
  return { code, err, data: out === '' ? null : JSON.parse(out) }
}

it('counts messages with what the chat template adds to each: 3 words and 2 × 4', async () => {
  const { data } = await tokens('--messages', 'chat.json', '--model', 'gpt-5.5')
  expect(data.files).toEqual([
    expect.objectContaining({ file: 'chat.json', kind: 'messages', tokens: 11, exact: true }),
  ])
})

it('leaves out front matter and fills placeholders in: 2 words', async () => {
  const { data, err } = await tokens('a.md', '--values', 'values.yaml', '--model', 'gpt-5.5')
  expect(data.files).toEqual([expect.objectContaining({ file: 'a.md', kind: 'text', tokens: 2 })])
  expect(err).toContain('VALUE_UNUSED')
})

it('does not count data inside a text, and says so', async () => {
  const { data, err } = await tokens('b.md', '--model', 'gpt-5.5')
  // hello, and a space
  expect(data.files[0].tokens).toBe(2)
  expect(err).toContain('image/png of 8 bytes')
})

it('estimates a picture of unknown size: 4 and 1,229, from 1 to 12,600', async () => {
  const { data } = await tokens('--messages', 'picture.json', '--model', 'gpt-5.5')
  expect(data.files[0]).toMatchObject({ tokens: { low: 5, high: 12_604 }, estimate: 1233, exact: false })
})

it('a picture has no count for a model without a rule', async () => {
  const { code, err } = await tokens('--messages', 'picture.json', '--model', 'deepseek-v4-pro')
  expect(code).toBe(3)
  expect(err).toContain('NO_IMAGE_RULE')
})
