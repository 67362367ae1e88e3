import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import type { Files } from '../../../src/io.ts'
import { openRevision } from '../../../src/load/git/revision.ts'
import { fakeIo } from '../../fake-io.ts'
import { type GitFolder, gitFolder } from '../../git-folder.ts'
import { removeFolder } from '../../remove-folder.ts'

const LIMIT = 1000
let repo: GitFolder
let outside: string
let first: string

beforeAll(() => {
  repo = gitFolder()
  outside = mkdtempSync(join(tmpdir(), 'dsprice-'))
  writeFileSync(join(outside, 'contract.json'), 'from the disk')
  repo.write({
    'a.yaml': 'old a',
    'team/b.yaml': 'old b',
    'team/prompts/system.md': 'old prompt',
    'team/prompts/.hidden.md': 'hidden',
    'team/prompts/deep/x.txt': 'x',
    'odd/[1] it’s "q" *.md': 'odd',
    'odd/two\nlines.md': 'two lines',
    'odd/nul.bin': new Uint8Array([1, 0, 2]),
    'odd/empty.md': '',
    'large.md': 'x'.repeat(LIMIT + 1),
    'gone.md': 'gone',
  })
  symlinkSync('prompts/system.md', join(repo.root, 'team/link.md'))
  symlinkSync('loop.md', join(repo.root, 'team/loop.md'))
  symlinkSync('team/prompts', join(repo.root, 'folder-link'))
  first = repo.commit('first')
  repo.write({ 'a.yaml': 'new a', 'team/prompts/system.md': 'new prompt', 'team/new.yaml': 'new' })
  rmSync(join(repo.root, 'gone.md'))
  repo.commit('second')
  repo.write({ 'a.yaml': 'not committed' })
})

afterAll(() => {
  removeFolder(repo.root)
  removeFolder(outside)
})

const filesIn = (folder: string, ref = 'HEAD~1') => openRevision(ref, fakeIo(join(repo.root, folder))).files
const read = (folder: string, path: string): string => new TextDecoder().decode(filesIn(folder).read(path, LIMIT))

const pathsIn = async (files: Files, pattern: string, folder: string): Promise<string[]> =>
  (await files.glob(pattern, folder)).files.map(({ path }) => path)

const codeOf = (attempt: () => unknown): unknown => {
  try {
    attempt()
    return null
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code }) => code).join()
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

describe('a file of a commit', () => {
  it.each([
    ['.', 'a.yaml', 'old a'],
    ['.', './team/../a.yaml', 'old a'],
    ['team', 'b.yaml', 'old b'],
    ['team', '../a.yaml', 'old a'],
    ['team/prompts', 'system.md', 'old prompt'],
    ['.', 'gone.md', 'gone'],
    ['.', 'team/link.md', 'old prompt'],
    ['.', 'folder-link/system.md', 'old prompt'],
    ['team', '../folder-link/deep/x.txt', 'x'],
    ['.', 'odd/[1] it’s "q" *.md', 'odd'],
    ['.', 'odd/two\nlines.md', 'two lines'],
    ['.', 'odd/nul.bin', '\u0001\u0000\u0002'],
    ['.', 'odd/empty.md', ''],
  ])('in %s: %j', (folder, path, text) => {
    expect(read(folder, path)).toBe(text)
  })

  it('by its whole path', () => {
    expect(read('team', join(repo.root, 'a.yaml'))).toBe('old a')
  })

  it.each([
    ['nope.yaml', 'ENOENT'],
    ['team/new.yaml', 'ENOENT'],
    ['team', 'EISDIR'],
    ['large.md', 'EFBIG'],
    ['team/loop.md', 'ELOOP'],
  ])('%s: %s', (path, code) => {
    expect(codeOf(() => read('.', path))).toBe(code)
  })

  it('outside the repository is the file on the disk', () => {
    expect(read('team', join(outside, 'contract.json'))).toBe('from the disk')
  })

  it('is the same whatever else is read with it', () => {
    const files = filesIn('.')
    const text = (path: string): string => new TextDecoder().decode(files.read(path, LIMIT))
    expect(['team/prompts/.hidden.md', 'team/prompts/system.md', 'team/b.yaml', 'a.yaml'].map(text)).toEqual([
      'hidden',
      'old prompt',
      'old b',
      'old a',
    ])
  })
})

it('a file in a submodule is neither there nor not there', () => {
  const [inner, outer] = [gitFolder(), gitFolder()]
  inner.write({ 'a.yaml': 'a' })
  inner.commit('a')
  outer.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.root, 'sub')
  outer.commit('sub')
  const { files } = openRevision('HEAD', fakeIo(outer.root))
  expect(files.kind('sub/a.yaml')).toBe('file')
  expect(codeOf(() => files.read('sub/a.yaml', LIMIT))).toBe('it is in a submodule')
  for (const { root } of [inner, outer]) removeFolder(root)
})

describe('a glob', () => {
  let checkout: string
  beforeAll(() => {
    checkout = `${repo.root}-checkout`
    repo.git('worktree', 'add', '-q', '--detach', checkout, first)
  })
  afterAll(() => repo.git('worktree', 'remove', '--force', checkout))

  // What is found in a checkout of the same commit is what must be found in the commit.
  it.each([
    ['.', '**/*.md', '.'],
    ['.', '*.md', 'team/prompts'],
    ['.', 'prompts/**', 'team'],
    ['team', '../*.yaml', '.'],
    ['team', '*.{md,yaml}', '../team'],
    ['.', '[ab].yaml', '.'],
    ['.', '*', 'odd'],
    ['team/prompts', 'deep/?.txt', '.'],
    ['.', '[!a]*.md', '.'],
    ['.', 'folder-link/*.md', '.'],
    ['team', '**/*.md', '../folder-link'],
  ])('in %s of %s from %s finds what it would find on the disk', async (folder, pattern, from) => {
    const onDisk = await pathsIn(fakeIo(join(checkout, folder)), pattern, from)
    const found = await pathsIn(filesIn(folder), pattern, from)
    expect(found).toEqual(onDisk)
    expect(found.length).toBeGreaterThan(0)
  })

  it('in a folder whose name looks like a pattern means that folder', async () => {
    const odd = gitFolder()
    odd.write({ 'a[1]/x.md': 'x', 'a1/y.md': 'y' })
    odd.commit('odd')
    const { files } = openRevision('HEAD', fakeIo(odd.root))
    expect(await pathsIn(files, '*.md', 'a[1]')).toEqual(['a[1]/x.md'])
    removeFolder(odd.root)
  })
})

describe('a revision', () => {
  it('may be any name that git has for a commit', () => {
    repo.git('tag', '-f', '-a', 'v1', first, '-m', 'one')
    for (const ref of [first, first.slice(0, 8), 'HEAD~1', 'v1', 'main~1', 'main@{0}~1']) {
      expect(openRevision(ref, fakeIo(repo.root)).commit, ref).toBe(first)
    }
  })

  it.each(['nope', '', '-n', '--help', '--output=pwned', 'HEAD:a.yaml', 'HEAD..main', '$(touch pwned)', 'a b'])(
    '%j is refused',
    ref => {
      expect(codeOf(() => openRevision(ref, fakeIo(repo.root)))).toBe('NO_REVISION')
    },
  )

  it('needs a repository', () => {
    expect(codeOf(() => openRevision('HEAD', fakeIo(outside)))).toBe('NO_GIT')
  })

  it('needs git', () => {
    const io = fakeIo(repo.root)
    const without = {
      ...io,
      git: () => {
        throw Object.assign(new Error('spawn git ENOENT'), { code: 'ENOENT' })
      },
    }
    expect(codeOf(() => openRevision('HEAD', without))).toBe('NO_GIT')
  })

  it('touches neither the working tree nor the index', async () => {
    const before = repo.git('status', '--porcelain')
    const files = filesIn('.')
    files.read('a.yaml', LIMIT)
    await files.glob('**/*', '.')
    expect(repo.git('status', '--porcelain')).toBe(before)
    expect(before).toContain('M a.yaml')
  })

  it('of a folder that the commit does not have is read all the same', () => {
    mkdirSync(join(repo.root, 'later'), { recursive: true })
    expect(read('later', '../a.yaml')).toBe('old a')
  })
})
