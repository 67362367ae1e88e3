import { distance } from 'fastest-levenshtein'

const FEW = 3

/** Known names within a few typos of `wanted`, or containing it: nearest first, at most three. */
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

// Edit distance takes time proportional to the product of both lengths; a longer text is not a typo.
const LONGEST = 200

/** Edit distance of two names; `null` if it is above the limit. */
const editsTo = (target: string, name: string, slips: number): number | null => {
  const inside = target.length >= 3 && name.includes(target)
  // The difference in length is a lower bound of the edit distance.
  const isFar = Math.abs(target.length - name.length) > slips || target.length > LONGEST
  if (!inside && isFar) return null
  const edits = inside && isFar ? name.length - target.length : distance(target, name)
  return inside || edits <= slips ? edits : null
}
