import * as fc from 'fast-check'
import picomatch from 'picomatch'
import { expect, it } from 'vitest'
import { compileGlob, matches } from '../../../src/load/files/glob.ts'
import { runs } from '../../laws.ts'

const char = fc.constantFrom('a', 'b', 'c')
const piece = fc.oneof(
  { weight: 4, arbitrary: char },
  { weight: 2, arbitrary: fc.constantFrom('*', '?') },
  fc.constantFrom('[ab]', '[!a]', '[^b]', '[a-b]', '{a,b}', '{a*,?c}', '{b,{a,c}}', '\\*', 'a.b'),
)
const segment = fc.oneof(
  { weight: 5, arbitrary: fc.array(piece, { minLength: 1, maxLength: 5 }).map(pieces => pieces.join('')) },
  { weight: 1, arbitrary: fc.constant('**') },
)
const pattern = fc.array(segment, { minLength: 1, maxLength: 4 }).map(segments => segments.join('/'))
const path = fc
  .array(
    fc.array(fc.oneof(char, fc.constantFrom('.', '*')), { minLength: 1, maxLength: 5 }).map(name => name.join('')),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map(names => names.join('/'))

// Where picomatch has ways of its own: a name that ends with a dot; `**` beside other characters of a segment, such as
// `**{a,b}`; `a/**` for the file a itself.
const isOdd = (glob: string, name: string): boolean =>
  /\.(\/|$)/.test(name) ||
  /(^|\/)\./.test(name) ||
  /[^/]\*\*|\*\*[^/]/.test(glob) ||
  (/\/\*\*$/.test(glob) && picomatch.isMatch(name, glob.slice(0, -3), { dot: true, posix: true }))

it('a path matches as it does in picomatch', () => {
  let matched = 0
  fc.assert(
    fc.property(pattern, path, (glob, name) => {
      fc.pre(!isOdd(glob, name) && !glob.startsWith('**/**'))
      const expected = picomatch.isMatch(name, glob, { dot: true, posix: true })
      if (expected) matched++
      expect(matches(compileGlob(glob), name), `${glob} ${name}`).toBe(expected)
    }),
    { numRuns: runs(1500) },
  )
  expect(matched).toBeGreaterThan(runs(1500) / 50)
})
