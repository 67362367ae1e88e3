import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** What the files of this folder may not do by themselves, as each once made tests fail elsewhere, or pass wrongly. */

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts') && !name.startsWith('golden/') && name !== 'test-files.test.ts')
  .map(name => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(import.meta.dirname, name), 'utf8') }))

const STARTS = /from 'node:child_process'|\/(?:git-folder|repo)\.ts'/

it.each<{ it: string; test: (text: string) => boolean; but: readonly string[] }>([
  {
    it: 'looks beside the project by itself (else: describeBeside, which skips where nothing lies there)',
    test: text => text.includes('../shared'),
    but: ['beside.ts'],
  },
  {
    it: 'builds dist/ by itself (else: nothing; vitest builds it before the tests)',
    test: text => text.includes('scripts/build.mjs'),
    but: ['build.ts', 'build.test.ts'],
  },
  {
    it: 'removes a folder of programs that it starts in one go (else: removeFolder, which waits for their last words)',
    test: text => STARTS.test(text) && /\brm(Sync)?\([^)]*recursive/.test(text),
    but: [],
  },
])('no file $it', ({ test, but }) => {
  expect(files.filter(({ name, text }) => test(text) && !but.includes(name)).map(({ name }) => name)).toEqual([])
})
