import { exact } from '../../model/number/money.ts'
import type { Shown } from './page-data.ts'

/** How a value is entered. */
export type Field =
  | {
      readonly kind: 'count'
      readonly unit: string
      readonly min: number
      readonly max: number
      readonly whole: boolean
      /** Where a slider begins if the file has no value. */
      readonly start?: number
      /** What holds then. */
      readonly unset?: string
    }
  | { readonly kind: 'share'; readonly unset?: string }
  | { readonly kind: 'usd'; readonly unit: string }
  | { readonly kind: 'cache'; readonly lifetimes: readonly string[] }
  | { readonly kind: 'moment' }
  | { readonly kind: 'choice'; readonly options: readonly { readonly value: string; readonly label: string }[] }

export const GROUPS = ['Traffic', 'Request', 'Cache', 'Split', 'Cluster', 'Prices'] as const

/** A key of a scenario file that the page can set. */
export interface Control {
  /** The key's path, as after `--set`. */
  readonly key: string
  readonly label: string
  readonly group: (typeof GROUPS)[number]
  readonly field: Field
  /** The value that the scenario has, in the form that `write` takes; empty: the file leaves it out. */
  readonly read: (shown: Shown) => string
  /** The scenario with another value; `null`: the text is no value of this key. */
  readonly write: (shown: Shown, text: string) => Shown | null
  /** The value as a YAML file has it. */
  readonly toFile: (text: string) => unknown
}

/** A count from its text; `null`: it is none, or outside the bounds. */
export const countIn = (
  text: string,
  { min, max, whole }: { min: number; max: number; whole: boolean },
): number | null => {
  if (!/^\d{1,15}(\.\d{1,6})?$/.test(text)) return null
  const value = Number(text)
  return value < min || value > max || (whole && !Number.isInteger(value)) ? null : value
}

/** A share from 0 to 1 with at most 6 decimals; `null`: it is none. */
export const shareIn = (text: string): number | null =>
  /^(0(\.\d{1,6})?|1(\.0{1,6})?)$/.test(text) ? Number(text) : null

/** An amount of USD as exact digits; `null`: it is none. */
export const usdIn = (text: string): string | null =>
  /^\d{1,9}(\.\d{1,6})?$/.test(text) ? exact(text).toFixed() : null
