import { parseInstant } from '../../model/time.ts'
import type { UsageRecord } from '../../usage/record.ts'

/** Thrown for a record that cannot be read; the message says why. */
export class BadRecord extends Error {
  override readonly name = 'BadRecord'
}

const COUNTS = new Set(['input', 'cache_read', 'cache_write', 'cache_write_1h', 'output', 'reasoning', 'requests'])
const TEXTS = new Set(['at', 'end', 'model', 'service', 'batch', 'id', 'stated_usd'])

/** A record of our own plain form: the keys of `UsageRecord`, and beside them user, team and tag.X to group by. */
export const plainRecord = (value: unknown): UsageRecord => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadRecord('is not an object')
  const fields = value as Readonly<Record<string, unknown>>
  const [at, end] = [instantOf(fields, 'at'), instantOf(fields, 'end')]
  const others = Object.keys(fields).filter(key => !COUNTS.has(key) && !TEXTS.has(key))
  return {
    at,
    end,
    model: textOf(fields, 'model'),
    input: countOf(fields, 'input', 0) ?? 0,
    cache_read: countOf(fields, 'cache_read', 0),
    cache_write: countOf(fields, 'cache_write', 0),
    cache_write_1h: countOf(fields, 'cache_write_1h', 0),
    output: countOf(fields, 'output', 0) ?? 0,
    reasoning: countOf(fields, 'reasoning', null),
    requests: countOf(fields, 'requests', end === null && textOf(fields, 'model') !== null ? 1 : null),
    service: textOf(fields, 'service'),
    batch: fields['batch'] === true || fields['batch'] === 'true',
    id: textOf(fields, 'id'),
    stated_usd: statedOf(fields),
    keys: Object.fromEntries(others.flatMap(key => (isText(fields[key]) ? [[key, fields[key]]] : []))),
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const textOf = (fields: Readonly<Record<string, unknown>>, key: string): string | null => {
  const value = fields[key]
  return isText(value) ? value : null
}

/** A count; `null` says that it is not known, a key that is left out has the default. */
const countOf = (fields: Readonly<Record<string, unknown>>, key: string, left: number | null): number | null => {
  const value = fields[key]
  if (value === null) return null
  if (value === undefined || value === '') return left
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count
  throw new BadRecord(`${key} is not a count: a whole number from 0`)
}

const instantOf = (fields: Readonly<Record<string, unknown>>, key: string): number | null => {
  const text = textOf(fields, key)
  if (text === null) return null
  const ms = parseInstant(text)
  if (ms === undefined) throw new BadRecord(`${key} is not an instant such as 2026-11-23T09:00Z`)
  return ms
}

const statedOf = (fields: Readonly<Record<string, unknown>>): string | null => {
  const value = fields['stated_usd']
  if (value === undefined || value === null || value === '') return null
  const digits = String(value)
  if (/^-?\d{1,15}(\.\d{1,18})?$/.test(digits)) return digits
  throw new BadRecord('stated_usd is not an amount in plain digits')
}
