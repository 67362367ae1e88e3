import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { compileGlob, matches } from '../../../src/load/files/glob.ts'

const codeOf = (pattern: string, path = 'a'): string => {
  try {
    return String(matches(compileGlob(pattern), path))
  } catch (error) {
    return error instanceof InputError ? (error.problems[0]?.what ?? '') : String(error)
  }
}

describe('a pattern', () => {
  it.each<{ pattern: string; yes: string[]; no: string[] }>([
    { pattern: '*.md', yes: ['a.md', '.md', '.a.md'], no: ['a/b.md', 'a.mdx', 'md'] },
    { pattern: '**/*.md', yes: ['a.md', 'b/a.md', 'c/b/a.md', '.h/a.md'], no: ['a.txt', 'a.md/b'] },
    { pattern: '**', yes: ['a', 'a/b/c'], no: [''] },
    { pattern: 'a/**', yes: ['a/b', 'a/b/c'], no: ['a', 'ab', 'b/a/c'] },
    { pattern: 'a/**/b', yes: ['a/b', 'a/x/b', 'a/x/y/b'], no: ['ab', 'a/xb'] },
    { pattern: '**a', yes: ['a', 'xa'], no: ['x/a'] },
    { pattern: '?', yes: ['a', '中', '😀'], no: ['', 'ab', '/'] },
    { pattern: '[a-c]', yes: ['a', 'c'], no: ['d', 'A', '-'] },
    { pattern: '[!a]', yes: ['b', '!'], no: ['a', '/'] },
    { pattern: '[]a]', yes: [']', 'a'], no: ['b'] },
    { pattern: '[a-]', yes: ['a', '-'], no: ['b'] },
    { pattern: '[\\]]', yes: [']'], no: ['\\'] },
    { pattern: '*.{md,tx{t,x}}', yes: ['a.md', 'a.txt', 'a.txx'], no: ['a.tx', 'a.mdt'] },
    { pattern: '{a/b,**/c}.md', yes: ['a/b.md', 'c.md', 'x/y/c.md'], no: ['b.md', 'a/c'] },
    { pattern: 'a{,b}', yes: ['a', 'ab'], no: ['b'] },
    { pattern: '\\*\\[\\{', yes: ['*[{'], no: ['a[{'] },
    // What is open or alone means itself.
    { pattern: '[a', yes: ['[a'], no: ['a'] },
    { pattern: '{a,b', yes: ['{a,b'], no: ['a'] },
    { pattern: '{a}', yes: ['{a}'], no: ['a'] },
    { pattern: 'a}]', yes: ['a}]'], no: ['a'] },
    { pattern: 'a,**', yes: ['a,b'], no: ['a', 'a,b/c'] },
  ])('$pattern', ({ pattern, yes, no }) => {
    const glob = compileGlob(pattern)
    expect(yes.filter(path => !matches(glob, path))).toEqual([])
    expect(no.filter(path => matches(glob, path))).toEqual([])
  })

  it('heeds case unless it is told not to', () => {
    expect(matches(compileGlob('*.MD'), 'A.md')).toBe(false)
    expect(matches(compileGlob('*.MD', { ignoreCase: true }), 'A.md')).toBe(true)
  })

  it('knows early that nothing below a folder can match', () => {
    const glob = compileGlob('a/*/c')
    const open = (path: string): boolean => glob.read(glob.start, path).isOpen
    expect(['a/', 'a/b/', 'b/', 'a/b/c/', 'a/b/d'].map(open)).toEqual([true, true, false, false, false])
  })

  it.each([
    ['!a', 'a pattern cannot begin with !, to exclude files'],
    ['!(a|b)', 'a pattern cannot begin with !, to exclude files'],
    ['a@(b|c)', '@(…) is not known here'],
    ['*(b)', '*(…) is not known here'],
    ['{1..9}', '{a..b} is not known here'],
    ['[[:alpha:]]', '[:…:] is not known here'],
    [`${'{a,'.repeat(60)}b${'}'.repeat(60)}`, 'nested more than 50 deep'],
    ['?'.repeat(33_000), 'it has 33000 characters, more than 10000'],
    ['a'.repeat(70_000), 'it has 70000 characters, more than 10000'],
  ])('is refused with its reason, and never crashes: %#', (pattern, why) => {
    expect(codeOf(pattern)).toContain(why)
  })
})

describe('the work', () => {
  const within = (milliseconds: number, work: () => unknown): void => {
    const start = performance.now()
    work()
    expect(performance.now() - start).toBeLessThan(milliseconds)
  }

  it.each([
    ['stars before a character that never comes', `${'*a'.repeat(9)}*b`, 'a'.repeat(255)],
    ['as many stars as there may be', '*a'.repeat(4999), 'a'.repeat(4096)],
    ['folders within folders', `${'**/a/'.repeat(1500)}b`, 'a/'.repeat(2000)],
    ['nothing but question marks', '?'.repeat(10_000), 'a'.repeat(4096)],
    ['braces that are never closed', '{a,'.repeat(3333), '{a,'.repeat(1000)],
    ['brackets that are never closed', '[a'.repeat(5000), '[a'.repeat(1000)],
  ])('is short: %s', (_, pattern, path) => {
    within(10_000, () => codeOf(pattern, path))
  })

  it('ends with a word where a pattern is made to be hard', () => {
    const hard = `{${Array.from({ length: 1600 }, (_, i) => `*${i % 2 ? 'a' : 'b'}*c`).join(',')}}`
    const name = (seed: number): string =>
      Array.from({ length: 200 }, (_, n) => 'abcdefgh'[(seed * 31 + n * n * 7) % 8]).join('')
    within(10_000, () => {
      const glob = compileGlob(`{${hard},${'?'.repeat(200)}}`)
      expect(() => {
        for (let i = 0; i < 100; i++) matches(glob, name(i))
      }).toThrow('takes too long to match')
    })
  })

  it('is the same for many names as for one', () => {
    const glob = compileGlob('**/*.{md,txt}')
    within(10_000, () => {
      for (let i = 0; i < 100_000; i++) if (!matches(glob, `prompts/中文/${i}.md`)) throw new Error(String(i))
    })
  })
})
