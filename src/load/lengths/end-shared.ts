import type { ReadLength, ReadPart, Text } from './read-length.ts'

type Item = number | ReadPart

const itemsOf = (read: ReadLength): readonly Item[] => (typeof read === 'number' ? (read === 0 ? [] : [read]) : read)

/**
 * Ends the shared part at its first placeholder: requests are alike up to there, and what follows, up to the end of
 * `shared`, is alike only within one conversation, so it becomes the beginning of `session`.
 */
export const endShared = <T extends { readonly shared: ReadLength; readonly session: ReadLength }>(lengths: T): T => {
  const shared = itemsOf(lengths.shared)
  const place = shared.findIndex(part => typeof part !== 'number' && part.kind === 'text' && part.first)
  const template = shared[place]
  if (typeof template !== 'object' || template.kind !== 'text' || !template.first) return lengths
  const [head, rest] = splitAt(template, template.first)
  const moved = [rest, ...shared.slice(place + 1)].map(ofSystem)
  const kept = head.samples[0]?.text === '' ? shared.slice(0, place) : [...shared.slice(0, place), head]
  return { ...lengths, shared: kept.length === 0 ? 0 : kept, session: [...moved, ...itemsOf(lengths.session)] }
}

const ofSystem = (part: Item): Item =>
  typeof part === 'object' && (part.kind === 'text' || part.kind === 'tools') ? { ...part, ofSystem: true } : part

const splitAt = (template: Text, { offset, at }: { readonly offset: number; readonly at: string }): [Text, Text] => {
  const { samples, source, first: _, ...kept } = template
  const piece = (from: number, to?: number) => samples.map(one => ({ ...one, text: one.text.slice(from, to) }))
  const what = `the shared part ends at the first placeholder, ${at}: what follows it in shared is counted as session`
  return [
    { ...kept, source, samples: piece(0, offset), notes: [...template.notes, { code: 'SHARED_ENDS', what }] },
    { ...kept, source: `${source}, filled in`, samples: piece(offset), notes: [] },
  ]
}
