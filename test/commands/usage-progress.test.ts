import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli.ts'
import { fakeIo, repository, type Surroundings } from '../fake-io.ts'
import { removeFolder } from '../remove-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-progress-'))
mkdirSync(join(folder, '.git'))
afterAll(() => removeFolder(folder))

const trace = readFileSync(join(repository, 'scenarios/replay/support-desk.jsonl'), 'utf8')
const record = `{"at":"2026-11-21","model":"deepseek-v4-pro","input":1000000,"output":0,"user":"${'x'.repeat(900)}"}\n`
// 3000 records are 2.9 MB, in pieces of 256 KiB.
writeFileSync(join(folder, 'calls.jsonl'), record.repeat(3000))
writeFileSync(join(folder, 'more.jsonl.gz'), gzipSync(record.repeat(100)))
// 3.3 MB, in pieces of 1 MiB.
writeFileSync(
  join(folder, 'trace.csv'),
  `TIMESTAMP,ContextTokens,GeneratedTokens\n${'2026-11-21 10:00:00,100,10\n'.repeat(120_000)}`,
)

/** Runs a command while every look at the clock takes half a second. @returns stderr, with ⌫ for the end of a line */
const slowly = async (argv: readonly string[], around: Surroundings): Promise<string> => {
  const io = fakeIo(folder, around)
  let now = 0
  const elapsed = (): number => {
    now += 500
    return now
  }
  const timed = { ...io, stdout: io.stdout, stderr: io.stderr, elapsed }
  expect(await run(argv, timed)).toBe(0)
  return io.err.replaceAll('\u001b[K', '⌫')
}
const terminal = { terminal: 200 }

describe('progress of reading', () => {
  it('tells bytes of all, their share and the records, and is cleared at the end', async () => {
    const told = (await slowly(['usage', 'calls.jsonl', 'more.jsonl.gz'], terminal)).split('\r').slice(1)
    expect(told.length).toBeGreaterThan(5)
    expect(told.at(-1)).toBe('⌫')
    // The whole has 2,9xx,000 bytes, and the last piece of the first file ends all 3000 records.
    expect(told.slice(0, -1).every(line => /^[012] of 3 megabytes read, \d+%, [\d,]+ records?⌫$/.test(line))).toBe(true)
    expect(told.at(-2)).toMatch(/100%, 3,\d00 records/)
    const shares = told.flatMap(line => Number(/(\d+)%/.exec(line)?.[1] ?? 100))
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  })

  it('tells requests of a trace', async () => {
    const told = await slowly(['replay', 'trace.csv'], terminal)
    expect(told).toMatch(/\r3 of 4 megabytes read, 100%, 120,000 requests⌫\r⌫$/)
  })

  it('tells no share of what is piped in', async () => {
    const told = await slowly(['usage', '-'], { ...terminal, stdin: record.repeat(3000) })
    expect(told).toMatch(/\r\d megabytes read, [\d,]+ records⌫/)
  })

  it.each([
    [['usage', 'calls.jsonl'], {}],
    [['usage', 'calls.jsonl', '--quiet'], terminal],
    [['replay', 'trace.csv', '--quiet'], terminal],
    [['replay', 'trace.csv'], {}],
  ])('is not told to a pipe, nor where it is to be quiet: %j, %j', async (argv, around) => {
    expect(await slowly(argv, around)).not.toMatch('megabytes')
  })
})

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  it.each([['usage'], ['replay']])(
    'ends %s at once: no words, nothing of the file that it was to write',
    async name => {
      const argv = [join(repository, 'bin/dsprice.js'), name, '-', '-o', 'report.txt']
      const child = spawn(process.execPath, argv, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          said += chunk
        })
      }
      // Half of what it waits for; it may be ended before it has taken that.
      child.stdin.on('error', () => {})
      child.stdin.write(name === 'usage' ? record.repeat(1000) : trace)
      const ended = new Promise<NodeJS.Signals | null>(done => child.on('close', (_, signal) => done(signal)))
      setTimeout(() => child.kill('SIGINT'), 2000)
      expect([await ended, said]).toEqual(['SIGINT', ''])
      expect(readdirSync(folder).sort()).toEqual(['.git', 'calls.jsonl', 'more.jsonl.gz', 'trace.csv'])
    },
  )
})
