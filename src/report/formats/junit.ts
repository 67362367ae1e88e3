import Builder from 'fast-xml-builder'
import type { Check } from '../../model/result/check.ts'
import type { Result } from '../../model/result/result.ts'
import type { Encoder } from '../blocks/renderer.ts'
import { causesUnder, plainly } from '../check/causes-in-words.ts'
import { type Held, heldIn, whatIsHeld } from '../check/held.ts'
import * as figures from '../check/limit-figures.ts'
import * as limits from '../check/limits-in-words.ts'

/**
 * For test result viewers: one suite for the limits of scenarios and one for overall limits, one case per limit. There
 * are no times, as a report has no clock.
 *
 * @see
 *   https://github.com/jenkinsci/xunit-plugin/tree/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd
 */
export const junit = {
  result: result => {
    const { check } = result
    const held = heldIn(result)
    const warnings = result.warnings.map(({ code, what, fix }) => `${code}: ${what}; ${fix}`)
    const suites = check?.usage
      ? [suite('limits of usage', casesOf(held, result, true), warnings)]
      : check
        ? [
            suite('limits of scenarios', [...brokenCases(check), ...casesOf(held, result, false)], warnings),
            suite('overall limits', casesOf(held, result, true), []),
          ]
        : [
            suite(
              'scenarios',
              result.scenarios.map(({ name, file }) => ({ name, of: file ?? name })),
              warnings,
            ),
          ]
    return toXml(suites)
  },
} satisfies Encoder

/** One test case, with at most one of error, failure and skipped. */
interface Case {
  readonly name: string
  /** The scenario's file, by which reports group cases. */
  readonly of: string
  readonly failure?: Said
  readonly error?: Said
  readonly skipped?: string
  readonly out?: string
}

interface Said {
  readonly message: string
  readonly text: string
}

interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
  readonly out: readonly string[]
}

const suite = (name: string, cases: readonly Case[], out: readonly string[]): Suite => ({ name, cases, out })

const brokenCases = ({ faults }: Check): Case[] =>
  limits.brokenOf(faults).map(broken => {
    const file = broken.file ?? broken.first.at ?? 'dsprice'
    const text = `${broken.first.at ?? file}: ${broken.first.what}; ${broken.first.fix}`
    return { name: 'can be priced', of: file, error: { message: limits.faultOf(broken), text } }
  })

const casesOf = (held: readonly Held[], result: Result, ofAll: boolean): Case[] =>
  held.filter(({ file }) => (file === null) === ofAll).map(one => caseOf(one, result))

const caseOf = (held: Held, result: Result): Case => {
  const { verdict, name, file } = held
  const { limit, state, level, of } = verdict
  const about = { name: `${name}: ${limit}, ${whatIsHeld(verdict)}`, of: file ?? (of === 'usage' ? of : 'overall') }
  const message = `${limits.finding(held)}: ${figures.actualOf(held)}`
  const place = verdict.at === null ? '' : ` (${verdict.at})`
  const causes = plainly(causesUnder(result, held))
  const why = causes === '' ? '' : `; causes ${causes}`
  const text = `limit ${figures.limitOf(held)}${place}; actual ${figures.actualOf(held)}${why}; fix ${limits.fixOf(verdict)}`
  switch (state) {
    case 'over':
      return level === 'error' ? { ...about, failure: { message, text } } : { ...about, out: `${message}; ${text}` }
    case 'unknown':
      return level === 'error' ? { ...about, error: { message, text } } : { ...about, out: `${message}; ${text}` }
    case 'near':
      return { ...about, out: `${message}; ${text}` }
    case 'ignored':
      return { ...about, skipped: verdict.reason ?? 'the increase is below ignore_below' }
    case 'no_baseline':
      return { ...about, skipped: verdict.reason ?? 'there is no baseline' }
    case 'within':
      return about
    default:
      return state satisfies never
  }
}

// Characters that XML 1.0 cannot represent, even escaped; the library does not remove them.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const legal = (text: string): string => text.replace(FORBIDDEN, '\uFFFD')

const ESCAPES = [
  { regex: /&/g, val: '&amp;' },
  { regex: /</g, val: '&lt;' },
  { regex: />/g, val: '&gt;' },
  { regex: /"/g, val: '&quot;' },
  // Parsers read an unescaped one of these in an attribute as a space, and a carriage return anywhere as a line feed.
  { regex: /\t/g, val: '&#9;' },
  { regex: /\n/g, val: '&#10;' },
  { regex: /\r/g, val: '&#13;' },
]

// A constant, because the library's types lack "entities"; covered by test/report/junit.test.ts.
const XML = {
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  // Without this an attribute with the value "true" loses its value, which is invalid XML.
  suppressBooleanAttributes: false,
  entities: ESCAPES,
}

const toXml = (suites: readonly Suite[]): string => {
  const builder = new Builder(XML)
  const all = suites.flatMap(({ cases }) => cases)
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: { '@name': 'dsprice', ...countsOf(all), testsuite: suites.map(suiteNode) },
  })
}

const countsOf = (cases: readonly Case[]) => ({
  '@tests': String(cases.length),
  '@failures': String(cases.filter(({ failure }) => failure).length),
  '@errors': String(cases.filter(({ error }) => error).length),
})

const suiteNode = ({ name, cases, out }: Suite) => ({
  '@name': name,
  ...countsOf(cases),
  '@skipped': String(cases.filter(({ skipped }) => skipped !== undefined).length),
  testcase: cases.map(caseNode),
  ...(out.length === 0 ? {} : { 'system-out': legal(out.join('\n')) }),
})

// The order of the keys is required by the format's schema.
const caseNode = ({ name, of, skipped, error, failure, out }: Case) => ({
  '@classname': legal(of),
  '@name': legal(name),
  ...(skipped === undefined ? {} : { skipped: legal(skipped) }),
  ...(error === undefined ? {} : { error: saidNode('unknown', error) }),
  ...(failure === undefined ? {} : { failure: saidNode('over budget', failure) }),
  ...(out === undefined ? {} : { 'system-out': legal(out) }),
})

const saidNode = (type: string, { message, text }: Said) => ({
  '@type': type,
  '@message': legal(message),
  '#text': legal(text),
})
