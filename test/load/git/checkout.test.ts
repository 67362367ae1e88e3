import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRevision } from '../../../src/load/git/revision.ts'
import { fakeIo } from '../../fake-io.ts'
import { type GitFolder, gitFolder } from '../../git-folder.ts'
import { removeFolder } from '../../remove-folder.ts'

/** Texts with every kind of line end, and what git takes for binary or not. */
const CONTENTS: Readonly<Record<string, string>> = {
  empty: '',
  lf: 'a\nb\n',
  open: 'a\nb',
  crlf: 'a\r\nb\r\n',
  mixed: 'a\r\nb\n',
  cr: 'a\rb\n',
  wide: 'é中😀\nb\n',
  nul: 'a\0b\nc\n',
  controls: 'a\u0001b\n',
  'few-controls': `${'a'.repeat(200)}\u0001\n`,
  usual: 'a\tb\u001b[1m\f\b\n',
  end: 'a\n\u001a',
  id: 'x $Id$ y\n$Id: 0123 $\n$Id: a b c $\n$Id:\n$ $Id: open\n',
}
const ATTRIBUTES = [
  'none',
  'text',
  '-text',
  'text=auto',
  'text=input',
  'text=odd',
  'eol=crlf',
  'eol=lf',
  'text eol=crlf',
  '-text eol=crlf',
  'text=auto eol=crlf',
  'text=auto eol=lf',
  'text=input eol=crlf',
  'crlf',
  '-crlf',
  'crlf=input',
  'binary',
  'ident',
  'ident text eol=crlf',
  'filter=unknown',
]
const CONFIGS: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'core.autocrlf': 'true' },
  { 'core.autocrlf': 'input' },
  { 'core.eol': 'crlf' },
  { 'core.eol': 'lf', 'core.autocrlf': 'true' },
  { 'core.eol': 'crlf', 'core.autocrlf': 'input' },
]

let repo: GitFolder
const files = ATTRIBUTES.flatMap((attributes, i) =>
  Object.entries(CONTENTS).map(([name, text]) => ({ path: `${i}/${name}.md`, attributes, text })),
)

beforeAll(() => {
  repo = gitFolder()
  // Stored as they are, whatever the attributes say.
  repo.write(Object.fromEntries(files.map(({ path, text }) => [path, text])))
  repo.commit('raw')
  const lines = ATTRIBUTES.flatMap((attributes, i) => (attributes === 'none' ? [] : [`${i}/* ${attributes}`]))
  repo.write({ '.gitattributes': `${lines.join('\n')}\n` })
  repo.git('update-index', '--add', '.gitattributes')
  repo.git('commit', '-qm', 'attributes')
  // Nothing of the working tree helps.
  for (const [i] of ATTRIBUTES.entries()) rmSync(join(repo.root, String(i)), { recursive: true })
})
afterAll(() => removeFolder(repo.root))

const read = (root: string, path: string, ref = 'HEAD'): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(openRevision(ref, fakeIo(root)).files.read(path, 2 ** 20))

describe('a file of a commit is the one that git checks out', () => {
  it.each(CONFIGS)('with %j', config => {
    for (const [key, value] of Object.entries(config)) repo.git('config', key, value)
    try {
      const tree = `${repo.root}-tree`
      repo.git('worktree', 'add', '-q', '--detach', tree, 'HEAD')
      const checkedOut = Object.fromEntries(files.map(({ path }) => [path, readFileSync(join(tree, path), 'utf8')]))
      repo.git('worktree', 'remove', '--force', tree)
      const { files: commit } = openRevision('HEAD', fakeIo(repo.root))
      const wrong = files.filter(
        ({ path }) =>
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(commit.read(path, 2 ** 20)) !== checkedOut[path],
      )
      expect(wrong.map(({ path, attributes }) => `${path} ${attributes}`)).toEqual([])
    } finally {
      for (const key of ['core.eol', 'core.autocrlf'])
        repo.git('config', '--replace-all', key, key === 'core.eol' ? 'lf' : 'false')
      repo.git('config', '--unset', 'core.eol')
    }
  })
})

describe('what says how', () => {
  it('is the commit’s own .gitattributes and not those of the working tree', () => {
    const one = gitFolder()
    one.write({ 'a.md': 'a\nb\n' })
    one.commit('plain')
    one.write({ '.gitattributes': '*.md text eol=crlf working-tree-encoding=UTF-16\n' })
    one.git('add', '.gitattributes')
    expect(read(one.root, 'a.md')).toBe('a\nb\n')
    removeFolder(one.root)
  })

  it('is those of a folder below as well, and those of the repository’s own file', () => {
    const one = gitFolder()
    one.write({ 'a/.gitattributes': '*.md eol=crlf\n', 'a/x.md': 'x\n', 'b/x.md': 'x\n', 'x.md': 'x\n' })
    one.commit('all')
    writeFileSync(join(one.root, '.git/info/attributes'), 'b/*.md eol=crlf\n')
    for (const [path, text] of [
      ['a/x.md', 'x\r\n'],
      ['b/x.md', 'x\r\n'],
      ['x.md', 'x\n'],
    ] as const) {
      rmSync(join(one.root, path))
      expect(read(one.root, path), path).toBe(text)
    }
    removeFolder(one.root)
  })
})

describe('where lines end with CR LF', () => {
  const windows = (disk: string) => {
    const one = gitFolder()
    one.write({ 'a.md': 'a\nb\n' })
    one.commit('all')
    one.git('config', 'core.autocrlf', 'true')
    one.write({ 'a.md': disk })
    const text = read(one.root, 'a.md')
    removeFolder(one.root)
    return text
  }

  it.each([
    ['as an editor has left it', 'a\nb\n', 'a\nb\n'],
    ['half and half', 'a\r\nb\n', 'a\r\nb\n'],
    ['as checked out', 'a\r\nb\r\n', 'a\r\nb\r\n'],
    ['with something else in it', 'a\nb\nc\n', 'a\r\nb\r\n'],
  ])('a file that git takes for unchanged is unchanged: %s', (_, disk, text) => {
    expect(windows(disk)).toBe(text)
  })

  it('but a file of LF that has become one of CR LF is changed', () => {
    const one = gitFolder()
    one.write({ 'a.md': 'a\nb\n', '.gitattributes': '* text=auto\n' })
    one.commit('all')
    one.write({ 'a.md': 'a\r\nb\r\n' })
    expect(read(one.root, 'a.md')).toBe('a\nb\n')
    removeFolder(one.root)
  })
})

describe('an encoding of the working tree', () => {
  it.each(['UTF-16', 'UTF-16LE-BOM', 'utf-8'])('%s: the text is the same on both sides', encoding => {
    const one = gitFolder()
    one.write({ '.gitattributes': `*.md text working-tree-encoding=${encoding}\n` })
    const text = encoding === 'utf-8' ? Buffer.from('é\n') : Buffer.from('\ufeffé\n', 'utf16le')
    one.write({ 'a.md': text })
    one.commit('all')
    expect(one.git('cat-file', '-p', 'HEAD:a.md')).toBe('é')
    expect(read(one.root, 'a.md')).toBe('é\n')
    removeFolder(one.root)
  })

  it('that is not read here is refused, where it makes a difference', () => {
    const one = gitFolder()
    one.write({ '.gitattributes': '*.md working-tree-encoding=ISO-8859-1\n', 'a.md': Buffer.from([0xe9]), 'b.md': 'b' })
    one.commit('all')
    expect(() => read(one.root, 'a.md')).toThrow('it is checked out as ISO-8859-1')
    expect(read(one.root, 'b.md')).toBe('b')
    removeFolder(one.root)
  })
})

it('no program of anybody’s is run: neither filter, conversion, monitor nor hook', () => {
  const one = gitFolder()
  one.write({ 'a.md': 'a\n', 'b.md': 'b\n', '.gitattributes': 'a.md filter=evil diff=evil ident\nb.md filter=tidy\n' })
  one.commit('all')
  const told = join(one.root, 'told')
  const program = `sh -c 'echo $0 >> ${told}; cat'`
  const settings = {
    'filter.evil.smudge': program,
    'filter.evil.process': program,
    'filter.tidy.clean': program,
    'diff.evil.textconv': program,
    'diff.external': program,
    'core.fsmonitor': program,
    'core.pager': program,
    'core.sshCommand': program,
    'core.editor': program,
    'alias.cat-file': `!${program}`,
    'alias.ls-tree': `!${program}`,
    'core.hooksPath': join(one.root, 'hooks'),
  }
  for (const [key, value] of Object.entries(settings)) one.git('config', key, value)
  const hooks = ['post-index-change', 'post-checkout', 'pre-commit', 'reference-transaction', 'fsmonitor-watchman']
  one.write(Object.fromEntries(hooks.map(hook => [`hooks/${hook}`, `#!/bin/sh\necho ${hook} >> ${told}\n`])))
  execFileSync('chmod', ['-R', '+x', join(one.root, 'hooks')])
  const env = { ...process.env }
  Object.assign(process.env, {
    GIT_EXTERNAL_DIFF: program,
    GIT_PAGER: program,
    GIT_SSH_COMMAND: program,
    PAGER: program,
  })
  try {
    expect(() => read(one.root, 'a.md')).toThrow('it goes through the filter evil')
    // A filter that only changes what goes in changes nothing that comes out.
    expect(read(one.root, 'b.md')).toBe('b\n')
    expect(() => readFileSync(told)).toThrow('ENOENT')
  } finally {
    for (const key of ['GIT_EXTERNAL_DIFF', 'GIT_PAGER', 'GIT_SSH_COMMAND', 'PAGER']) {
      if (env[key] === undefined) delete process.env[key]
      else process.env[key] = env[key]
    }
    removeFolder(one.root)
  }
})
