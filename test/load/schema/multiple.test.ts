import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Code, InputError } from '../../../src/errors/index.ts'
import { factorIn } from '../../../src/load/schema/multiple.ts'
import { overlay, parseSource } from '../../../src/load/source/source.ts'
import { Expectation } from '../../../src/model/number/expectation.ts'
import { exact } from '../../../src/model/number/money.ts'

const TEXT = `name: a
model: 1.5m
traffic: {requests: 1001, per: day, profile: [1, 2]}
request: {turns: 4, turn_gap: 90s, session: 1.5K, shared: [100, {text: a}], turn: {text: a}, output: 350}
cache: {hit_share: 85%}
self_host:
  nodes: 4
  capacity: 100M/day
  usd_per_hour: {low: 40, high: "80.50"}
  throughput: {total: 52.3K, mix: "8:1"}
  utilisation: 0.4
budget: {per_month: $400, max_increase: 10%}
quality: {a: 1440}
`

const at = (data: unknown, key: string): unknown =>
  key.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], data)

const setTo = (...settings: string[]): unknown => {
  const [key = ''] = (settings.at(-1) ?? '').split('=')
  return at(overlay(parseSource('f.yaml', TEXT, 'always'), settings).data, key)
}

const refused = (setting: string): { code: Code; what: string; at?: string | undefined } | null => {
  try {
    overlay(parseSource('f.yaml', TEXT, 'always'), [setting])
  } catch (error) {
    if (error instanceof InputError && error.problems[0]) return error.problems[0]
    throw error
  }
  return null
}

describe('factorIn', () => {
  it.each([
    ['2x', '2'],
    ['0.5x', '0.5'],
    ['1.5×', '1.5'],
    ['2X', '2'],
    ['+10%', '1.1'],
    ['-10%', '0.9'],
    ['+0.25%', '1.0025'],
    ['-100%', '0'],
  ])('%s is times %s', (text, factor) => {
    expect(factorIn(text)?.toFixed()).toBe(factor)
  })

  it.each(['85%', '2', 'x', '+2x', '2xx', '"2x"', '+10', '1e3x', `${'9'.repeat(200)}x`])('%s is none', text => {
    expect(factorIn(text)).toBeUndefined()
  })
})

describe('a multiple in --set', () => {
  it.each<[setting: string, value: unknown]>([
    ['traffic.requests=2x', 2002],
    ['request.output=+10%', 385],
    ['request.session=2x', 3000],
    ['request.turn_gap=0.5x', '45s'],
    ['request.turns=0.5x', 2],
    // 85% × 1.1
    ['cache.hit_share=+10%', '93.5%'],
    ['self_host.utilisation=+10%', 0.44],
    ['self_host.nodes=1.5x', 6],
    ['self_host.capacity=0.25x', '25M/day'],
    ['self_host.throughput.total=+10%', '57.53K'],
    ['self_host.usd_per_hour=+10%', { low: 44, high: 88.55 }],
    ['self_host.usd_per_hour.low=2x', 80],
    ['budget.per_month=-50%', 200],
    ['budget.max_increase=2x', '20%'],
    ['quality.a=0.9x', 1296],
    ['traffic.profile.1=1.5x', 3],
    ['request.shared.0=3x', 300],
    // The defaults: 80 % at the most, one GPU-node of eight, no fixed cost.
    ['self_host.max_utilisation=0.5x', 0.4],
    ['self_host.gpus_per_node=2x', 16],
    ['self_host.fixed_usd_per_month=2x', 0],
    ['request.reasoning=2x', 0],
  ])('%s', (setting, value) => {
    expect(setTo(setting)).toEqual(value)
  })

  it.each<[setting: string, count: number]>([
    ['traffic.requests=0.5x', 500.5],
    ['request.output=0.333x', 116.55],
    ['request.session=0.0333x', 49.95],
    ['request.shared.0=0.005x', 0.5],
  ])('%s is an expectation', (setting, count) => {
    expect(setTo(setting)).toEqual(new Expectation(count))
  })

  it('multiplies what an earlier setting gave, an expectation too', () => {
    expect(setTo('request.output=500', 'request.output=2x')).toBe(1000)
    expect(setTo('traffic.requests=0.5x', 'traffic.requests=0.5x')).toEqual(new Expectation(250.25))
    expect(setTo('traffic.requests=0.5x', 'traffic.requests=2x')).toBe(1001)
  })

  it('multiplies a default of a key whose part of the file is missing', () => {
    const { data } = overlay(parseSource('f.yaml', 'name: a\n', 'always'), [
      'traffic.requests=20x',
      'request.turn_gap=2x',
    ])
    expect(data).toEqual({ name: 'a', traffic: { requests: 20 }, request: { turn_gap: '60s' } })
  })

  it.each([
    ['name=2x', 'not a number'],
    ['model=2x', 'not a number'],
    ['traffic.per=2x', 'not a number'],
    ['traffic.timezone=2x', 'not a number'],
    ['at=2x', 'neither a value nor a default'],
    ['traffic.profile=2x', 'not a number'],
    ['request.shared=2x', 'a list'],
    ['request.turn=2x', 'not a number'],
    ['request.turn.text=2x', 'not a number'],
    ['request.history=2x', 'not a number'],
    ['self_host=2x', 'not a number'],
    ['self_host.throughput.mix=2x', 'not a number'],
    ['self_host.usd_per_gpu_hour=2x', 'neither a value nor a default'],
    ['request.turns=0.3x', 'comes to 1.2, not a whole number'],
    ['self_host.nodes=+10%', 'comes to 4.4, not a whole number'],
    ['request.turn_gap=0.333x', 'comes to 29.97 s, not whole seconds'],
    ['request.output=0.3333333333x', 'more than 6 decimals'],
    ['request.output=-150%', 'less than nothing'],
  ])('refuses %s: %s', (setting, why) => {
    expect(refused(setting)).toMatchObject({ code: 'NO_MULTIPLE', what: expect.stringContaining(why) })
    expect(refused(setting)?.at).toBe(`--set ${setting.split('=')[0]}:1:1`)
  })

  it('says everything that is wrong at once', () => {
    expect(() => overlay(parseSource('f.yaml', TEXT, 'always'), ['name=2x', 'request.turns=0.3x'])).toThrow(
      /name=2x.*request\.turns=0\.3x/,
    )
  })

  it('leaves an unknown key to the schema, and text in quotes as it is', () => {
    expect(setTo('request.outptu=2x')).toBe('2x')
    expect(setTo('name="2x"')).toBe('2x')
  })

  it('keeps every digit', () => {
    const decimals = (places: number) => fc.nat({ max: 999_999 }).map(digits => exact(`${digits}e-${places}`).toFixed())
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), decimals(3), (count, factor) => {
        const value = setTo(`request.output=${count}`, `request.output=${factor}x`)
        const found = value instanceof Expectation ? value.count : Number(value)
        expect(exact(found).eq(exact(count).times(factor))).toBe(true)
      }),
    )
  })
})

describe('several values in --set', () => {
  const source = parseSource('f.yaml', TEXT, 'always')
  const fixOf = (setting: string): string => {
    const path = (setting.split('=')[0] ?? '').split('.')
    const problem = { code: 'INVALID', exit: 2, what: 'x', fix: 'y', path } as const
    return overlay(source, [setting]).locate(problem).fix
  }

  it.each(['request.output=350,700,1400', 'request.output=1K..8K/1K', 'model=a,b'])('%s leads to sweep', setting => {
    expect(fixOf(setting)).toBe(`use dsprice sweep --vary ${setting}`)
  })

  it.each(['request.output=many', 'traffic.profile=[1, 2]', 'description="a, b"'])('%s does not', setting => {
    expect(fixOf(setting)).toBe('y')
  })
})
