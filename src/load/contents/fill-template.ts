import * as z from 'zod/mini'
import { InputError, MOST_TOLD, type Problem, problems } from '../../errors/index.ts'
import { entryOf } from '../../model/entry-of.ts'
import { fault } from '../../model/units.ts'
import { checkSchema } from '../source/check-schema.ts'
import { placesIn } from '../source/places.ts'
import { parseSource } from '../source/source.ts'

/** A template with its placeholders filled in. */
export interface Filled {
  readonly text: string
  /** Where the first placeholder stood; `null`: there is none. */
  readonly first: { readonly offset: number; readonly at: string } | null
  /** Names of values that no placeholder uses. */
  readonly unused: readonly string[]
}

const valueFault = fault('must be text or a number', 'write the value in quotes')

const valuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()], valueFault))

export type Values = Readonly<Record<string, string | number | boolean>>

/** Reads the values of a template: a mapping in YAML or JSON. @throws {InputError} every problem in it, located */
export const parseValues = (file: string, text: string): Values =>
  checkSchema(valuesSchema, parseSource(file, text, 'never'))

/** The inside has no braces and a bound, so that a text of braces takes no longer than any other. */
const PLACEHOLDER = /\{\{([^{}]{0,200})\}\}|\{%/g
const NAME = /^[\p{L}_][\p{L}\p{N}_.-]*$/u

interface Given {
  readonly values: Values
  /** File of the values, as the user named it. */
  readonly valuesFile: string
  /** Most characters of the filled text: a template may repeat a long value any number of times. */
  readonly limit: number
}

/**
 * Replaces each `{{name}}` of a template by the value of that name.
 *
 * @param sent - what is sent of the file: its end
 * @throws {InputError} NO_VALUE for each name without a value, BAD_PLACEHOLDER; both located; TOO_LARGE
 */
export const fillTemplate = (
  file: string,
  { text, sent }: { readonly text: string; readonly sent: string },
  { values, valuesFile, limit }: Given,
): Filled => {
  const before = text.length - sent.length
  const place = placesIn(file, text, false)
  const faults = new Map<string, Problem | null>()
  const used = new Set<string>()
  const pieces: string[] = []
  let [end, length] = [0, sent.length]
  let first: Filled['first'] = null
  for (const found of sent.matchAll(PLACEHOLDER)) {
    const [written, inside] = found
    const at = (): string => place(before + found.index, written.length).at ?? file
    first ??= { offset: found.index, at: at() }
    const name = inside?.trim() ?? ''
    const isBare = inside !== undefined && sent[found.index - 1] !== '{' && sent[found.index + written.length] !== '}'
    const isName = isBare && NAME.test(name)
    const value = isName ? entryOf(values, name) : undefined
    const key = isName ? name : written
    if (value === undefined && !faults.has(key)) {
      const fault = (): Problem => (isName ? problems.noValue(name, valuesFile) : problems.badPlaceholder())
      faults.set(key, faults.size < MOST_TOLD ? { ...fault(), at: at() } : null)
    }
    used.add(name)
    length += String(value ?? '').length
    if (length > limit) throw new InputError([problems.tooLarge(file, length, limit)])
    pieces.push(sent.slice(end, found.index), String(value ?? ''))
    end = found.index + written.length
  }
  if (faults.size > 0) {
    const rest = faults.size - MOST_TOLD
    const told = [...faults.values()].filter(one => one !== null)
    throw new InputError([...told, ...(rest > 0 ? [{ ...problems.moreFaults(rest), at: file }] : [])])
  }
  return {
    text: [...pieces, sent.slice(end)].join(''),
    first,
    unused: Object.keys(values).filter(name => !used.has(name)),
  }
}
