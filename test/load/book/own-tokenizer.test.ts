import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Files } from '../../../src/io.ts'
import { readBook } from '../../../src/load/book/book.ts'
import { dsprice, fakeIo } from '../../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const bytes = Array.from({ length: 256 }, (_, byte) => Buffer.from([byte]))
const ranks = [...bytes, Buffer.from('ab')].map((token, rank) => `${token.toString('base64')} ${rank}`).join('\n')
writeFileSync(join(folder, 'own.tiktoken'), ranks)

const reads: string[] = []
const io = fakeIo(folder)
const files: Files = {
  ...io,
  read: (path, limit) => {
    reads.push(path)
    return io.read(path, limit)
  },
}
const layer = (name: string, models: readonly object[]): string => {
  writeFileSync(join(folder, name), JSON.stringify({ schema: 'dsprice/pricing/1', models }))
  return `./${name}`
}
const own = (file: string, split = 'cl100k_base') => ({ tokenizer: { file, split } })

it('is one for all models that have it, and read once, when it first counts', async () => {
  const priced = await readBook(
    [
      layer('a.json', [
        { id: 'gpt-5.5', ...own('own.tiktoken') },
        { id: 'deepseek-v4-pro', ...own('./own.tiktoken') },
      ]),
      layer('b.json', [{ id: 'deepseek-v4-flash', ...own(join(folder, 'own.tiktoken')) }]),
    ],
    files,
  )
  const names = ['gpt-5.5', 'deepseek-v4-pro'].map(id => priced.book.models.find(one => one.id === id)?.tokenizer)
  expect(names).toEqual(['file+cl100k_base:own.tiktoken', 'file+cl100k_base:own.tiktoken'])
  expect(reads.filter(path => path.includes('own.tiktoken'))).toEqual([])
  const tokenizer = priced.tokenizers?.get(names[0] ?? '')
  const [first, second] = [await tokenizer?.load(), await tokenizer?.load()]
  expect(first).toBe(second)
  // "ab" is a token, and "c" a byte.
  expect(first?.count('abc')).toEqual({ tokens: 2, low: 2, high: 2 })
  expect(reads.filter(path => path.includes('own.tiktoken'))).toEqual(['own.tiktoken'])
})

it('is another with another split', async () => {
  const models = [
    { id: 'gpt-5.5', ...own('own.tiktoken') },
    { id: 'deepseek-v4-pro', ...own('own.tiktoken', 'kimi') },
  ]
  const { tokenizers } = await readBook([layer('a.json', models)], files)
  expect([...(tokenizers?.keys() ?? [])]).toEqual(['file+cl100k_base:own.tiktoken', 'file+kimi:own.tiktoken'])
})

it('is none by its name alone: only a file that is checked has one', async () => {
  const { book, tokenizers } = await readBook(
    [layer('a.json', [{ id: 'gpt-5.5', tokenizer: 'file:/etc/passwd' }])],
    files,
  )
  expect(book.models.find(({ id }) => id === 'gpt-5.5')?.tokenizer).toBe('file:/etc/passwd')
  expect(tokenizers).toBeUndefined()
})

it('stays where the catalogue lies under the book', async () => {
  const shown = fakeIo(folder, { catalogue: true, newer: true })
  const path = layer('a.json', [{ id: 'finch/whistler', ...own('own.tiktoken') }])
  const priced = await readBook([path], shown, { names: ['finch/whistler'] })
  expect([...(priced.tokenizers?.keys() ?? [])]).toEqual(['file+cl100k_base:own.tiktoken'])
})

it('a Git LFS pointer is told from a file that is no tokenizer', async () => {
  writeFileSync(join(folder, 'pointer.json'), 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n')
  const { code, err } = await dsprice(['tokens', 'own.tiktoken', '--tokenizer', 'pointer.json'], folder)
  expect([code, err]).toEqual([2, expect.stringContaining('it is a Git LFS pointer')])
})
