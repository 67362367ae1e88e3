import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../fake-io.ts'

const bin = join(repository, 'bin/dsprice.js')

const real = (argv: string[], options: { input?: string; env?: Record<string, string> } = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
    cwd: repository,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
  })
  return { status, stdout, stderr }
}

/** Runs the real program, reads one chunk and shuts the pipe, as `head` does. */
const cutShort = (argv: string[]): Promise<{ code: number | null; stderr: string; read: number }> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [bin, ...argv], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    let read = 0
    child.stdout.once('data', (chunk: Buffer) => {
      read = chunk.length
      child.stdout.destroy()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk
    })
    child.on('error', failed)
    child.on('close', code => done({ code, stderr, read }))
  })

it.each([
  [['compare', 'scenarios/market-today.yaml', '--all', '--explain', '--quiet']],
  [['compare', 'scenarios/market-today.yaml', '--all', '--json', '--quiet']],
  [['schema', 'result']],
])('ends quietly when its reader leaves: %j', async argv => {
  const { code, stderr, read } = await cutShort(argv)
  expect(read).toBeGreaterThan(0)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

it('ends quietly under a shell’s head -1', () => {
  const command = `"${process.execPath}" "${bin}" compare --all --explain --quiet --pricing 2026-05-15 --at 2026-05-15 | head -1`
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: repository, encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({
    stdout:
      '750K in, 250K out: deepseek-v4-flash is the cheapest, $0.18 a run, at list price; next deepseek-v4 4.29×; dearest gpt-5.5-pro 386×.\n',
    stderr: '',
  })
})

it('keeps its exit code when the reader of both streams leaves', () => {
  const command = `"${process.execPath}" "${bin}" estimate nope.yaml 2>&1 | true; echo "\${PIPESTATUS[0]}"`
  expect(spawnSync('bash', ['-c', command], { cwd: repository, encoding: 'utf8' }).stdout).toBe('2\n')
})

it.skipIf(!existsSync('/dev/full'))('says that the disk is full (skipped where none can be pretended)', () => {
  const command = `"${process.execPath}" "${bin}" schema scenario >/dev/full`
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: repository, encoding: 'utf8' })
  expect(status).not.toBe(1)
  expect(stderr).not.toMatch(/^ +at /m)
})

it('writes all of a long answer to a pipe', () => {
  const { status, stdout } = real(['compare', 'scenarios/market-today.yaml', '--all', '--json', '--quiet'])
  expect(status).toBe(0)
  expect(stdout.length).toBeGreaterThan(200_000)
  expect(() => JSON.parse(stdout)).not.toThrow()
})

it('renders what another run pipes to it', () => {
  const { stdout: saved } = real(['estimate', 'scenarios/coding-agent.yaml', '--json'])
  const { stdout: wanted } = real(['estimate', 'scenarios/coding-agent.yaml'])
  expect(real(['render', '-'], { input: saved })).toEqual({ status: 0, stdout: wanted, stderr: '' })
})

it('exits with 0, 2 and 3', () => {
  expect(real(['--version'])).toMatchObject({ status: 0, stderr: '' })
  expect(real(['estimate', 'nope.yaml'])).toMatchObject({ status: 2, stdout: '' })
  expect(real(['prices', 'show', 'nope'])).toMatchObject({ status: 3, stdout: '' })
})

it('is wrapped by COLUMNS and coloured by FORCE_COLOR in a pipe', () => {
  const argv = ['estimate', 'scenarios/coding-agent.yaml']
  const lines = (text: string): number => Math.max(...text.split('\n').map(line => line.length))
  expect(lines(real(argv).stdout)).toBeGreaterThan(100)
  expect(lines(real(argv, { env: { COLUMNS: '60' } }).stdout)).toBeLessThanOrEqual(60)
  expect(real(argv, { env: { FORCE_COLOR: '1' } }).stdout).toContain('\x1b[1m')
  expect(real(argv, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).not.toContain('\x1b')
})
