import { remembered } from '../../model/remembered.ts'
import type { DatedScenario } from '../fleet/price-ends.ts'

/** A scenario on both sides; `null` on the side that does not have it. */
export interface Pair<B extends DatedScenario, H extends DatedScenario> {
  readonly base: B | null
  readonly head: H | null
}

/** By what a scenario's file is told: its path from the folder that is compared, else its own. */
const placeOf = ({ place, scenario }: DatedScenario): string | undefined => place ?? scenario.file

/** The best match for a scenario on a side: same name and file, else same name, else same file. */
export const findTwin = <P extends DatedScenario>(
  side: readonly P[],
  { name, file }: { readonly name: string; readonly file?: string | undefined },
): P | undefined => {
  const { both, byName, byFile } = twins(side)
  return (both.get(`${name}\n${file}`) ?? byName.get(name) ?? byFile.get(file)) as P | undefined
}

/** Index of a side's scenarios; the first one wins. */
const twins = remembered((side: readonly DatedScenario[]) => {
  const firstBy = <K>(keyOf: (one: DatedScenario) => K): ReadonlyMap<K, DatedScenario> =>
    new Map(side.toReversed().map(one => [keyOf(one), one]))
  return {
    both: firstBy(one => `${one.scenario.name}\n${placeOf(one)}`),
    byName: firstBy(({ scenario }) => scenario.name),
    byFile: firstBy(placeOf),
  }
})

/**
 * Pairs the scenarios of two sides by name and file, then by name, then by file, each at most once.
 *
 * @returns in the order of the head, then the scenarios that only the base has
 */
export const pairScenarios = <B extends DatedScenario, H extends DatedScenario>(
  base: readonly B[],
  head: readonly H[],
): Pair<B, H>[] => {
  const found = new Map<H, B>()
  const taken = new Set<B>()
  const match = (keyOf: (placed: DatedScenario) => string | undefined): void => {
    const rest = new Map<string, B>()
    for (const one of base) {
      const key = keyOf(one)
      if (key !== undefined && !taken.has(one) && !rest.has(key)) rest.set(key, one)
    }
    for (const one of head) {
      const key = keyOf(one)
      const other = key === undefined ? undefined : rest.get(key)
      if (!other || found.has(one) || taken.has(other)) continue
      found.set(one, other)
      taken.add(other)
    }
  }
  match(one => `${one.scenario.name}\n${placeOf(one)}`)
  match(({ scenario }) => scenario.name)
  match(placeOf)
  return [
    ...head.map(one => ({ base: found.get(one) ?? null, head: one })),
    ...base.filter(one => !taken.has(one)).map(one => ({ base: one, head: null })),
  ]
}
