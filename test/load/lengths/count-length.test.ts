import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { countLength } from '../../../src/load/lengths/count-length.ts'
import { hasText, readLength } from '../../../src/load/lengths/read-length.ts'
import { namedIn } from '../../../src/load/source/named.ts'
import type { WrittenLength } from '../../../src/model/scenario/length.ts'
import { type Counter, imageRuleOf, loadCounter } from '../../../src/tokens/index.ts'
import { dsprice, fakeIo, repository } from '../../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const words = (count: number): string => Array(count).fill('hello').join(' ')

let o200k: Counter
beforeAll(async () => {
  mkdirSync(join(folder, 'work/samples/.hidden'), { recursive: true })
  writeFileSync(join(folder, 'work/system.md'), words(5))
  writeFileSync(join(folder, 'work/empty.md'), '')
  writeFileSync(join(folder, 'above.md'), words(7))
  for (const count of [1, 2, 4]) writeFileSync(join(folder, `work/samples/${count}.txt`), words(count))
  const loaded = await loadCounter('o200k_base', fakeIo(folder).shipped)
  if (!loaded) throw new Error('o200k_base is not there')
  o200k = loaded
})

const count = async (written: WrittenLength, file = 'work/scenario.yaml') =>
  countLength(
    await readLength(written, ['request', 'turn'], {
      named: namedIn({ name: file }, fakeIo(folder)),
      left: [],
    }),
    {
      counter: o200k,
      template: null,
      model: null,
      images: () => imageRuleOf('gpt-5.5'),
      conversion: null,
    },
  )

// "hello" and " hello" are one token each in o200k_base.
describe('counts', () => {
  it.each<{ it: string; written: WrittenLength; mean: string; min: number; max: number }>([
    { it: 'text in place', written: { text: words(3) }, mean: '3', min: 3, max: 3 },
    { it: 'no text as no tokens', written: { text: '' }, mean: '0', min: 0, max: 0 },
    { it: 'a file beside the scenario', written: { file: 'system.md' }, mean: '5', min: 5, max: 5 },
    { it: 'an empty file as no tokens', written: { file: 'empty.md' }, mean: '0', min: 0, max: 0 },
    { it: 'a file above the scenario', written: { file: '../above.md' }, mean: '7', min: 7, max: 7 },
    { it: 'a file by its whole path', written: { file: join(folder, 'above.md') }, mean: '7', min: 7, max: 7 },
    { it: 'the mean of several samples, 7 / 3', written: { files: 'samples/*.txt' }, mean: '2.333333', min: 1, max: 4 },
    { it: 'one sample', written: { files: 'samples/4.*' }, mean: '4', min: 4, max: 4 },
    { it: 'a glob above the scenario', written: { files: '../*.md' }, mean: '7', min: 7, max: 7 },
    {
      it: 'a list as the sum of its parts',
      written: [{ file: 'system.md' }, 1000, { text: 'hello' }],
      mean: '1006',
      min: 1006,
      max: 1006,
    },
    {
      it: 'samples in a list',
      written: [100, { files: 'samples/*.txt' }, { files: 'samples/*.txt' }],
      mean: '104.666667',
      min: 102,
      max: 108,
    },
  ])('$it', async ({ written, mean, min, max }) => {
    expect(await count(written)).toMatchObject({ mean, min, max })
  })

  it('parts apart: two halves of a word are two tokens', async () => {
    expect(await count([{ text: 'hel' }, { text: 'lo' }])).toMatchObject({ mean: '2' })
    expect(await count({ text: 'hello' })).toMatchObject({ mean: '1' })
  })

  it('a number as itself', async () => {
    expect(await count(200_000)).toBe(200_000)
    expect(hasText([1, 2])).toBe(false)
  })

  it('every sample, and names what counted it', async () => {
    expect(await count([5, { files: 'samples/*.txt' }])).toMatchObject({
      parts: [
        { source: 'number', kind: 'number', samples: [5], tokenizer: null, exact: true },
        { source: 'samples/*.txt', kind: 'text', samples: [1, 2, 4], tokenizer: 'o200k_base', exact: true },
      ],
    })
  })
})

describe('refuses', () => {
  const faultsOf = async (written: WrittenLength) => {
    try {
      await count(written)
      return []
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return error.problems.map(({ code, path }) => `${code} ${path?.join('.')}`)
    }
  }

  it.each<{ it: string; written: WrittenLength; faults: string[] }>([
    { it: 'a file that is not there', written: { file: 'nope' }, faults: ['NO_FILE request.turn'] },
    { it: 'a folder', written: { file: 'samples' }, faults: ['IS_FOLDER request.turn'] },
    { it: 'a glob that matches nothing', written: { files: '*.none' }, faults: ['NO_MATCH request.turn'] },
    { it: 'a glob that matches only a folder', written: { files: 'sampl*' }, faults: ['NO_MATCH request.turn'] },
    {
      it: 'every part of a list at once',
      written: [{ file: 'nope' }, 5, { files: '*.none' }],
      faults: ['NO_FILE request.turn.0', 'NO_MATCH request.turn.2'],
    },
  ])('$it', async ({ written, faults }) => {
    expect(await faultsOf(written)).toEqual(faults)
  })
})

it('counts a run of letters without a break, however long', async () => {
  const scenario = `name: run\nmodel: o3\nrequest:\n  turn: {text: ${'a'.repeat(120_000)}}\n  output: 1\n`
  const { code, err } = await dsprice(['estimate', '-', '--quiet'], repository, { stdin: scenario })
  expect({ code, err }).toEqual({ code: 0, err: '' })
})
