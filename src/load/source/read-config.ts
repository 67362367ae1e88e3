import { relative, resolve } from 'node:path'
import { collect, InputError, type Problem } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { type Config, configSchema } from '../../model/scenario/config-schema.ts'
import { inner } from '../../model/scenario/set-key.ts'
import { findConfig } from '../files/find-config.ts'
import { readText } from '../files/read-text.ts'
import { schemaParts } from '../schema/schema-parts.ts'
import { checkSchema } from './check-schema.ts'
import { type NamedPath, namedIn } from './named.ts'
import type { ConfigSetting, PlaceOf, Source } from './places.ts'
import { parseSource } from './source.ts'

const CONFIG_LIMIT = 2 ** 20

/** The parsed `dsprice.config.yaml`, with the position of every value. */
export interface LoadedConfig {
  readonly file: string
  readonly config: Config
  /** Its scenario files, globs and folders, relative to `cwd`. */
  readonly scenarios: readonly NamedPath[]
  /** The price book that it names for all commands. */
  readonly pricing: NamedPath | null
  /** The scenario keys that it sets, for scenarios that leave them out. */
  readonly settings: readonly ConfigSetting[]
  readonly placeOf: PlaceOf
  locate(problem: Problem): Problem
}

/**
 * Reads the given configuration, else `dsprice.config.yaml` in this folder or above it.
 *
 * @returns `null` if no file is given and none is found
 * @throws {InputError} every problem in the file at once, located; OUTSIDE for a path outside the boundary
 */
export const readConfig = (named: string | undefined, files: Files): LoadedConfig | null => {
  const file = named ?? findConfig(files)
  if (file === null) return null
  const source = parseSource(
    file,
    readText(file, files, CONFIG_LIMIT),
    Object.keys(schemaParts(configSchema).shape ?? {}),
  )
  const config: Config = checkSchema(configSchema, source)
  const { placeOf, locate } = source
  return { file, config, ...pathsIn(config, source, files), settings: settingsIn(source), placeOf, locate }
}

/** The paths that a configuration names. @throws {InputError} OUTSIDE for every path outside the boundary, located */
const pathsIn = (
  { scenarios = [], pricing }: Config,
  source: Source,
  files: Files,
): Pick<LoadedConfig, 'scenarios' | 'pricing'> => {
  const named = namedIn({ name: relative(files.cwd, resolve(files.cwd, source.name)) }, files)
  const faults: Problem[] = []
  const hold = (check: () => NamedPath): NamedPath[] => {
    const held = collect(faults, check, source.locate)
    return held === undefined ? [] : [held]
  }
  const found = scenarios.flatMap((name, i) => hold(() => named.pattern(name, ['scenarios', i])))
  const [book = null] = pricing === undefined ? [] : hold(() => named.book(pricing, ['pricing']))
  if (faults.length > 0) throw new InputError(faults)
  return { scenarios: found, pricing: book }
}

/** The keys below `set`, as written: a scenario parses them again, as its own. */
const settingsIn = ({ data, placeOf }: Source): ConfigSetting[] => {
  const walk = (value: unknown, path: readonly string[]): ConfigSetting[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, inside]) => walk(inside, [...path, key]))
      : [{ path, value, place: placeOf(['set', ...path]) }]
  const set = inner(data, 'set')
  return set === undefined ? [] : walk(set, [])
}

/**
 * The scenario keys that the configuration sets: that of the command line, else the one found.
 *
 * @param lenient - whether a configuration with faults sets nothing: that of a commit, which nobody can correct
 */
export const readSettings = (
  files: Files,
  { config, lenient = false }: { readonly config?: string | undefined; readonly lenient?: boolean } = {},
): readonly ConfigSetting[] => {
  const file = config ?? findConfig(files)
  if (file === null || files.kind(file) !== 'file') return []
  const loaded = lenient ? collect([], () => readConfig(file, files)) : readConfig(file, files)
  return loaded?.settings ?? []
}
