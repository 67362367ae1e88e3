import { type Fields, isFields, textAt } from './fields.ts'

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
      const at = endOfName(tag)
      if (at > 0 && at < tag.length - 1) addTag(keys, tagKey(tag.slice(0, at)), tag.slice(at + 1))
      else addTag(keys, tagKey(tag), 'yes')
    }
  }
  return keys
}

/** Where the name of `team:support` or `team=support` ends; -1: it has no value. */
const endOfName = (tag: string): number => {
  const [colon, sign] = [tag.indexOf(':'), tag.indexOf('=')]
  return colon < 0 || (sign >= 0 && sign < colon) ? sign : colon
}

/** Keys of tags by their names, of which there are few: making one anew for each record costs more than reading it. */
const tagKeys = new Map<string, string>()
const MOST_TAG_KEYS = 1000

const tagKey = (name: string): string => {
  const known = tagKeys.get(name)
  if (known !== undefined) return known
  const key = `tag.${name}`
  if (tagKeys.size < MOST_TAG_KEYS) tagKeys.set(name, key)
  return key
}

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

/** Keys that logs of all kinds use around a body. */
export const commonKeys = (fields: Fields): Keys => {
  let keys: Keys | null = null
  for (const { key, names } of COMMON) {
    const text = textAt(fields, ...names)
    if (text === null) continue
    keys ??= {}
    keys[key] = text
  }
  const tags = fields['tags']
  return tags === undefined ? (keys ?? NONE) : withTags(keys ?? {}, tags)
}
