import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { checkSchema } from '../../../src/load/source/check-schema.ts'
import { parseSource } from '../../../src/load/source/source.ts'
import { layerSchema } from '../../../src/model/book/book-schema.ts'
import { scenarioSchema } from '../../../src/model/scenario/scenario-schema.ts'

type Schema = typeof scenarioSchema | typeof layerSchema

/** Each fault as `line:column CODE path`, then its fix. */
const check = (text: string, schema: Schema = scenarioSchema): string[] => {
  try {
    checkSchema(schema, parseSource('f', text, 'always'))
    return []
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.problems.map(({ at, code, path, fix }) => `${at?.slice(2)} ${code} ${path?.join('.')}: ${fix}`)
  }
}

const WORK = 'name: a\nrequest: {turn: 5}\n'

it('takes the least there is', () => {
  expect(check(WORK)).toEqual([])
})

it('finds every fault at once, in the order of the file', () => {
  expect(
    check(
      'description: 5\nrequest:\n  outptu: 3\n  turns: 0\nnmae: a\ntraffic: {profile: [1, 2], per: daily}\ncache: {tll: 5m}\n',
    ),
  ).toEqual([
    '1:1 MISSING_KEY name: add name: support-bot',
    '1:14 INVALID description: write text',
    '3:3 UNKNOWN_KEY request.outptu: did you mean output?',
    '4:10 INVALID request.turns: write a number such as 4, 2000 or 200K',
    '5:1 UNKNOWN_KEY nmae: did you mean name?',
    '6:20 INVALID traffic.profile: write flat, office-hours, or a list of 24 numbers',
    '6:33 INVALID traffic.per: write day',
    '7:9 UNKNOWN_KEY cache.tll: did you mean ttl?',
  ])
})

describe('the keys that there are', () => {
  const layer = (more: string): string => `{schema: dsprice/pricing/1, ${more}}`
  const rest = 'name: A, usage: unknown, review_every_days: 9, batch: not_offered, cache: none'

  it.each([
    { it: 'of a list of facts', text: layer(`providers: {a: {${rest}, facts: {xyzzy: {value: yes, source: s}}}}`) },
    { it: 'of a cache rule', text: layer('providers: {a: {name: A, cache: {default: {xyzzy: 1}}}}') },
    { it: 'of a model’s cache', text: layer('models: [{id: a, cache: {xyzzy: 1}, prices: []}]') },
    { it: 'of a row', text: layer('models: [{id: a, prices: [{xyzzy: 1}]}]') },
    { it: 'of a batch', text: layer('models: [{id: a, prices: [{batch: {xyzzy: 1}}]}]') },
    { it: 'of a source', text: layer('sources: {a: {xyzzy: 1}}') },
    { it: 'of a discount', text: layer('discounts: [{xyzzy: 1}]') },
  ])('$it are told for one that is not', ({ text }) => {
    const [fault] = check(text, layerSchema).filter(one => one.includes('UNKNOWN_KEY'))
    expect(fault).toMatch(/xyzzy: use one of \w+(, \w+)*$/)
  })
})

describe('the nearest key', () => {
  it.each([
    ['modle: a', '3:1 UNKNOWN_KEY modle: did you mean model?'],
    ['Model: a', '3:1 UNKNOWN_KEY Model: did you mean model?'],
    ['trafic: {}', '3:1 UNKNOWN_KEY trafic: did you mean traffic?'],
    ['"": a', '3:1 UNKNOWN_KEY : did you mean at?'],
    [
      'zzzzzzzzzz: a',
      '3:1 UNKNOWN_KEY zzzzzzzzzz: use one of name, description, pricing, at, model, service, region, routing, tags, traffic, request, totals, cache, self_host, budget, quality',
    ],
    ['traffic: {timezon: UTC}', '3:11 UNKNOWN_KEY traffic.timezon: did you mean timezone?'],
    ['totals: {inputs: 5, input: 5, output: 1}', '3:10 UNKNOWN_KEY totals.inputs: did you mean input?'],
    [
      'cache: {hit_rate: 5%}',
      '3:9 UNKNOWN_KEY cache.hit_rate: use one of policy, ttl, hit_share, marks, read, write, write_1h',
    ],
    [
      'totals: {input: 5, output: 1, cache_write: 3}',
      '3:31 UNKNOWN_KEY totals.cache_write: write cache: {read: …, write: …} beside it, known usage as a part of the input',
    ],
    ['cache: {hit_shar: 5%}', '3:9 UNKNOWN_KEY cache.hit_shar: did you mean hit_share?'],
  ])('%s', (line, fault) => {
    expect(check(`${WORK}${line}\n`)).toEqual([fault])
  })
})

describe('a value of one of several kinds says what that kind lacks', () => {
  it.each([
    ['shared: {text: a, file: b}', '3:11 INVALID request.shared: write {file: prompts/system.md}'],
    ['shared: {}', '3:11 INVALID request.shared: write {file: prompts/system.md}'],
    ['shared: {fiel: a}', '3:12 UNKNOWN_KEY request.shared.fiel: did you mean file, files?'],
    ['shared: [5, {fiel: a}]', '3:16 UNKNOWN_KEY request.shared.1.fiel: did you mean file, files?'],
    ['shared: {file: 5}', '3:18 INVALID request.shared.file: write text'],
    [
      'shared: -5',
      '3:11 INVALID request.shared: write 200K, or {text: …}, {file: …}, {files: …}, {tools: …}, {messages: …}, {template: …, values: …}, {image: …}, or a list of these',
    ],
    [
      'shared: true',
      '3:11 INVALID request.shared: write 200K, or {text: …}, {file: …}, {files: …}, {tools: …}, {messages: …}, {template: …, values: …}, {image: …}, or a list of these',
    ],
  ])('%s', (line, fault) => {
    expect(check(`name: a\nrequest:\n  ${line}\n`)).toEqual([fault])
  })

  it.each([
    [
      'cache: perfix',
      '3:8 INVALID cache: write prefix, none, ideal, {hit_share: 85%}, {policy: prefix, ttl: 1h, marks: [shared]} or {read: 9511, write: 1956}',
    ],
    ['cache: {hit_share: 85%, policy: none}', '3:8 INVALID cache: write cache: {hit_share: 85%}'],
    ['cache: {hit_share: 850%}', '3:20 INVALID cache.hit_share: write a share such as 0.85 or 85%'],
    ['cache: {policy: perfix}', '3:17 INVALID cache.policy: write prefix'],
    ['cache: {ttl: 5}', '3:14 INVALID cache.ttl: write a duration such as 30s, 5m, 1h or 2d'],
    ['at: 2026-02-30', '3:5 INVALID at: write 2026-05-15, or 2026-05-15T09:00Z'],
    ['at: 2026-02-20T09:00', '3:5 INVALID at: write 2026-05-15, or 2026-05-15T09:00Z'],
    ['tags: [a]', '3:7 INVALID tags: write keys with values'],
    ['tags: {team: 5}', '3:14 INVALID tags.team: write text'],
  ])('%s', (line, fault) => {
    expect(check(`${WORK}${line}\n`)).toEqual([fault])
  })
})

it('checks price files with the same words', () => {
  expect(
    check('{"schema": "dsprice/pricing/2",\n "models": [{"id": 5, "prices": 3}],\n "discount": []}', layerSchema),
  ).toEqual([
    '1:12 INVALID schema: write dsprice/pricing/1',
    '2:20 INVALID models.0.id: write text',
    '2:33 INVALID models.0.prices: write a list',
    '3:2 UNKNOWN_KEY discount: did you mean discounts?',
  ])
})

it.each(['name: ""\nrequest: {turn: 5}\n', 'name: a\nrequest: {shared: []}\n'])(
  'speaks of what is empty as such, not as a number: %j',
  text => {
    expect(check(text).join()).not.toMatch(/write 1 or more/)
  },
)

it('calls a rate left out a missing key', () => {
  const price = '{"from": "2026-01-01", "input": "1", "cache_read": "1", "source": "a", "grade": "own"}'
  expect(
    check(`{"schema": "dsprice/pricing/1", "models": [{"id": "a", "prices": [${price}]}]}`, layerSchema)[0],
  ).toMatch(/MISSING_KEY/)
})
