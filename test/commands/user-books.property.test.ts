import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dsprice } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const rates = { input: '1', cache_read: '0.1', cache_write: '1.25', output: '2', batch: { discount: '0.5' } }
const row = { ...rates, from: '2026-01-01', to: '2026-05-01', source: 'deal', grade: 'own' }
const hours = { timezone: 'UTC', weekdays: ['mon', 'tue'], hours: ['09:00-12:00'], holidays: 'except' }

/** A file with one of everything, all of it right. */
const VALID = {
  schema: 'dsprice/pricing/1',
  extends: '2026-05-15',
  sources: { deal: { title: 'Contract', where: 'contract.pdf', retrieved: '2026-01-01', grade: 'own' } },
  providers: {
    mine: {
      name: 'Mine',
      usage: 'unknown',
      review_every_days: 30,
      jurisdiction: null,
      cache: {
        default: {
          match: 'blocks',
          block: 64,
          minimum: 64,
          lifetimes: [{ ttl_s: 300, write: 'cache_write' }],
          stores_output: false,
          assumed: ['block'],
          source: 'deal',
        },
        other: 'none',
      },
      batch: { discount: '0.5', stacking: 'multiply', source: 'deal' },
      calendar: { holidays: { 2026: ['2026-12-25', '2026-10-01..2026-10-07'] }, source: 'deal' },
      facts: { zdr: { value: 'yes', source: 'deal' } },
    },
  },
  models: [
    {
      id: 'own',
      provider: 'mine',
      aliases: ['ours'],
      context: 100_000,
      max_output: null,
      tokenizer: 'o200k_base',
      cache: { rule: 'default', minimum: 10 },
      prices: [
        { ...row, tiers: [{ ...rates, threshold: 1000, operator: '>' }] },
        { ...row, from: '2026-05-01', to: null, cache: 'default', windows: [{ ...rates, ...hours, name: 'peak' }] },
      ],
    },
    { id: 'deepseek-v4', prices: [{ ...row, to: '2027-01-01', also: ['deal'] }] },
  ],
  discounts: [{ model: 'own', off: '0.1', from: '2026-01-01', to: null, source: 'deal' }],
}

const scenario = (at: string) => `name: own
at: ${at}
routing: {legs: [{model: own, share: 60%}, {model: deepseek-v4, share: 40%}]}
traffic: {requests: 100, per: day}
request: {turns: 3, shared: 2K, session: 100, turn: 20, output: 100, history: true}
`

beforeAll(() => {
  writeFileSync(join(folder, 'early.yaml'), scenario('2026-02-01'))
  writeFileSync(join(folder, 'late.yaml'), scenario('2026-06-01T10:00Z'))
  writeFileSync(join(folder, 'week.yaml'), scenario('2026-06-01'))
})

type Path = readonly string[]

const pathsOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
    : [path]

const PATHS = pathsOf(VALID).filter(({ length }) => length > 0)

const strange = fc.oneof(
  fc.constantFrom<unknown>(null, {}, [], '', 0, -1, 1e300, 0.5, true, [null], { a: 1 }, 'x'.repeat(100_000)),
  fc.constantFrom('NaN', 'Infinity', '-1', '1e9', '0', '1000000', '0.00000000000001', '9'.repeat(400), '__proto__'),
  fc.constantFrom('constructor', 'toString', 'none', 'unknown', 'not_offered', 'default', 'own', 'mine', 'deepseek-v4'),
  fc.constantFrom('2026-02-30', '2026-06-01', '0000-01-01', '9999-12-31T23:59Z', 'UTC', '24:00-00:00', '\u001b[31m'),
  // A piece of the file in another place.
  fc.constantFrom(...PATHS).map(path => path.reduce<unknown>((value, key) => (value as never)[key], VALID)),
)

interface Change {
  readonly path: Path
  readonly how: 'remove' | 'replace' | 'add' | 'repeat'
  readonly value: unknown
}

const change: fc.Arbitrary<Change> = fc.record({
  path: fc.constantFrom(...PATHS),
  how: fc.constantFrom('remove', 'replace', 'replace', 'add', 'repeat'),
  value: strange,
})

/** The file with one thing changed; as it is where an earlier change took the place away. */
const changed = (file: unknown, { path, how, value }: Change): unknown => {
  const copy = structuredClone(file)
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null)?.[key], copy)
  if (typeof holder !== 'object' || holder === null) return copy
  const [key = '', record] = [path.at(-1), holder as Record<string, unknown>]
  if (how === 'remove') Array.isArray(holder) ? holder.splice(Number(key), 1) : delete record[key]
  if (how === 'replace') record[key] = value
  if (how === 'add') Array.isArray(holder) ? holder.push(value) : Object.assign(holder, { more: value })
  if (how === 'repeat' && Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]))
  return copy
}

const codeOf = async (...argv: string[]): Promise<number> => (await dsprice(argv, folder)).code

const judged = async (file: unknown): Promise<Record<string, number>> => {
  writeFileSync(join(folder, 'mine.json'), JSON.stringify(file))
  const lint = await codeOf('prices', 'lint', 'mine.json')
  const priced = await codeOf('estimate', 'early.yaml', 'late.yaml', 'week.yaml', '--pricing', 'mine.json')
  return { lint, priced }
}

it('begins with a file that holds', async () => {
  expect(await judged(VALID)).toEqual({ lint: 0, priced: 0 })
})

it('whatever is done to a price file, it is refused by lint and by estimate alike, or by neither; nothing crashes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async changes => {
      const { lint, priced } = await judged(changes.reduce<unknown>(changed, VALID))
      expect(lint === 0 ? [0, 3] : [2]).toContain(priced)
      expect([0, 2]).toContain(lint)
    }),
    { numRuns: Number(process.env['FUZZ'] ?? 60) },
  )
}, 60_000)
