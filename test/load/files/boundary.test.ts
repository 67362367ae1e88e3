import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { nodeFiles } from '../../../src/io.ts'
import { boundaryOf, liesIn } from '../../../src/load/files/boundary.ts'
import { repository } from '../../fake-io.ts'

const home = realpathSync(mkdtempSync(join(tmpdir(), 'dsprice-boundary-')))
afterAll(() => rmSync(home, { recursive: true }))
for (const folder of ['repo/.git', 'repo/bots/deep', 'plain/a', 'plain/b'])
  mkdirSync(join(home, folder), { recursive: true })
symlinkSync(join(home, 'plain'), join(home, 'repo/out'))
symlinkSync(join(home, 'repo/bots'), join(home, 'repo/in'))

const filesIn = (cwd: string) => nodeFiles({ root: repository, cwd: join(home, cwd) })

it.each<{ it: string; cwd: string; folder: string; is: string }>([
  { it: 'the top of the repository, from deep inside it', cwd: 'repo/bots/deep', folder: '.', is: 'repo' },
  { it: 'the repository of the file, not of the working folder', cwd: 'plain', folder: '../repo/bots', is: 'repo' },
  { it: 'the working folder where the file is below it', cwd: 'plain', folder: 'a', is: 'plain' },
  { it: "the file's own folder where that is above", cwd: 'plain/a', folder: '..', is: 'plain' },
  { it: "the file's own folder where the two lie apart", cwd: 'plain/a', folder: '../b', is: 'plain/b' },
  { it: 'found behind a link', cwd: 'repo', folder: 'out/a', is: 'plain/a' },
])('the boundary is $it', ({ cwd, folder, is }) => {
  expect(boundaryOf(folder, filesIn(cwd))).toBe(join(home, is))
})

it.each<{ path: string; inside: boolean }>([
  { path: '.', inside: true },
  { path: 'bots/new.yaml', inside: true },
  { path: 'in/deep', inside: true },
  { path: '..', inside: false },
  { path: '../repo-2', inside: false },
  { path: 'out/a', inside: false },
  { path: '..a', inside: true },
])('$path lies inside: $inside', ({ path, inside }) => {
  expect(liesIn(path, join(home, 'repo'), filesIn('repo'))).toBe(inside)
})
