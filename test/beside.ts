import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { repository } from './fake-io.ts'

/** Where the figures lie that the books were made from: beside the project, and no part of it. */
const folder = join(repository, '../shared')

/**
 * Tests that look into files beside the project. Where one of these is absent the tests are skipped and their body is
 * never called, so that it may read at once. With BESIDE=required it is called all the same, and fails.
 *
 * @param names - the files, relative to that folder
 * @param tests - takes the same files as absolute paths
 */
export const describeBeside = <Names extends readonly string[]>(
  title: string,
  names: Names,
  tests: (...paths: { readonly [I in keyof Names]: string }) => void,
): void => {
  const paths = names.map(name => join(folder, name)) as unknown as { readonly [I in keyof Names]: string }
  const absent = names.filter((_, i) => !existsSync(paths[i] ?? ''))
  const skipped = absent.length > 0 && process.env['BESIDE'] !== 'required'
  describe(title, () =>
    skipped ? it.skip(`needs ${absent.join(', ')} beside the project`, () => {}) : tests(...paths),
  )
}
