/**
 * What a mapping says under a name that comes from outside: never what every object has besides, such as `constructor`.
 *
 * @returns `undefined` where the mapping does not have the name
 */
export const entryOf = <T>(mapping: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(mapping, name) ? mapping[name] : undefined
