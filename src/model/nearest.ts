import { distance } from 'fastest-levenshtein'

/** The names within a few slips of the pen of `wanted`, or holding it whole: nearest first, three at most. */
export const nearest = (wanted: string, known: readonly string[]): string[] => {
  const target = wanted.toLowerCase()
  const slips = Math.max(2, Math.floor(target.length / 3))
  return known
    .map(name => ({ name, edits: distance(target, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= slips || (target.length >= 3 && name.toLowerCase().includes(target)))
    .sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}
