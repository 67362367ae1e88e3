import { describe, expect, it } from 'vitest'
import { isColoured, widthOf } from '../../../src/commands/flags/on-stderr.ts'
import { dsprice, fakeIo, repository, type Surroundings } from '../../fake-io.ts'

type When = 'auto' | 'always' | 'never'

// The flag, then NO_COLOR, then FORCE_COLOR, then the terminal.
describe('colour', () => {
  it.each<{ when: When; env: Record<string, string>; terminal: boolean; colour: boolean }>([
    { when: 'auto', env: {}, terminal: true, colour: true },
    { when: 'auto', env: {}, terminal: false, colour: false },
    { when: 'auto', env: { TERM: 'dumb' }, terminal: true, colour: false },
    { when: 'auto', env: { NO_COLOR: '1' }, terminal: true, colour: false },
    { when: 'auto', env: { NO_COLOR: '' }, terminal: true, colour: true },
    { when: 'auto', env: { NO_COLOR: '0' }, terminal: true, colour: false },
    { when: 'auto', env: { FORCE_COLOR: '1' }, terminal: false, colour: true },
    { when: 'auto', env: { FORCE_COLOR: '0' }, terminal: true, colour: false },
    { when: 'auto', env: { FORCE_COLOR: '1', TERM: 'dumb' }, terminal: false, colour: true },
    { when: 'auto', env: { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal: true, colour: false },
    { when: 'always', env: { NO_COLOR: '1', FORCE_COLOR: '0', TERM: 'dumb' }, terminal: false, colour: true },
    { when: 'never', env: { FORCE_COLOR: '1' }, terminal: true, colour: false },
  ])('--color $when, $env, terminal $terminal: $colour', ({ when, env, terminal, colour }) => {
    const io = fakeIo(repository, { env, ...(terminal ? { terminal: 80 } : {}) })
    expect(isColoured(io, when)).toBe(colour)
  })

  const estimate = (around: Surroundings, ...flags: string[]) =>
    dsprice(['estimate', 'scenarios/coding-agent.yaml', ...flags], repository, around)

  it('repeats what the text says: without its escapes it is the same text', async () => {
    const coloured = await estimate({ terminal: 80 })
    const plain = await estimate({ terminal: 80 }, '--color', 'never')
    expect(coloured.out).toContain('\x1b[')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is the point
    expect(coloured.out.replaceAll(/\x1b\[\d+m/g, '')).toBe(plain.out)
  })

  it.each(['json', 'markdown', 'csv'])('never reaches %s', async format => {
    const { out } = await estimate({ terminal: 80 }, '--color', 'always', '--format', format)
    expect(out).not.toContain('\x1b')
  })

  it('is the same whichever way it is asked for', async () => {
    expect(await estimate({ env: { FORCE_COLOR: '3' } })).toEqual(await estimate({}, '--color', 'always'))
  })
})

describe('width', () => {
  it.each<{ it: string; env: Record<string, string>; terminal?: number; width: number }>([
    { it: 'of a pipe has no limit', env: {}, width: Number.POSITIVE_INFINITY },
    { it: 'is the terminal’s', env: {}, terminal: 100, width: 100 },
    { it: 'is COLUMNS before the terminal’s', env: { COLUMNS: '120' }, terminal: 100, width: 120 },
    { it: 'is COLUMNS in a pipe', env: { COLUMNS: '70' }, width: 70 },
    { it: 'is 60 at least', env: {}, terminal: 20, width: 60 },
    { it: 'is 60 at least with COLUMNS', env: { COLUMNS: '20' }, width: 60 },
    { it: 'heeds no empty COLUMNS', env: { COLUMNS: '' }, terminal: 90, width: 90 },
    { it: 'heeds no COLUMNS of 0', env: { COLUMNS: '0' }, terminal: 90, width: 90 },
    { it: 'heeds no COLUMNS in words', env: { COLUMNS: 'wide' }, terminal: 90, width: 90 },
    { it: 'heeds no negative COLUMNS', env: { COLUMNS: '-5' }, width: Number.POSITIVE_INFINITY },
  ])('$it', ({ env, terminal, width }) => {
    expect(widthOf(fakeIo(repository, { env, ...(terminal === undefined ? {} : { terminal }) }))).toBe(width)
  })

  // A path or an address is one word, which nothing can break.
  const overlong = (out: string, width: number): string[] =>
    out.split('\n').filter(line => line.length > width && !/https?:|[\w.-]+\/[\w./@-]{30}/.test(line))

  it.each([
    ['estimate', 'scenarios/coding-agent.yaml', '--explain'],
    ['estimate', 'scenarios/market-today.yaml', '--explain'],
    ['estimate', 'scenarios/chat.yaml', 'scenarios/market-today.yaml'],
    ['compare', 'scenarios/coding-agent.yaml', '--all'],
    ['compare', 'scenarios/market-today.yaml', '--all'],
    ['compare', '--all', '--at', '2026-11-23'],
    ['prices', 'list'],
    ['prices', 'show', 'deepseek-v4-pro'],
    ['prices', 'diff', '2026-05-15', '2026-11-23'],
    ['prices', 'age'],
  ])('is kept by %s %s %s', async (...argv) => {
    for (const terminal of [60, 80, 120]) {
      const { out } = await dsprice([...argv, '--color', 'never', '--quiet'], repository, { terminal })
      expect(overlong(out, terminal)).toEqual([])
    }
  })

  it('cuts no figure: every figure of the widest report is in the narrowest', async () => {
    const argv = ['estimate', 'scenarios/market-today.yaml', '--quiet', '--color', 'never']
    const figures = (out: string): string[] => out.match(/\$[\d,.]+/g) ?? []
    const wide = figures((await dsprice(argv, repository, { terminal: 200 })).out)
    const narrow = figures((await dsprice(argv, repository, { terminal: 60 })).out)
    expect(wide).toContain('$16,673.72')
    for (const figure of narrow) expect(wide).toContain(figure)
    for (const figure of ['$767.45', '$129.70', '$162.15', '$16,673.72']) expect(narrow).toContain(figure)
  })

  it('says that the remarks of prices list were left out', async () => {
    const { out } = await dsprice(['prices', 'list', '--pricing', '2026-05-15'], repository, { terminal: 60 })
    expect(out).toContain('Left out at this width: remarks.')
  })

  it('is kept by the titles of compare --explain', async () => {
    const argv = ['compare', 'scenarios/market-today.yaml', '--all', '--explain', '--quiet', '--color', 'never']
    const { out } = await dsprice(argv, repository, { terminal: 60 })
    expect(overlong(out, 60)).toEqual([])
  })

  it('is kept by --help', async () => {
    const { out } = await dsprice(['--help'], repository, { env: { COLUMNS: '80' } })
    expect(overlong(out, 80)).toEqual([])
  })
})
