import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liesInGit, nodeFiles } from '../../src/io.ts'
import { repository } from '../fake-io.ts'
import { removeFolder } from '../remove-folder.ts'

const bin = join(repository, 'bin/dsprice.js')
const folder = mkdtempSync(join(tmpdir(), 'dsprice-read-'))
const server = createServer()

beforeAll(async () => {
  execFileSync('mkfifo', [join(folder, 'fifo')])
  symlinkSync('fifo', join(folder, 'linked'))
  await new Promise<void>(done => server.listen(join(folder, 'socket'), done))
})
afterAll(() => {
  server.close()
  removeFolder(folder)
})

const SECONDS = 25

/** Runs a line of shell, with an open standard input that nobody writes into; what takes too long is ended. */
const shell = (line: string): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((done, failed) => {
    const child = spawn('bash', ['--norc', '-c', line], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', DSPRICE: bin, NODE: process.execPath },
      detached: true,
    })
    const said = { out: '', err: '' }
    for (const [stream, name] of [
      [child.stdout, 'out'],
      [child.stderr, 'err'],
    ] as const) {
      stream.on('data', (chunk: Buffer) => {
        said[name] += chunk
      })
    }
    const late = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), SECONDS * 1000)
    child.on('error', failed)
    child.on('close', code => {
      clearTimeout(late)
      done({ code, ...said })
    })
  })

const run = (argv: string): string => `"$NODE" "$DSPRICE" ${argv}`

const LINUX = process.platform === 'linux'

/** What is no file, in the words that say so. `prices lint` tells of every file that it is given. */
const NO_FILES: readonly { readonly name: string; readonly says: RegExp; readonly only?: boolean }[] = [
  { name: 'fifo', says: /NOT_READABLE\n {2}cannot read "\.\/fifo": it is a pipe\n {2}fix: send it to stdin/ },
  { name: 'linked', says: /cannot read "\.\/linked": it is a pipe/ },
  { name: 'socket', says: /cannot read "\.\/socket": it is a socket/ },
  { name: './', says: /IS_FOLDER\n {2}"\.\/" is a folder/ },
  { name: '/dev/zero', says: /cannot read "\/dev\/zero": it is a device/ },
  { name: '/dev/tty', says: /cannot read "\/dev\/tty": it is a device/ },
  { name: '/dev/stdin', says: /cannot read "\/dev\/stdin": it is a (pipe|socket)/ },
  { name: '/dev/stdout', says: /cannot read "\/dev\/stdout": it is a (pipe|socket)/ },
  // Its length is 0, and it never ends.
  { name: '/proc/self/pagemap', says: /TOO_LARGE\n {2}"\/proc\/self\/pagemap" is larger than/, only: LINUX },
]
const named = NO_FILES.filter(({ only = true }) => only)

describe('what is no file', () => {
  let err = ''
  let code: number | null = null
  beforeAll(async () => {
    ;({ code, err } = await shell(run(`prices lint ${named.map(({ name }) => name).join(' ')}`)))
  }, 30_000)

  it('ends at once with an error', () => {
    expect(code).toBe(2)
    expect(err.match(/^error /gm)).toHaveLength(named.length)
  })

  it.each(named)('$name is said to be none', ({ says }) => {
    expect(err).toMatch(says)
  })
})

describe('a stream', () => {
  it.each([
    {
      it: 'on stdin',
      line: `yes 'name: a' | ${run('estimate -')}`,
      says: '"stdin" is larger than the limit of 1048576 bytes',
    },
    { it: 'of a shell', line: run('prices lint <(yes)'), says: 'is larger than the limit of 16777216 bytes' },
  ])('without an end is cut off: $it', async ({ line, says }) => {
    const { code, err } = await shell(line)
    expect(code).toBe(2)
    expect(err).toContain('error TOO_LARGE')
    expect(err).toContain(says)
  })

  it('that a shell opens is read to its end', async () => {
    const { code, err } = await shell(run('estimate <(printf "name: a\\nmodel: o3\\nrequest: {turn: 5}\\n") --quiet'))
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
})

describe('read', () => {
  const files = nodeFiles({ root: repository, cwd: folder })
  const textOf = (path: string, limit: number): string => new TextDecoder().decode(files.read(path, limit))

  it.each([0, 1, 4095, 4096, 4097, 100_000])('gives a file of %i bytes as it is', length => {
    const text = 'abcdefg'.repeat(length).slice(0, length)
    writeFileSync(join(folder, 'f'), text)
    expect(textOf('f', length)).toBe(text)
    if (length > 0)
      expect(() => textOf('f', length - 1)).toThrow(expect.objectContaining({ code: 'EFBIG', size: length }))
  })

  it.skipIf(!LINUX)('takes a file for as long as it is found to be, not for as long as it is said to be', () => {
    expect(textOf('/proc/self/status', 100_000)).toMatch(/^Name:/)
    expect(() => textOf('/proc/self/status', 10)).toThrow(expect.objectContaining({ code: 'EFBIG' }))
  })

  it('knows a file that was read by any name', () => {
    writeFileSync(join(folder, 'one'), 'x')
    writeFileSync(join(folder, 'other'), 'x')
    symlinkSync('one', join(folder, 'name'))
    files.read('one', 10)
    expect(['one', './one', 'name', join(folder, 'one')].map(files.wasRead)).toEqual([true, true, true, true])
    expect(['other', 'nowhere', '.'].map(files.wasRead)).toEqual([false, false, false])
  })
})

describe('git’s own', () => {
  it.each([
    '.git',
    '.git/config',
    'a/.git/x',
    '.GIT/config',
    '.Git',
    'git~1/config',
    '.git./x',
    '.git /x',
    '.git::$INDEX',
  ])('%s is', path => expect(liesInGit(path)).toBe(true))

  it.each(['.gitignore', '.github/x.yaml', 'git/config', 'a.git', 'x.git/config', '.git-old', 'digit~1'])(
    '%s is not',
    path => expect(liesInGit(path)).toBe(false),
  )

  it('is not known by a character that Apple’s file systems leave out', () => {
    expect(liesInGit('.g\u200cit/config')).toBe(true)
  })

  it('is not read, whoever names it', () => {
    const cwd = join(folder, 'repo')
    execFileSync('git', ['init', '-q', cwd])
    symlinkSync('.git/config', join(cwd, 'g'))
    const argv = [bin, 'prices', 'lint', '.git/config', 'g']
    const { status, stderr } = spawnSync(process.execPath, argv, { cwd, encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr.match(/error OUTSIDE\n {2}"[^"]+" belongs to git/g)).toHaveLength(2)
    expect(stderr).not.toContain('repositoryformatversion')
  })
})

it('a file that grows is read in pieces up to the length that it had when it was opened', () => {
  const path = join(folder, 'grows.txt')
  writeFileSync(path, 'a'.repeat(10_000))
  let [bytes, pieces] = [0, 0]
  for (const piece of nodeFiles({ root: repository, cwd: folder }).pieces('grows.txt', 4096)) {
    if (pieces === 0) appendFileSync(path, 'b'.repeat(10_000))
    expect(piece.all).toBe(10_000)
    bytes += piece.bytes.length
    pieces += 1
  }
  // 4,096 + 4,096 + 1,808
  expect([bytes, pieces]).toEqual([10_000, 3])
})
