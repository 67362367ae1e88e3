import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordQueue } from '../../../src/usage/formats/queue.ts'
import { fixedCell } from '../../../src/usage/reading/cell.ts'
import { idScope } from '../../../src/usage/reading/seen-ids.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { recordWith } from '../build.ts'

const SCOPES = [idScope(), idScope()]

const TELLS = { duplicate: () => {}, part: () => {} }

describe('of records of one call that is still being written', () => {
  /** Outputs that are given of calls with these outputs, and how many others end as a part or as a duplicate. */
  const given = (...calls: readonly (readonly [id: string, output: number])[]) => {
    const [outputs, ends] = [[] as number[], { parts: 0, duplicates: 0 }]
    const exit = {
      record: ({ output }: UsageRecord) => void outputs.push(output),
      duplicate: () => void ends.duplicates++,
      part: () => void ends.parts++,
    }
    const queue = recordQueue()
    for (const [id, output] of calls) queue.giveMost(recordWith({ output }), exit, SCOPES[0] ?? 0, id)
    queue.flush()
    return { outputs, ...ends }
  }
  const others = (count: number) => Array.from({ length: count }, (_, i) => [`other ${i}`, 0] as const)

  it('that with the most output is given', () => {
    expect(given(['a', 1], ['a', 7], ['a', 7], ['a', 3])).toEqual({ outputs: [7], parts: 1, duplicates: 2 })
  })

  it('streams may be mixed, and have any number of lines', () => {
    const calls = Array.from({ length: 1000 }, (_, i) => [['a', i] as const, ['b', i] as const, ['c', i] as const])
    expect(given(...calls.flat())).toEqual({ outputs: [999, 999, 999], parts: 2997, duplicates: 0 })
    expect(given(...calls.flat().filter(([id]) => id === 'a'))).toEqual({ outputs: [999], parts: 999, duplicates: 0 })
  })

  it.each([0, 1, 100, 127])('%i others may stand between', count => {
    for (const first of [0, 1, 100, 126, 127, 128, 300]) {
      const start = others(first).map(([id]) => [`first ${id}`, 0] as const)
      const { outputs, parts } = given(...start, ['a', 1], ...others(count), ['a', 7])
      expect([outputs.filter(one => one > 0), parts]).toEqual([[7], 1])
    }
  })

  it('a record that comes later is a duplicate', () => {
    expect(given(['a', 1], ...others(300), ['a', 7])).toMatchObject({ parts: 0, duplicates: 1 })
  })

  it('the prompt decides where the output is the same', () => {
    const inputs: number[] = []
    const queue = recordQueue()
    const exit = { ...TELLS, record: ({ input }: UsageRecord) => void inputs.push(input) }
    for (const input of [0, 9, 5]) queue.giveMost(recordWith({ input }), exit, SCOPES[0] ?? 0, 'a')
    queue.flush()
    expect(inputs).toEqual([9])
  })
})

/** What a record is given with. */
interface Given {
  /** `null`: nobody asks whether it came before. */
  readonly scope: number | null
  readonly id: string | null
  readonly isCell: boolean
}

const given = fc.record<Given>({
  scope: fc.constantFrom(null, 0, 1),
  id: fc.oneof(fc.constantFrom(null, ''), fc.integer({ max: 60, min: 0 }).map(String)),
  isCell: fc.boolean(),
})

it('gives records in their order, but those whose id came before in their scope', () => {
  fc.assert(
    fc.property(fc.array(given, { maxLength: 700 }), fc.integer({ min: 1, max: 400 }), (all, pause) => {
      const told: string[] = []
      const queue = recordQueue()
      all.forEach(({ scope, id, isCell }, i) => {
        const exit = {
          record: () => void told.push(`${i} new`),
          duplicate: () => void told.push(`${i} again`),
          part: () => void told.push(`${i} part`),
        }
        const record = recordWith({})
        if (scope === null) queue.give(record, exit)
        else queue.giveOnce(record, exit, SCOPES[scope] ?? 0, isCell ? fixedCell('id', id) : id || null)
        if (i % pause === 0) queue.flush()
      })
      queue.flush()
      const seen = new Set<string>()
      const expected = all.map(({ scope, id }, i) => {
        const key = `${scope} ${id}`
        const isAgain = scope !== null && id !== null && id !== '' && seen.has(key)
        if (scope !== null) seen.add(key)
        return `${i} ${isAgain ? 'again' : 'new'}`
      })
      expect(told).toEqual(expected)
    }),
  )
})
