import { distinct } from '../../model/distinct.ts'
import type { ContentNote } from '../../model/scenario/counted.ts'
import type { ImageRule, Picture } from '../../tokens/index.ts'
import { notesIn, type ReadLength } from './read-length.ts'

/** What a report says about the contents of a request, as one model counts them. */
export const contentNotes = (lengths: readonly ReadLength[], images: () => ImageRule): readonly ContentNote[] => {
  const pictures = lengths.flatMap(picturesIn)
  return distinct([...lengths.flatMap(notesIn), ...(pictures.length > 0 ? imageNotes(pictures, images()) : [])])
}

const picturesIn = (read: ReadLength): readonly Picture[] => {
  if (typeof read === 'number') return []
  return read.flatMap(part => {
    if (typeof part === 'number') return []
    if (part.kind === 'image') return [part.picture]
    if (part.kind !== 'messages') return []
    return part.conversation.messages.flatMap(({ contents }) => contents.filter(one => one.kind === 'image'))
  })
}

/** The rule that pictures are counted by, and how many are of unknown size. */
export const imageNotes = (pictures: readonly Picture[], { words }: ImageRule): readonly ContentNote[] => {
  const unknown = pictures.filter(({ size }) => size === null).length
  return [
    { code: 'IMAGE_RULE', what: `pictures are estimates by the rule ${words}` },
    ...(unknown > 0
      ? [
          {
            code: 'IMAGE_SIZE',
            what: `the size of ${unknown} of ${pictures.length} pictures in messages is not known: 1024 × 1024 each, from the least to the most that the rule allows`,
          },
        ]
      : []),
  ]
}
