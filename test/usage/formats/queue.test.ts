import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recordQueue } from '../../../src/usage/formats/queue.ts'
import { fixedCell } from '../../../src/usage/reading/cell.ts'
import { idScope } from '../../../src/usage/reading/seen-ids.ts'
import { recordWith } from '../build.ts'

const SCOPES = [idScope(), idScope()]

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
        const exit = { record: () => void told.push(`${i} new`), duplicate: () => void told.push(`${i} again`) }
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
