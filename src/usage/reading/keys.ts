import { type Cell, type CellAt, fixedCells, textCell, valueIn } from './cell.ts'
import { type Fields, fieldsAt, isFields } from './fields.ts'
import { kept } from './kept.ts'

type Keys = Record<string, string>

/** Keys to group by, without those that the source leaves empty. */
export const keysOf = (given: Readonly<Record<string, unknown>>): Keys => {
  const keys: Keys = {}
  for (const key in given) {
    const value = given[key]
    if (typeof value === 'string' && value !== '') keys[key] = value
    else if (typeof value === 'number') keys[key] = String(value)
  }
  return keys
}

/** `tag.<name>` of an object of tags, or of a list: `team:support` is the tag `team`, `support` alone the tag `support`. */
export const tagsOf = (value: unknown): Keys => withTags({}, value)

/** Adds tags to keys that are its caller's own. */
export const withTags = (keys: Keys, value: unknown): Keys => {
  if (isFields(value)) {
    for (const name of Object.keys(value)) addTag(keys, tagKey(name), value[name])
  } else if (Array.isArray(value)) {
    for (const tag of value) {
      if (typeof tag !== 'string' || tag === '') continue
      const [key, text] = tagIn(tag)
      addTag(keys, key, text)
    }
  }
  return keys
}

/** Where the name of `team:support` or `team=support` ends; -1: it has no value. */
const endOfName = (tag: string): number => {
  const [colon, sign] = [tag.indexOf(':'), tag.indexOf('=')]
  return colon < 0 || (sign >= 0 && sign < colon) ? sign : colon
}

const tagIn = kept((tag): readonly [key: string, text: string] => {
  const at = endOfName(tag)
  const hasText = at > 0 && at < tag.length - 1
  return hasText ? [tagKey(tag.slice(0, at)), tag.slice(at + 1)] : [tagKey(tag), 'yes']
})

const tagKey = kept(name => `tag.${name}`)

const addTag = (keys: Keys, key: string, value: unknown): void => {
  if (typeof value === 'string') {
    if (value !== '') keys[key] = value
  } else if (typeof value === 'number' || typeof value === 'boolean') keys[key] = String(value)
}

/** The usual names of each key. */
const COMMON = [
  { key: 'user', names: ['user', 'user_id', 'userId', 'end_user'] },
  { key: 'team', names: ['team', 'team_id', 'teamId'] },
  { key: 'project', names: ['project', 'project_id', 'projectId'] },
  { key: 'conversation', names: ['conversation', 'conversation_id', 'session_id', 'sessionId', 'thread_id'] },
] as const

const NONE: Keys = Object.freeze({})

export const noKeys = (): Keys => NONE

/** Keys that logs of all kinds use around a body. */
export const commonKeys = (fields: Fields): Keys => planCommonKeys(fields, fixedCells)()

/** The same from cells. */
export const planCommonKeys = (fields: Fields, at: CellAt): (() => Keys) =>
  planKeys(
    COMMON.map(({ key, names }) => [key, textCell(fields, at, ...names)]),
    planTags(fields, at, 'tags'),
  )

/** Adds the tags of a record to its keys. */
type AddTags = (keys: Keys) => void

/** Keys by the texts and numbers of cells. */
export const planKeys = (
  cells: readonly (readonly [key: string, cell: Cell | null])[],
  addTags: AddTags | null,
): (() => Keys) => {
  const told = cells.flatMap(([key, cell]) => (cell?.kind === 'text' || cell?.kind === 'number' ? [{ key, cell }] : []))
  if (told.length === 0 && addTags === null) return noKeys
  return () => {
    const keys: Keys = {}
    for (let i = 0; i < told.length; i++) {
      const { key, cell } = told[i] as { key: string; cell: Cell }
      keys[key] = String(valueIn(cell))
    }
    addTags?.(keys)
    return keys
  }
}

/** How the tags at a key are read: of an object each by itself. `null`: there are none. */
export const planTags = (fields: Fields, at: CellAt, key: string): AddTags | null => {
  const cell = at(fields, key)
  if (cell === null) return null
  if (cell.kind !== 'object') return keys => void withTags(keys, valueIn(cell))
  const tags = fieldsAt(fields, key)
  const cells = Object.keys(tags).flatMap(name => {
    const tag = at(tags, name)
    return tag === null ? [] : [{ key: tagKey(name), tag }]
  })
  return keys => {
    for (const one of cells) addTag(keys, one.key, valueIn(one.tag))
  }
}
