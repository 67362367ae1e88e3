import { join } from 'node:path'
import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { readText } from '../files/read-text.ts'

/** Most bytes of a catalogue's file: the largest known one has 2.3 MB. */
const CATALOGUE_LIMIT = 64 * 2 ** 20

/**
 * Reads a catalogue's file, or a package's data folder with one file a provider and its `.manifest.json`.
 *
 * @param catalogue - its name, for messages
 * @throws {InputError} NOT_A_CATALOGUE if it is not JSON; NO_FILE, TOO_LARGE …
 */
export const readCatalogueFile = (path: string, catalogue: string, files: Files): unknown => {
  if (path === '-' || files.kind(path) !== 'folder') return readJson(path, catalogue, files)
  const names = files
    .list(files.real(path))
    .entries.filter(({ name, kind }) => kind === 'file' && /^[^.].*\.json$/.test(name))
    .map(({ name }) => name)
    .sort()
  const manifest = join(path, '.manifest.json')
  if (names.length === 0 || files.kind(manifest) !== 'file') {
    throw new InputError([problems.notACatalogue(path, catalogue, 'the folder has no .manifest.json beside its data')])
  }
  const { generatedAt } = Object(readJson(manifest, catalogue, files)) as { readonly generatedAt?: unknown }
  const providers = names.map(name => [name.replace(/\.json$/, ''), readJson(join(path, name), catalogue, files)])
  return { generatedAt, providers: Object.fromEntries(providers) }
}

const readJson = (path: string, catalogue: string, files: Files): unknown => {
  const text = readText(path, files, CATALOGUE_LIMIT)
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new InputError([problems.notACatalogue(path === '-' ? 'stdin' : path, catalogue, 'it is not JSON')])
  }
}
