import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Files, Found, Listing } from '../../../src/io.ts'
import { findFiles, taskOf } from '../../../src/load/files/find-files.ts'
import { openRevision } from '../../../src/load/git/revision.ts'
import { fakeIo } from '../../fake-io.ts'
import { type GitFolder, gitFolder } from '../../git-folder.ts'
import { removeFolder } from '../../remove-folder.ts'

const outside = realpathSync(mkdtempSync(join(tmpdir(), 'dsprice-out-')))
let repo: GitFolder

/** Folders of files (text: their own name) and links (`-> target`), committed; read again as they lie on the disk. */
const layOut = (files: Readonly<Record<string, string>>): GitFolder => {
  const made = gitFolder()
  for (const [name, text] of Object.entries(files)) {
    const path = join(made.root, name)
    mkdirSync(dirname(path), { recursive: true })
    if (text.startsWith('-> ')) symlinkSync(text.slice(3).replace('TOP', made.root), path)
    else writeFileSync(path, text)
  }
  made.commit('all')
  return made
}

beforeAll(() => {
  writeFileSync(join(outside, 'out.md'), 'outside')
  repo = layOut({
    'real/a.md': 'a',
    'real/deep/b.md': 'b',
    'real/notes.txt': 'n',
    'one/prompts': '-> ../real',
    'two/prompts': '-> ../real',
    'two/c.md': 'c',
    'loop/d.md': 'd',
    'loop/up': '-> ..',
    'loop/self': '-> .',
    'absolute/way': '-> TOP/real',
    'file/e.md': '-> ../real/a.md',
    'file/f.md': '-> e.md',
    'away/g.md': `-> ${outside}/out.md`,
    'away/g.txt': `-> ${outside}/out.md`,
    'away/all': `-> ${outside}`,
    'broken/h.md': '-> nowhere.md',
    'broken/i.md': '-> j.md',
    'broken/j.md': '-> i.md',
    'broken/k.md': '-> h.md/more',
    'chain/l1': '-> l2',
    'chain/l2': '-> l3',
    'chain/l3': '-> ../real/deep',
    'back/m': `-> ../../NAME/real`,
    '.hidden/n.md': 'n',
    'node_modules/o.md': 'o',
    'sub/.hidden/p.md': 'p',
  })
  rmSync(join(repo.root, 'back/m'))
  symlinkSync(`../../${repo.root.split('/').at(-1)}/real`, join(repo.root, 'back/m'))
  repo.commit('back')
})

afterAll(() => {
  removeFolder(repo.root)
  removeFolder(outside)
})

/** What is found on the disk, which must be what is found in the commit of the same files. */
const both = async (pattern: string, folder: string, { cwd = '.', search = {} } = {}): Promise<Found> => {
  const io = fakeIo(join(repo.root, cwd))
  const onDisk = await io.glob(pattern, folder, search)
  const inCommit = await openRevision('HEAD', io).files.glob(pattern, folder, search)
  expect(inCommit.files).toEqual(onDisk.files)
  expect(inCommit.left).toEqual(onDisk.left)
  return onDisk
}
const pathsOf = ({ files }: Found): string[] => files.map(({ path }) => path)

describe('a file is found once, by its own name if that matches', () => {
  it.each<{ it: string; pattern: string; folder?: string; paths: string[] }>([
    { it: 'without links', pattern: 'real/**/*.md', paths: ['real/a.md', 'real/deep/b.md'] },
    { it: 'through a link in the pattern', pattern: 'one/prompts/*.md', paths: ['one/prompts/a.md'] },
    { it: 'through a link that is the folder', pattern: '*.md', folder: 'one/prompts', paths: ['one/prompts/a.md'] },
    {
      it: 'of two links the first',
      pattern: '{one,two}/**/*.md',
      paths: ['one/prompts/a.md', 'one/prompts/deep/b.md', 'two/c.md'],
    },
    { it: 'by its own name rather than a link’s', pattern: '{one,real}/**/a.md', paths: ['real/a.md'] },
    { it: 'through a link to a file, and through a link to that', pattern: 'file/*.md', paths: ['file/e.md'] },
    { it: 'through a whole path to the inside', pattern: 'absolute/**/a.md', paths: ['absolute/way/a.md'] },
    { it: 'through links of links', pattern: 'chain/l1/*.md', paths: ['chain/l1/b.md'] },
    { it: 'through a link that leaves the repository and comes back', pattern: 'back/**/a.md', paths: ['back/m/a.md'] },
    {
      it: 'by a part of the pattern that its own name does not match',
      pattern: '{real/*.txt,one/*/*.md}',
      paths: ['one/prompts/a.md', 'real/notes.txt'],
    },
    { it: 'in a folder that holds itself', pattern: '**/d.md', folder: 'loop', paths: ['loop/d.md'] },
    { it: 'in what holds the folder', pattern: 'loop/up/real/*.md', paths: ['loop/up/real/a.md'] },
    { it: 'above the folder', pattern: '../real/*.md', folder: 'two', paths: ['real/a.md'] },
    { it: 'never: what is no file', pattern: 'rea*', paths: [] },
  ])('$it', async ({ pattern, folder = '.', paths }) => {
    expect(pathsOf(await both(pattern, folder))).toEqual(paths)
  })

  it('everywhere', async () => {
    expect(pathsOf(await both('**/*.md', '.'))).toEqual([
      '.hidden/n.md',
      'loop/d.md',
      'node_modules/o.md',
      'real/a.md',
      'real/deep/b.md',
      'sub/.hidden/p.md',
      'two/c.md',
    ])
  })

  it('from another folder, by paths from there', async () => {
    expect(pathsOf(await both('../**/b.md', '.', { cwd: 'loop' }))).toEqual(['../real/deep/b.md'])
    expect(pathsOf(await both(`${repo.root}/real/*.md`, '.', { cwd: 'loop' }))).toEqual([`${repo.root}/real/a.md`])
  })

  it('but for what the search leaves out', async () => {
    const search = { hidden: 0, skip: ['node_modules'], depth: 1 }
    expect(pathsOf(await both('**/*.md', '.', { search }))).toEqual(['loop/d.md', 'real/a.md', 'two/c.md'])
  })
})

describe('a link that is not followed is told of, if what it leads to could match', () => {
  it.each([
    ['away/*.md', ['away/g.md outside']],
    ['away/**/*.txt', ['away/all outside', 'away/g.txt outside']],
    ['broken/*.md', ['broken/h.md nowhere', 'broken/i.md nowhere', 'broken/j.md nowhere', 'broken/k.md nowhere']],
    ['broken/*.txt', []],
  ])('%s', async (pattern, left) => {
    const found = await both(pattern, '.')
    expect(found.files).toEqual([])
    expect(found.left.map(({ path, why }) => `${path} ${why}`)).toEqual(left)
  })
})

it('nothing of git’s own is found, whatever leads there', async () => {
  symlinkSync('.git', join(repo.root, 'gits'))
  const found = await fakeIo(repo.root).glob('**/config', '.')
  expect(found.files).toEqual([])
  expect(found.left).toContainEqual({ path: 'gits', why: 'outside' })
  for (const pattern of ['.git/*', '.GIT/config', 'gits/*', '.git/hooks/../config']) {
    expect((await fakeIo(repo.root).glob(pattern, '.')).files).toEqual([])
  }
  rmSync(join(repo.root, 'gits'))
})

// Folders with files in them, and links from anywhere to anywhere.
const name = fc.constantFrom('a', 'b', 'c')
const way = fc.array(name, { minLength: 1, maxLength: 3 }).map(names => names.join('/'))
const target = fc.tuple(fc.constantFrom('', './', '../', '../../', '../../../'), fc.oneof(way, fc.constant('.')))
const link = fc.tuple(way, target).map(([at, [up, to]]) => [`${at}/l`, `-> ${up}${to}`] as const)
const file = way.map(at => [`${at}/f.md`, at] as const)

it('any folders, files and links: what a checkout has is what the commit has, and each file is found once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { minLength: 1, maxLength: 6 }),
      fc.array(link, { maxLength: 8 }),
      async (files, links) => {
        const made = layOut(Object.fromEntries([...files, ...links]))
        const io = fakeIo(made.root)
        const { files: commit } = openRevision('HEAD', io)
        for (const pattern of ['**/*.md', '*/l/**', 'a/{l,b}/*/*.md', '**/l/l/f.md']) {
          const onDisk = await io.glob(pattern, '.')
          const { files: found, left } = await commit.glob(pattern, '.')
          expect({ found, left }, pattern).toEqual({ found: onDisk.files, left: onDisk.left })
          expect(new Set(onDisk.files.map(({ path }) => realpathSync(join(made.root, path)))).size).toBe(
            onDisk.files.length,
          )
        }
        const all = await io.glob('**/*.md', '.')
        expect(all.files.map(({ path }) => path)).toEqual(
          files
            .map(([path]) => path)
            .filter((path, i, each) => each.indexOf(path) === i)
            .sort(),
        )
        removeFolder(made.root)
      },
    ),
    { numRuns: 10 },
  )
})

/** A disk that is not there: folders by their whole paths. */
const imagined = (folders: Readonly<Record<string, Listing>>): Pick<Files, 'cwd' | 'kind' | 'real' | 'list'> => ({
  cwd: '/',
  real: path => path,
  kind: path => (path in folders ? 'folder' : null),
  list: path => {
    const listing = folders[path]
    if (!listing) throw Object.assign(new Error('EACCES'), { code: 'EACCES' })
    return listing
  },
})
const files = (count: number): Listing['entries'] =>
  Array.from({ length: count }, (_, i) => ({ name: `${i}.md`, kind: 'file' }))

describe('a search', () => {
  it('ends at 100,000 entries, and says how to narrow it', () => {
    const disk = (count: number) => imagined({ '/': { device: 1, entries: files(count) } })
    expect(findFiles('*.md', '/', disk(100_000)).files).toHaveLength(100_000)
    expect(() => findFiles('*.md', '/', disk(100_001))).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'TOO_MANY_FILES', exit: 2 })] }),
    )
  })

  it('stays on the file system that it began on, and tells of folders that it may not read', () => {
    const entries = ['here', 'there', 'locked'].map(name => ({ name, kind: 'folder' as const }))
    const disk = imagined({
      '/': { device: 1, entries },
      '/here': { device: 1, entries: files(1) },
      '/there': { device: 2, entries: files(1) },
    })
    const { files: found, left } = findFiles('**/*.md', '/', disk)
    expect(found).toEqual([{ path: '/here/0.md', real: '/here/0.md' }])
    expect(left).toEqual([
      { path: '/locked/', why: 'unreadable' },
      { path: '/there/', why: 'mount' },
    ])
  })
})

it.each([
  ['*.md', '.', { start: '.', rest: '*.md' }],
  ['a/b/*.md', 'x', { start: 'x/a/b', rest: '*.md' }],
  ['../a/*/b.md', 'x', { start: 'a', rest: '*/b.md' }],
  ['/a/*.md', 'x', { start: '/a', rest: '*.md' }],
  ['/*.md', 'x', { start: '/', rest: '*.md' }],
  ['a/b.md', '.', { start: 'a', rest: 'b.md' }],
  ['a\\[1\\]/*.md', '.', { start: 'a[1]', rest: '*.md' }],
  ['a/{b,c/d}/*', '.', { start: 'a', rest: '{b,c/d}/*' }],
])('the pattern %s in %s begins at its first sign', (pattern, folder, task) => {
  expect(taskOf(pattern, folder)).toEqual(task)
})
