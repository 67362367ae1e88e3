import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorsPage, exitsOf } from '../../scripts/errors.ts'
import { CODES } from '../../src/errors/codes.ts'
import { repository } from '../fake-io.ts'

const src = join(repository, 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map(name => name.replaceAll('\\', '/'))
  .filter(name => name.endsWith('.ts') && name !== 'errors/codes.ts')
  .sort()
const text = files.map(name => readFileSync(join(src, name), 'utf8')).join('\n')

/** Codes that the source gives a problem, a warning or an assumption. */
const made = new Set(
  [...text.matchAll(/(?:\bcode: '|\b(?:note|warn|strict)\(\s*'|`warning )([A-Z][A-Z_]+)\b/g)].map(
    ([, code = '']) => code,
  ),
)

describe('CODES', () => {
  it('has every code that is made, and no other', () => {
    expect([...made].sort()).toEqual(Object.keys(CODES).sort())
  })

  it.each(Object.entries(CODES))('%s says when it comes, and what to do where something can be done', (_, meaning) => {
    expect(meaning.when).toMatch(/\.$/)
    expect('fix' in meaning).toBe(meaning.kind !== 'assumption')
  })

  it('calls an error what ends a run, with its exit code', () => {
    const errors = Object.entries(CODES).flatMap(([code, { kind }]) => (['error', 'lint'].includes(kind) ? [code] : []))
    expect(errors.filter(code => ![2, 3, 4].some(exit => exitsOf().get(code)?.has(exit)))).toEqual([])
  })
})

it('docs/errors.md is what CODES says (else: npm run docs)', () => {
  expect(readFileSync(join(repository, 'docs/errors.md'), 'utf8')).toBe(errorsPage())
})

// A word of a sentence may change at any time; what is decided on has a field of its own.
it('no decision rests on the words of a message', () => {
  const words = String.raw`\b(?:what|why|reason|message|fix)\b\)?`
  const decides = new RegExp(
    String.raw`${words}\??\.(?:includes|match|matchAll|startsWith|endsWith|search|indexOf)\(|\.test\(${words}|\.exec\(${words}`,
  )
  const found = files.flatMap(name =>
    readFileSync(join(src, name), 'utf8')
      .split('\n')
      .filter(line => decides.test(line))
      .map(line => `${name}: ${line.trim()}`),
  )
  // What commander and git say is theirs: there is no other way to know what they mean.
  expect(found.map(line => line.split(':')[0])).toEqual(['cli.ts', 'cli.ts', 'errors/budget.ts', 'errors/budget.ts'])
})
