import { toDecimals } from '../../model/number/money.ts'
import { count } from '../../model/result/print-exact.ts'
import type { Length, Part } from '../../model/scenario/counted.ts'
import { addParts, meanOf } from '../workload/add-parts.ts'

/** Pairs the parts of a length on two sides, so that each text that changed is a cause of its own. */

/** A part of a length on both sides; `null` on the side that does not have it. */
export interface Slot {
  readonly from: Part | null
  readonly to: Part | null
}

const numberPart = (tokens: number): Part => ({
  source: 'number',
  kind: 'number',
  samples: [tokens],
  tokenizer: null,
  exact: true,
})

/** Whether a value is a length with parts. */
export const hasParts = (value: unknown): value is Exclude<Length, number> =>
  typeof value === 'object' && value !== null && 'parts' in value && Array.isArray(value.parts)

const partsOf = (length: Length): readonly Part[] => {
  if (typeof length !== 'number') return length.parts
  return length === 0 ? [] : [numberPart(length)]
}

const isWritten = ({ kind }: Part): boolean => kind !== 'template'

/** The parts that the file states, paired by name, then in their order; those that only one side has come last. */
export const slotsOf = (from: Length, to: Length): Slot[] => {
  const left = partsOf(from).filter(isWritten)
  const found = partsOf(to)
    .filter(isWritten)
    .map(part => {
      const i = left.findIndex(({ kind, source }) => kind === part.kind && source === part.source)
      return { from: i < 0 ? null : (left.splice(i, 1)[0] ?? null), to: part }
    })
  const slots = found.map(slot => ({ ...slot, from: slot.from ?? left.shift() ?? null }))
  return [...slots, ...left.map(part => ({ from: part, to: null }))]
}

/** What a chat template adds to a length. */
const templateOf = (length: Length): readonly Part[] => partsOf(length).filter(part => !isWritten(part))

const counts = (part: Part | null | undefined): string =>
  JSON.stringify(part ? [part.samples, part.low ?? null, part.high ?? null] : null)

/** Whether the two sides of a part have other tokens. */
export const isChanged = ({ from, to }: Slot): boolean => counts(from) !== counts(to)

/** Whether a chat template adds other tokens. */
export const isTemplateChanged = (from: Length, to: Length): boolean =>
  JSON.stringify(templateOf(from).map(counts)) !== JSON.stringify(templateOf(to).map(counts))

/** Mean tokens of a part, as documents carry them; `null`: it is not there. */
export const tokensOf = (part: Part | null): number | string | null => part && count(meanOf(part))

/** Mean tokens of a length's template. */
export const templateTokens = (length: Length): number | string => {
  const parts = templateOf(length)
  return parts.length === 0
    ? 0
    : toDecimals(
        parts.map(meanOf).reduce((a, b) => a.plus(b)),
        6,
      )
}

/**
 * A length in which some parts are those of the other side.
 *
 * @param isTaken - whether a slot is taken from `to`
 * @param template - whether the chat template's tokens are taken from `to`
 */
export const mixParts = (
  from: Length,
  to: Length,
  { isTaken, template }: { readonly isTaken: (slot: number) => boolean; readonly template: boolean },
): Length =>
  addParts([
    ...slotsOf(from, to).flatMap((slot, i) => (isTaken(i) ? slot.to : slot.from) ?? []),
    ...templateOf(template ? to : from),
  ])
