import fc from 'fast-check'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import type { Control } from '../../../src/plan/page/control.ts'
import { sharesWith } from '../../../src/plan/page/split-controls.ts'

/** A value that a control can have, as its text. */
const valueFor = ({ field, key }: Control): fc.Arbitrary<string> => {
  switch (field.kind) {
    case 'count':
      return fc.integer({ min: Math.max(field.min, key.startsWith('self_host') ? 4 : 0), max: 5000 }).map(String)
    case 'share':
      return fc.integer({ min: 1, max: 1000 }).map(permille => String(permille / 1000))
    case 'usd':
      return fc.integer({ min: 1, max: 20_000 }).map(cents => String(cents / 100))
    case 'cache':
      return fc.oneof(
        fc.constantFrom('prefix', 'none', 'ideal'),
        fc.integer({ min: 0, max: 100 }).map(percent => `{hit_share: ${percent / 100}}`),
        ...(field.lifetimes.length > 0
          ? [fc.constantFrom(...field.lifetimes).map(ttl => `{policy: prefix, ttl: ${ttl}}`)]
          : []),
      )
    case 'moment':
      return fc.constantFrom('2026-11-20', '2026-11-24T02:00Z', '2026-11-24T15:30Z')
    case 'choice':
      return fc.constantFrom(...field.options.map(({ value }) => value))
    default:
      return field satisfies never
  }
}

/** Some of the controls, with values; the shares of a split are set together. */
export const settingsFor = (controls: readonly Control[], { scenario }: { scenario: Scenario }) => {
  const alone = controls.filter(({ group, key }) => group !== 'Split' && key !== 'pricing')
  const some = fc
    .subarray(alone as Control[])
    .chain(chosen => fc.tuple(...chosen.map(control => valueFor(control).map(text => [control.key, text] as const))))
  const legs = scenario.routing?.legs ?? []
  const split =
    legs.length < 2
      ? fc.constant(new Map<string, string>())
      : fc.tuple(fc.nat({ max: legs.length - 1 }), fc.integer({ min: 0, max: 1000 })).map(([index, permille]) =>
          sharesWith(
            legs.map(({ share }) => share),
            index,
            permille / 1000,
          ),
        )
  return fc.tuple(some, split).map(([pairs, shares]) => new Map([...pairs, ...shares]))
}
