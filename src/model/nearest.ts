import { distance } from 'fastest-levenshtein'

const FEW = 3

/** The names within a few slips of the pen of `wanted`, or holding it whole: nearest first, three at most. */
export const nearest = (wanted: string, known: readonly string[]): string[] => {
  const target = wanted.toLowerCase()
  const slips = Math.max(2, Math.floor(target.length / 3))
  const found: { readonly name: string; readonly edits: number }[] = []
  for (const name of known) {
    const edits = editsTo(target, name.toLowerCase(), slips)
    if (edits === null) continue
    const at = found.findIndex(other => edits < other.edits || (edits === other.edits && name < other.name))
    found.splice(at < 0 ? found.length : at, 0, { name, edits })
    if (found.length > FEW) found.pop()
  }
  return found.map(({ name }) => name)
}

// Counting edits takes the product of two lengths: who wrote more than this made no slip of the pen.
const LONGEST = 200

/** Edits between two names; `null` where they are too many. */
const editsTo = (target: string, name: string, slips: number): number | null => {
  const inside = target.length >= 3 && name.includes(target)
  // There are at least as many edits as one is longer than the other.
  const isFar = Math.abs(target.length - name.length) > slips || target.length > LONGEST
  if (!inside && isFar) return null
  const edits = inside && isFar ? name.length - target.length : distance(target, name)
  return inside || edits <= slips ? edits : null
}
