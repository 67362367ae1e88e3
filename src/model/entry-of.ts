/**
 * The entry of a mapping under an untrusted name; never an inherited property such as `constructor`.
 *
 * @returns `undefined` if the mapping has no such entry
 */
export const entryOf = <T>(mapping: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(mapping, name) ? mapping[name] : undefined
