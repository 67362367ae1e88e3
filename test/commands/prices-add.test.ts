import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { dsprice } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => rmSync(join(folder, 'mine.json'), { force: true }))

const add = (...argv: string[]) => dsprice(['prices', 'add', ...argv], folder)
const mine = () => JSON.parse(readFileSync(join(folder, 'mine.json'), 'utf8'))
const RATES = ['--input', '2', '--output', '6']

describe('prices add', () => {
  it('writes a file that prices the new model, and says what to try', async () => {
    const { code, out, err } = await add('acme-large', ...RATES, '--provider', 'acme', '-o', 'mine.json')
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toBe(
      'note: mine.json: acme-large (acme) from 2026-11-24: input $2.00, cache reads unknown, output $6.00 per 1M tokens\n' +
        '  next: dsprice compare --models acme-large --pricing mine.json\n',
    )
    const priced = await dsprice(['compare', '--models', 'acme-large', '--pricing', 'mine.json', '--json'], folder)
    // 750K in at 2 is 1.5, 250K out at 6 is 1.5.
    expect(JSON.parse(priced.out).scenarios[0].costs.headline).toBe('3')
    expect(await dsprice(['prices', 'lint', 'mine.json'], folder)).toMatchObject({ code: 0 })
  })

  it('extends a file and keeps what it says', async () => {
    await add('one', ...RATES, '--provider', 'acme', '-o', 'mine.json')
    writeFileSync(join(folder, 'mine.json'), JSON.stringify({ ...mine(), note: 'kept', discounts: [] }))
    const before = mine()
    await add('two', ...RATES, '--provider', 'acme', '--cache-read', 'none', '--source', 'Offer 7', '-o', 'mine.json')
    expect(mine()).toEqual({
      ...before,
      sources: { ...before.sources, 'own-2': expect.objectContaining({ title: 'Offer 7', grade: 'own' }) },
      models: [...before.models, expect.objectContaining({ id: 'two' })],
    })
    expect(mine().models[1].prices[0].cache_read).toBe('not_offered')
  })

  it('takes provider, tokenizer and limits from a model that it is like', async () => {
    await add('gpt-mine', ...RATES, '--like', 'gpt-5.5', '--context', '1M', '-o', 'mine.json')
    expect(mine().models[0]).toMatchObject({ provider: 'openai', tokenizer: 'o200k_base', context: 1_000_000 })
    expect(mine().providers).toBeUndefined()
  })

  it('lays a dated row over a known model, under its id', async () => {
    const { err } = await add(
      'claude-opus-4-7',
      ...RATES,
      '--cache-read',
      '0.2',
      '--from',
      '2026-12-01',
      '-o',
      'mine.json',
    )
    expect(mine().models).toMatchObject([
      { id: 'claude-opus-4.7', prices: [{ from: '2026-12-01', cache_write: null }] },
    ])
    expect(err).toContain('over the rows of the book')
    expect(err).toContain('--at 2026-12-01')
  })

  it('prints the file where none is named', async () => {
    const { code, out, err } = await add('acme-large', ...RATES, '--provider', 'acme', '--quiet')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out).models[0].id).toBe('acme-large')
  })

  it.each<{ it: string; argv: string[]; words: string; exit?: number }>([
    { it: 'a model without a provider', argv: ['acme-large', ...RATES], words: '--provider acme' },
    {
      it: 'another provider for a known model',
      argv: ['gpt-5.5', ...RATES, '--provider', 'acme'],
      words: 'a model of openai',
    },
    { it: 'no rate', argv: ['m', '--input', '2 USD', '--output', '6', '--provider', 'acme'], words: 'got "2 USD"' },
    { it: 'no day', argv: ['m', ...RATES, '--provider', 'acme', '--from', 'today'], words: 'got "today"' },
    { it: 'no count', argv: ['m', ...RATES, '--provider', 'acme', '--context', '0'], words: 'got "0"' },
    { it: 'no tokenizer', argv: ['m', ...RATES, '--provider', 'acme', '--tokenizer', 'x'], words: 'got "x"' },
    {
      it: 'what lint refuses',
      argv: ['m', '--input', '2000', '--output', '6', '--provider', 'acme'],
      words: 'MAGNITUDE',
    },
    {
      it: 'a read above input',
      argv: ['m', ...RATES, '--cache-read', '3', '--provider', 'acme'],
      words: 'READ_ABOVE_INPUT',
    },
    { it: 'one rate of two', argv: ['m', '--input', '2', '--provider', 'acme'], words: 'write --output 6' },
    { it: 'nothing at all', argv: ['m', '--provider', 'acme'], words: 'write --input 2 --output 6' },
    { it: 'a day without a price', argv: ['gpt-5.5', '--from', '2026-12-01', '--context', '1M'], words: '--from of a' },
    { it: 'a new model without a price', argv: ['m', '--tokenizer', 'claude'], words: 'so it needs a price' },
    { it: 'nothing to take', argv: ['gpt-5.5', '--like', 'gpt-5.4'], words: 'already has all that gpt-5.4' },
    { it: 'like nobody', argv: ['m', ...RATES, '--like', 'nobody'], words: 'UNKNOWN_MODEL', exit: 3 },
  ])('$it is refused, and nothing is written', async ({ argv, words, exit = 2 }) => {
    const { code, err } = await add(...argv, '-o', 'mine.json')
    expect({ code, err }).toEqual({ code: exit, err: expect.stringContaining(words) })
    expect(existsSync(join(folder, 'mine.json'))).toBe(false)
  })

  it('a second price from one day is refused with a flag to type, which replaces the row and says what changed', async () => {
    const typo = ['acme-large', '--input', '2', '--cache-read', '0.2', '--output', '6']
    await add(...typo, '--provider', 'acme', '-o', 'mine.json')
    const again = ['acme-large', '--input', '3', '--output', '6', '-o', 'mine.json']
    const { code, err } = await add(...again)
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('from 2026-11-24: input 2, output 6') })
    const [, fix = ''] = /fix: write (\S+) /.exec(err) ?? []
    expect(await add(...again, fix)).toEqual({
      code: 0,
      out: '',
      err:
        'note: mine.json: acme-large (acme) from 2026-11-24: input $3.00, cache reads unknown, output $6.00 per 1M tokens\n' +
        '  replaced the row of that day: input $2.00 → $3.00, cache read $0.20 → unknown\n' +
        '  next: dsprice compare --models acme-large --pricing mine.json\n',
    })
    expect(mine().models).toMatchObject([{ prices: [{ from: '2026-11-24', input: '3', cache_read: null }] }])
  })

  it('says what else a row had that is replaced, or that nothing changed', async () => {
    await add('m', ...RATES, '--provider', 'acme', '-o', 'mine.json')
    const layer = mine()
    Object.assign(layer.models[0].prices[0], { note: 'by mail', batch: { discount: '0.5' } })
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(layer))
    const replaced = async () => (await add('m', ...RATES, '--replace', '-o', 'mine.json')).err.split('\n')[1]
    expect(await replaced()).toBe('  replaced the row of that day: without its note, batch')
    expect(await replaced()).toBe('  replaced the row of that day: the rates are the same')
  })

  it('writes what is known of a model without a price, and the price stays', async () => {
    const { code, err } = await add('gpt-6-sol', '--tokenizer', 'o200k_base', '-o', 'mine.json')
    expect({ code, err }).toEqual({
      code: 0,
      err:
        'note: mine.json: gpt-6-sol (openai), over the book: tokenizer o200k_base\n' +
        '  next: dsprice compare --models gpt-6-sol --pricing mine.json\n',
    })
    const list = ['prices', 'list', 'gpt-6-sol', '--format', 'csv']
    const { out } = await dsprice(list, folder)
    expect(out).toContain('gpt-6-sol')
    expect(await dsprice([...list, '--pricing', 'mine.json'], folder)).toMatchObject({ code: 0, out })
  })

  it('a file with faults, or with comments, or that has the row, stays as it is', async () => {
    await add('m', ...RATES, '--provider', 'acme', '-o', 'mine.json')
    const before = readFileSync(join(folder, 'mine.json'), 'utf8')
    expect((await add('m', ...RATES, '-o', 'mine.json')).err).toContain('already has a row of m from 2026-11-24')
    expect(readFileSync(join(folder, 'mine.json'), 'utf8')).toBe(before)
    for (const text of ['# mine\nschema: dsprice/pricing/1\n', '{"schema": "dsprice/pricing/1", "modles": []}']) {
      writeFileSync(join(folder, 'mine.json'), text)
      expect((await add('m', ...RATES, '--provider', 'acme', '-o', 'mine.json')).code).toBe(2)
      expect(readFileSync(join(folder, 'mine.json'), 'utf8')).toBe(text)
    }
  })
})
