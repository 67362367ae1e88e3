import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draftName } from '../../src/disk/drafts.ts'
import { createFile, replaceFile } from '../../src/disk/write-file.ts'
import { dsprice, repository } from '../fake-io.ts'
import { removeFolder } from '../remove-folder.ts'

const bin = join(repository, 'bin/dsprice.js')
let folder = ''
const at = (name: string): string => join(folder, name)
const textOf = (name: string): string => readFileSync(at(name), 'utf8')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dsprice-write-'))
})
afterEach(() => removeFolder(folder))

describe('an ordinary file', () => {
  it('keeps its mode, and is found behind links', async () => {
    writeFileSync(at('real'), 'old')
    chmodSync(at('real'), 0o640)
    symlinkSync('real', at('link'))
    symlinkSync(at('link'), at('further'))
    await replaceFile(at('further'), 'new')
    expect([textOf('real'), statSync(at('real')).mode & 0o777]).toEqual(['new', 0o640])
    expect(readdirSync(folder).sort()).toEqual(['further', 'link', 'real'])
  })

  it('is written where a link to nowhere leads', async () => {
    mkdirSync(at('a'))
    symlinkSync('a/new', at('link'))
    await replaceFile(at('link'), 'new')
    expect(textOf('a/new')).toBe('new')
  })

  it('is never created over what is there', async () => {
    writeFileSync(at('file'), 'old')
    symlinkSync('nowhere', at('link'))
    for (const name of ['file', 'link', '.']) {
      await expect(createFile(at(name), 'new')).rejects.toMatchObject({ code: 'EEXIST' })
    }
    expect([textOf('file'), readdirSync(folder).sort()]).toEqual(['old', ['file', 'link']])
  })

  it.each(['folder', 'nowhere/file'])('is refused where none can stand: %s', async name => {
    mkdirSync(at('folder'))
    await expect(replaceFile(at(name), 'new')).rejects.toMatchObject({ code: expect.stringMatching(/EISDIR|ENOENT/) })
    expect(readdirSync(folder)).toEqual(['folder'])
  })
})

describe('what runs that were killed have left', () => {
  const ended = (): number => spawnSync(process.execPath, ['--version']).pid
  const HOUR_S = 3600
  const aged = (name: string, seconds: number): void => {
    const then = Date.now() / 1000 - seconds
    utimesSync(at(name), then, then)
  }

  it('is cleared by the next that writes into the folder', async () => {
    writeFileSync(at(draftName(ended())), 'half')
    await replaceFile(at('out'), 'new')
    expect(readdirSync(folder)).toEqual(['out'])
    writeFileSync(at(draftName(ended())), 'half')
    await createFile(at('other'), 'new')
    expect(readdirSync(folder).sort()).toEqual(['other', 'out'])
  })

  it('is left to a run that may still be writing it, and to whoever has files of such names', async () => {
    // Of another machine, no process here can be asked.
    const kept = [draftName(process.pid), draftName(ended(), '0'.repeat(8)), '.dsprice-x', '.dsprice-notes-1-2']
    for (const name of kept) writeFileSync(at(name), 'half')
    await replaceFile(at('out'), 'new')
    expect(readdirSync(folder).sort()).toEqual([...kept, 'out'].sort())
  })

  it('is cleared after an hour, whoever wrote it', async () => {
    const left = [draftName(process.pid), draftName(ended(), '0'.repeat(8))]
    for (const name of left) {
      writeFileSync(at(name), 'half')
      aged(name, 2 * HOUR_S)
    }
    await replaceFile(at('out'), 'new')
    expect(readdirSync(folder)).toEqual(['out'])
  })
})

it('gives each of several writers a whole file', () => {
  const names = ['scenario', 'pricing', 'result', 'compare', 'diff', 'config']
  const line = `for name in ${names.join(' ')}; do "$NODE" "$DSPRICE" schema $name -o out & done; wait`
  spawnSync('sh', ['-c', line], { cwd: folder, env: { ...process.env, NODE: process.execPath, DSPRICE: bin } })
  expect(names.map(name => readFileSync(join(repository, `schema/${name}.schema.json`), 'utf8'))).toContain(
    textOf('out'),
  )
  expect(readdirSync(folder)).toEqual(['out'])
}, 30_000)

describe('what is no file is written into', () => {
  const schema = readFileSync(join(repository, 'schema/config.schema.json'), 'utf8')
  const shell = (line: string) =>
    spawnSync('bash', ['--norc', '-c', line], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 25_000,
      env: { PATH: process.env['PATH'] ?? '', WRITE: `${process.execPath} ${bin} schema config -o` },
    })

  it.each([
    { it: 'a pipe that somebody reads', line: 'mkfifo p; cat p > got & $WRITE p && wait && test -p p' },
    { it: 'a pipe behind a link', line: 'mkfifo p; ln -s p l; cat p > got & $WRITE l && wait && test -p p' },
    { it: 'stdout that is a file', line: 'echo first > got; $WRITE /dev/stdout >> got && sed -i 1d got' },
    { it: 'stdout that is a pipe', line: '$WRITE /dev/stdout | cat > got' },
    { it: 'an open file', line: 'exec 7>got; $WRITE /dev/fd/7' },
    { it: 'a program of the shell', line: 'mkfifo done; $WRITE >(cat > got; : > done) && cat done' },
  ])('$it', ({ line }) => {
    const { status, stderr } = shell(line)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(textOf('got')).toBe(schema)
    expect(readdirSync(folder).filter(name => name.startsWith('.'))).toEqual([])
  })

  it('a device, which stays one', () => {
    const { status } = shell('$WRITE /dev/null')
    expect([status, statSync('/dev/null').isCharacterDevice()]).toEqual([0, true])
  })

  it.skipIf(!existsSync('/dev/full'))('a device that is full: an error', () => {
    const { status, stderr } = shell('$WRITE /dev/full')
    expect([status, stderr.split('\n')[1]]).toEqual([2, '  cannot write "/dev/full": ENOSPC'])
  })

  it('a pipe that nobody reads: an error, and no wait without an end', () => {
    const { status, stderr } = shell('mkfifo p; $WRITE p')
    expect([status, stderr.split('\n')[1]]).toEqual([2, '  cannot write "p": nobody reads from this pipe'])
  }, 30_000)

  it('whose reader leaves: quietly', () => {
    expect(shell('set -o pipefail; $WRITE >(true) && $WRITE /dev/stdout | true')).toMatchObject({
      status: 0,
      stderr: '',
    })
  })
})

describe('a file that the answer is made from is not overwritten', () => {
  const WORK = 'name: s\nmodel: plain\npricing: mine.json\nrequest: {shared: {file: p.md}, turn: {files: "s/*.md"}}\n'
  const write = (): void => {
    mkdirSync(at('s'))
    mkdirSync(at('.git'))
    const files: Record<string, string> = {
      's.yaml': `${WORK}budget: {per_period: 100}\n`,
      'p.md': 'hello',
      's/a.md': 'hello',
      'mine.json': JSON.stringify({
        ...(JSON.parse(readFileSync(join(repository, 'test/fixtures/book.json'), 'utf8')) as object),
        extends: 'none',
      }),
      'dsprice.config.yaml': 'scenarios: [s.yaml]\n',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text)
    symlinkSync('s.yaml', at('link'))
    linkSync(at('p.md'), at('hard'))
  }

  it.each(['s.yaml', './s.yaml', 'link', 'p.md', 'hard', 's/a.md', 'mine.json', 'dsprice.config.yaml', 'base.json'])(
    '%s',
    async output => {
      write()
      const set = ['--set', 'request.shared=5', '--set', 'request.turn=5', '--set', 'request.output=5']
      const base = await dsprice(['estimate', 's.yaml', '--json', '--quiet', ...set, '-o', 'base.json'], folder)
      expect(base).toMatchObject({ code: 0 })
      const before = textOf(output)
      const argv = ['check', '--baseline', 'base.json', '--pricing', 'mine.json', '-o', output, '--json']
      const { code, err } = await dsprice(argv, folder)
      expect([code, JSON.parse(err).errors.map((one: { code: string }) => one.code)]).toEqual([2, ['OUTPUT_IS_INPUT']])
      expect(textOf(output)).toBe(before)
    },
  )

  it('nor is what came in on stdin', () => {
    write()
    const env = { ...process.env, RUN: `${process.execPath} ${bin}` }
    const line = '$RUN estimate - -o s.yaml --quiet --set model=o3 --set pricing=2026-11-23 < s.yaml'
    const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8', env })
    expect([status, stderr.split('\n')[0]]).toEqual([2, 'error OUTPUT_IS_INPUT'])
    expect(textOf('s.yaml')).toContain('name: s')
  })
})
