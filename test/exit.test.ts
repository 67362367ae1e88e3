import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { repository } from './fake-io.ts'
import { removeFolder } from './remove-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => removeFolder(folder))

const bin = join(repository, 'bin/dsprice.js')

/** Runs the program with a script of ours before it. */
const runAfter = (script: string, ...argv: string[]) => {
  writeFileSync(join(folder, 'before.cjs'), script)
  const ran = spawnSync(process.execPath, ['--require', join(folder, 'before.cjs'), bin, ...argv], { cwd: folder })
  return { code: ran.status, out: String(ran.stdout), err: String(ran.stderr) }
}

// 1 would mean "over a budget", and 0 that all is well.
it.each([
  { it: 'thrown where nobody waits for it', script: 'setImmediate(() => { throw new Error("stray") })' },
  { it: 'a rejection that nobody waits for', script: 'setImmediate(() => { Promise.reject(new Error("stray")) })' },
  { it: 'no error at all', script: 'setImmediate(() => { throw "stray" })' },
  {
    it: 'thrown before the command begins',
    script: 'require("node:fs").fstatSync = () => { throw new Error("stray") }',
  },
])('an error outside of every catch is exit 4: $it', ({ script }) => {
  const { code, err } = runAfter(script, 'check', 'nowhere.yaml')
  expect([code, err]).toEqual([4, expect.stringContaining('error BUG\n  dsprice has a bug')])
  expect(err).toContain('stray')
})

it('is one JSON object where JSON is asked for', () => {
  const script = 'process.nextTick(() => { throw new Error("stray") })'
  const { code, out, err } = runAfter(script, 'check', 'nowhere.yaml', '--json')
  expect([code, out, JSON.parse(err)]).toMatchObject([4, '', { exit: 4, errors: [{ code: 'BUG', exit: 4 }] }])
})

it('a run that never comes to its end is exit 4, not 0', () => {
  const { code, out } = runAfter('Promise.resolve = () => new Promise(() => {})', 'check', 'nowhere.yaml')
  expect([code, out]).toEqual([4, ''])
})

it('a run that ends has the code that it ends with', () => {
  expect(['--version', 'nope'].map(word => runAfter('', word).code)).toEqual([0, 2])
})

it.each([
  { words: ['help'], code: 0 },
  { words: ['help', 'usage'], code: 0 },
  { words: ['help', 'prices'], code: 0 },
  { words: ['prices', 'help', 'list'], code: 0 },
  { words: ['prices', 'list', '--help'], code: 0 },
  { words: ['help', 'nope'], code: 2 },
  { words: ['prices'], code: 2 },
])('help that is asked for is all there is to tell: $words', ({ words, code }) => {
  const { out, err, ...ended } = runAfter('', ...words)
  expect([ended.code, out === '', err === '']).toEqual([code, code === 2, code === 0])
})

it('code that cannot be loaded is exit 4', () => {
  cpSync(join(repository, 'bin'), join(folder, 'bin'), { recursive: true })
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin/dsprice.js'), 'check', '.'], {
    cwd: folder,
  })
  expect([status, String(stderr)]).toEqual([4, expect.stringContaining('Cannot find module')])
})
