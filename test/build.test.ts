import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { buildIfChanged } from './build.ts'
import { removeFolder } from './remove-folder.ts'

/** What the tests look at in dist/ is what the sources make: tried on a project whose build counts its runs. */

let root: string
let runs: number
const put = (path: string, text: string): void => writeFileSync(join(root, path), text)
const built = (): string => readFileSync(join(root, 'dist/main.js'), 'utf8')

/** Writes its source, and after it how often it has run. */
const build = (folder: string): void => {
  runs += 1
  mkdirSync(join(folder, 'dist'), { recursive: true })
  put('dist/main.js', `${readFileSync(join(folder, 'src/main.ts'), 'utf8')}${runs}`)
}

beforeEach(() => {
  runs = 0
  root = mkdtempSync(join(tmpdir(), 'dsprice-'))
  for (const name of ['src/deep', 'scripts', 'node_modules']) mkdirSync(join(root, name), { recursive: true })
  put('src/main.ts', 'a')
  put('src/deep/part.ts', 'a')
  put('scripts/build.mjs', '')
  put('package.json', '{}')
  buildIfChanged(root, build)
})
afterEach(() => removeFolder(root))

it('builds where nothing was built, and not again', () => {
  expect(built()).toBe('a1')
  buildIfChanged(root, build)
  expect(built()).toBe('a1')
})

it.each<{ it: string; change: () => void; main: string }>([
  { it: 'a source', change: () => put('src/main.ts', 'b'), main: 'b2' },
  { it: 'a source further down', change: () => put('src/deep/part.ts', 'b'), main: 'a2' },
  { it: 'a new source', change: () => put('src/new.ts', ''), main: 'a2' },
  { it: 'a source that is gone', change: () => rmSync(join(root, 'src/deep/part.ts')), main: 'a2' },
  { it: 'the build', change: () => put('scripts/build.mjs', '// another'), main: 'a2' },
  { it: 'the manifest', change: () => put('package.json', '{"version": "2.0.0"}'), main: 'a2' },
  { it: 'a package', change: () => put('node_modules/.package-lock.json', '{}'), main: 'a2' },
  { it: 'what was built', change: () => put('dist/main.js', 'stale'), main: 'a2' },
  { it: 'what was built, which is gone', change: () => rmSync(join(root, 'dist'), { recursive: true }), main: 'a2' },
])('builds anew after a change of $it', ({ change, main }) => {
  change()
  buildIfChanged(root, build)
  expect(built()).toBe(main)
})

it('leaves nothing of a build that fails, and builds anew', () => {
  put('src/main.ts', 'b')
  const fail = (): void => {
    put('dist/main.js', 'half')
    throw new Error('a wrong type')
  }
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  buildIfChanged(root, fail)
  expect(said.mock.calls.join()).toContain('a wrong type')
  said.mockRestore()
  expect(existsSync(join(root, 'dist'))).toBe(false)
  buildIfChanged(root, build)
  expect(built()).toBe('b2')
})
