import { describe, expect, it } from 'vitest'
import { lintProblems } from '../../../src/book/lint/lint-problems.ts'
import { CODES } from '../../../src/errors/codes.ts'
import type { Problem } from '../../../src/errors/index.ts'

const all: Readonly<Record<keyof typeof lintProblems, Problem>> = {
  aliasTwice: lintProblems.aliasTwice('latest', 'a'),
  modelTwice: lintProblems.modelTwice('latest', 'a'),
  noProvider: lintProblems.noProvider('acme', []),
  noSource: lintProblems.noSource('hearsay'),
  noRule: lintProblems.noRule('magic', 'Acme', []),
  ruleMissing: lintProblems.ruleMissing('magic', 'a'),
  noModel: lintProblems.noModel('b'),
  oneReduced: lintProblems.oneReduced(),
  rowEmpty: lintProblems.rowEmpty('2026-01-01', '2026-01-01'),
  rowsOverlap: lintProblems.rowsOverlap({ from: '2026-01-01' }, '2026-02-01'),
  rowsGap: lintProblems.rowsGap('2026-01-01', '2026-02-01'),
  serviceOutside: lintProblems.serviceOutside({ from: '2026-01-01' }),
  seenLate: lintProblems.seenLate('2026-01-01'),
  untilOutside: lintProblems.untilOutside({ from: '2026-01-01', to: '2026-02-01' }),
  standardService: lintProblems.standardService(),
  tiersAndWindows: lintProblems.tiersAndWindows(),
  tierTwice: lintProblems.tierTwice('> 1000'),
  windowsOverlap: lintProblems.windowsOverlap('peak'),
  entriesOverlap: lintProblems.entriesOverlap('2026-01-01'),
  factorMagnitude: lintProblems.factorMagnitude('1000'),
  magnitude: lintProblems.magnitude('5000'),
  floatNoise: lintProblems.floatNoise('0.30000000000000004', '0.3'),
  readAboveInput: lintProblems.readAboveInput(),
  longWriteBelowShort: lintProblems.longWriteBelowShort(),
  batchAboveNormal: lintProblems.batchAboveNormal('input'),
}

it('every problem is a documented one, refuses the file and has something to type', () => {
  for (const [name, { code, exit, what, fix }] of Object.entries(all)) {
    expect(Object.keys(CODES), name).toContain(code)
    expect([exit, what === '', fix === ''], name).toEqual([2, false, false])
  }
})

describe('the fix', () => {
  const open = { from: '2026-01-01' }
  it.each<{ it: string; problem: Problem; fix: string }>([
    {
      it: 'closes the earlier of two rows where the later begins',
      problem: lintProblems.rowsOverlap(open, '2026-02-01'),
      fix: 'close the other with "to": "2026-02-01"',
    },
    {
      it: 'keeps one of two rows that begin together, as neither can be closed',
      problem: lintProblems.rowsOverlap(open, '2026-01-01'),
      fix: 'keep one of the two',
    },
    {
      it: 'names the providers that there are',
      problem: lintProblems.noProvider('acmee', ['acme', 'zeta']),
      fix: 'use one of acme, zeta, or add providers: {"acmee": {…}}',
    },
    {
      it: 'adds a provider where there is none',
      problem: lintProblems.noProvider('acmee', []),
      fix: 'add providers: {"acmee": {…}}',
    },
    {
      it: 'names each rule once, even where a provider has one of the words that need no rule',
      problem: lintProblems.noRule('magic', 'Acme', ['default', 'none']),
      fix: 'write "cache": one of "default", "none", "unknown"',
    },
  ])('$it', ({ problem, fix }) => {
    expect(problem.fix).toBe(fix)
  })

  it('and the problem keep a name of several lines on one', () => {
    const { what, fix } = lintProblems.noSource('a"\nb')
    for (const text of [what, fix]) expect(text).toContain('"a\\"\\nb"')
  })
})

it.each([
  { to: '2026-03-01', what: 'the row from 2026-01-01 is in force until 2026-03-01,' },
  { to: null, what: 'the row from 2026-01-01 is in force until further notice,' },
  { to: undefined, what: 'the row from 2026-01-01 is in force until further notice,' },
])('a row that overlaps with one until $to', ({ to, what }) => {
  expect(lintProblems.rowsOverlap({ from: '2026-01-01', to }, '2026-02-01').what).toContain(what)
})
