import { describe, expect, it } from 'vitest'
import { colourIn, lookOf, PLAIN_LOOK, tellText } from '../../../src/commands/flags/on-stderr.ts'
import { dsprice, fakeIo, repository } from '../../fake-io.ts'

const TOLD = {
  kind: 'warning',
  code: 'CODE',
  place: 'a.yaml:1:1',
  whats: ['one two three four five six'],
  excerpt: ['1 | a line of a file', '  |   ^^^^'],
  fix: 'write this or that',
} as const

describe('a warning on stderr', () => {
  it('is wrapped at words, but for the line of a file', () => {
    expect(tellText(TOLD, { width: 16, coloured: false })).toBe(`warning CODE a.yaml:1:1
  one two three
  four five six

  1 | a line of a file
    |   ^^^^

  fix: write
    this or that
`)
  })

  it('has colours that take nothing away', () => {
    const coloured = tellText(TOLD, { ...PLAIN_LOOK, coloured: true })
    expect(coloured).toContain('\x1b[33mwarning\x1b[39m \x1b[1mCODE\x1b[22m a.yaml:1:1\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is the point
    expect(coloured.replaceAll(/\x1b\[\d+m/g, '')).toBe(tellText(TOLD, PLAIN_LOOK))
  })

  it('has no control character of a file', () => {
    const text = tellText({ ...TOLD, whats: ['\x1b[31mred\x07'] }, { ...PLAIN_LOOK, coloured: true })
    expect(text).not.toContain('\x1b[31mred')
    expect(text).not.toContain('\x07')
  })
})

it.each([
  [[], 'auto'],
  [['--color', 'never'], 'never'],
  [['--color=always', '--color', 'auto'], 'auto'],
  [['--color=always'], 'always'],
  [['--', '--color=always'], 'auto'],
  [['--color'], 'auto'],
] as const)('the colour of %j is %s', (argv, when) => {
  expect(colourIn(argv)).toBe(when)
})

it('stderr is looked at apart from stdout', () => {
  const piped = fakeIo(repository, { terminal: 70 })
  const io = { ...piped, stdout: { ...piped.stdout, isTTY: false, columns: undefined } }
  expect(lookOf(io)).toEqual({ width: 70, coloured: true })
  expect(lookOf({ ...io, env: { NO_COLOR: '1' } })).toEqual({ width: 70, coloured: false })
  expect(lookOf({ ...io, stderr: io.stdout })).toEqual(PLAIN_LOOK)
})

it('an error is coloured on a terminal only', async () => {
  const argv = ['estimate', 'nowhere.yaml']
  expect((await dsprice(argv, repository, { terminal: 80 })).err).toContain('\x1b[31merror\x1b[39m ')
  expect((await dsprice([...argv, '--color=never'], repository, { terminal: 80 })).err).toMatch(/^error /)
  expect((await dsprice(argv)).err).toMatch(/^error /)
  expect((await dsprice([...argv, '--json'], repository, { terminal: 80 })).err).toMatch(/^\{/)
})
