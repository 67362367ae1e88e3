import { InputError, problems } from '../../errors/index.ts'
import type { AskedFleet } from '../../load/replay/fleet-terms.ts'
import { perSecond } from '../../model/rates.ts'
import { duration } from '../../model/time.ts'
import { parseShare, positiveSize, size } from '../../model/units.ts'
import { POLICIES } from '../../replay/cache/policies.ts'
import type { RowName } from '../../replay/choose-policies.ts'

/** The values of `dsprice replay`'s flags. */

const usage = (what: string, fix: string): InputError => new InputError([problems.usage(what, fix)])

interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false }
}

const parsed = <T>(schema: Schema<T>, value: string): T | undefined => {
  const result = schema.safeParse(value)
  return result.success ? result.data : undefined
}

/** @throws {InputError} USAGE */
export const policiesIn = (given: readonly string[]): RowName[] => {
  const known: readonly RowName[] = ['rule', ...POLICIES]
  return [...new Set(given.flatMap(list => list.split(',')).map(name => name.trim()))].map(name => {
    const found = known.find(one => one === name)
    if (found) return found
    throw usage(`--policy must be ${known.join(', ')}, got "${name}"`, 'write --policy ttl,lru')
  })
}

/** Milliseconds; `null`: not given. @throws {InputError} USAGE */
export const durationIn = (flag: string, given: string | undefined): number | null => {
  if (given === undefined) return null
  const seconds = parsed<number>(duration, given)
  if (seconds !== undefined && seconds > 0) return seconds * 1000
  throw usage(
    `${flag} must be whole seconds, from 1s to 366d, with the unit s, m, h or d, got "${given}"`,
    `write ${flag} 5m`,
  )
}

/** A count; `null`: not given. @throws {InputError} USAGE */
export const countIn = (
  flag: string,
  given: string | undefined,
  { least = 1, such = 512 }: { readonly least?: 0 | 1; readonly such?: number | string } = {},
): number | null => {
  if (given === undefined) return null
  const count = parsed<number>(least === 0 ? size : positiveSize, given)
  if (count !== undefined) return count
  throw usage(`${flag} must be a whole number from ${least} to 1e12, got "${given}"`, `write ${flag} ${such}`)
}

/** @param below - whether 1 itself is refused @throws {InputError} USAGE */
export const shareIn = (flag: string, given: string, below: boolean): number => {
  const share = parseShare(given)
  if (share !== undefined && (below ? share < 1 : share > 0)) return share
  throw usage(
    `${flag} must be a share ${below ? 'from 0, below 100%' : 'above 0, up to 100%'}, got "${given}"`,
    `write ${flag} ${below ? '50%' : '80%'}`,
  )
}

/** The flags that go with `--throughput` alone. @throws {InputError} USAGE */
export const refuseWithoutThroughput = (flags: Readonly<Record<string, string | undefined>>): void => {
  const [given] = Object.entries(flags).find(([, value]) => value !== undefined) ?? []
  if (given === undefined) return
  throw usage(
    `${given} is of the fleet, which needs --throughput`,
    'write --throughput prefill=52300,decode=22300, or leave it out',
  )
}

/** `null`: not given. @throws {InputError} USAGE */
export const throughputIn = (given: string | undefined): AskedFleet['throughput'] | null => {
  if (given === undefined) return null
  const pairs = new Map(given.split(',').map(pair => [pair.split('=')[0]?.trim() ?? '', pair.split('=')[1] ?? '']))
  const ref = pairs.get('ref')
  const keys = [...pairs.keys()]
  if (ref && keys.every(key => key === 'ref' || key === 'prompt_tokens')) {
    const length = countIn('--throughput prompt_tokens', pairs.get('prompt_tokens'))
    return { kind: 'ref', ref, ...(length === null ? {} : { prompt_tokens: length }) }
  }
  const rate = (key: string): string | undefined => parsed<string>(perSecond, pairs.get(key) ?? '')
  const [prefill, decode] = [rate('prefill'), rate('decode')]
  const cached = pairs.has('cached_prefill') ? rate('cached_prefill') : prefill
  const known = ['prefill', 'decode', 'cached_prefill']
  if (prefill && decode && cached && keys.every(key => known.includes(key))) {
    return { kind: 'phases', prefill, decode, cached_prefill: cached }
  }
  throw usage(
    `--throughput must be a row of the cluster book, or tokens a second of one node in each phase, got "${given}"`,
    'write --throughput ref=sglang-96xh100,prompt_tokens=2000 or prefill=52300,decode=22300',
  )
}
