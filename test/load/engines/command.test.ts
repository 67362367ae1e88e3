import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { repository } from '../../fake-io.ts'
import { openFolder, openWriter } from './build.ts'

const folder = openFolder('command')
const file = folder.file('log.parquet')
beforeAll(async () => {
  const writer = await openWriter()
  const rows = `select timestamp '2026-11-10 12:00:00' as "at", 'gpt-5.5' as model, 1000000 as input, 0 as output`
  await writer.run(`copy (${rows}) to '${file}' (format parquet)`)
  writer.close()
})
afterAll(() => folder.remove())

const bin = join(repository, 'bin/dsprice.js')

/** Throws where Node looks for a package. */
const lacking = (name: string): string => `const Module = require('node:module')
const find = Module._resolveFilename
Module._resolveFilename = (name, ...more) => {
  if (name.startsWith('${name}')) throw Object.assign(new Error(name), { code: 'MODULE_NOT_FOUND' })
  return find(name, ...more)
}`
/** As on a system with an older C library than the package was built for. */
const BROKEN = `require('node:module')._extensions['.node'] = () => {
  throw Object.assign(new Error("/lib/libc.so.6: version 'GLIBC_2.99' not found"), { code: 'ERR_DLOPEN_FAILED' })
}`

it.each([
  ['DuckDB', lacking('@duckdb/node-api'), 'which is not installed'],
  ["DuckDB's part for this machine", lacking('@duckdb/node-bindings-'), `which lacks its part for ${process.platform}`],
  ['a C library that it can be loaded with', BROKEN, "which cannot be loaded: Error: /lib/libc.so.6: version 'GLIBC_2"],
])('Parquet without %s is NO_ENGINE, with the command that installs it', (_, hook, why) => {
  const without = folder.file('without.cjs', hook)
  const { status, stderr } = spawnSync(process.execPath, ['--require', without, bin, 'usage', file], {
    encoding: 'utf8',
  })
  expect(stderr).toContain('error NO_ENGINE')
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(why)
  expect(stderr).toContain('npm install @duckdb/node-api')
  expect(status).toBe(2)
})

it('standard input that is Parquet is said to be so', () => {
  const { status, stderr } = spawnSync(process.execPath, [bin, 'usage', '-'], { input: 'PAR1', encoding: 'utf8' })
  expect(stderr).toContain('it is Parquet, which is read from a named file')
  expect(status).toBe(3)
})

it('Ctrl-C in the middle of a query ends the run and leaves no folder behind', async () => {
  // A query that would take days.
  const endless = '(select count(*) from range(10000000) as a(i), range(10000000) as b(j) where hash(i + j) = 1)'
  const columns = folder.file('endless.yaml', `at: '"at"'\nmodel: model\ninput: input\noutput: "${endless}"\n`)
  const temporary = folder.file('tmp')
  mkdirSync(temporary)
  const child = spawn(process.execPath, [bin, 'usage', file, '--columns', columns], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: 'ignore',
  })
  const ended = new Promise(resolve => child.once('exit', (code, signal) => resolve(signal ?? code)))
  for (let tries = 0; tries < 1000 && readdirSync(temporary).length === 0; tries++) await setTimeout(20)
  expect(readdirSync(temporary)).toHaveLength(1)
  await setTimeout(1000)
  child.kill('SIGINT')
  expect(await ended).toBe('SIGINT')
  expect(readdirSync(temporary)).toEqual([])
}, 60_000)
