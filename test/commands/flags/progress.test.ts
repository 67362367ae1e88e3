import { describe, expect, it } from 'vitest'
import { readInWords, showProgress } from '../../../src/commands/flags/progress.ts'
import { fakeIo, repository } from '../../fake-io.ts'

/** A run of a hundred scenarios that take so many milliseconds each. */
const runOf = (each: number, { terminal, quiet = false }: { terminal: boolean; quiet?: boolean }): string => {
  let now = 0
  const io = fakeIo(repository, terminal ? { terminal: 80 } : {})
  const timed = { ...io, stderr: io.stderr, elapsed: () => now }
  const progress = showProgress(timed, { quiet })
  for (let done = 0; done < 100; done++) {
    progress.tell(done, 100)
    now += each
  }
  progress.clear()
  return io.err
}

describe('progress', () => {
  it('is told on a terminal once a second has passed, ten times a second, and taken away at the end', () => {
    // 100 × 15 ms: told at 1,005 ms and about every 100 ms after it.
    const told = runOf(15, { terminal: true }).split('\r').slice(1)
    expect(told[0]).toBe('67 of 100 scenarios\x1b[K')
    expect(told).toHaveLength(6)
    expect(told.at(-1)).toBe('\x1b[K')
  })

  it('is not told of what takes less than a second', () => {
    expect(runOf(9, { terminal: true })).toBe('')
  })

  it('is not told to a pipe, nor where it is to be quiet', () => {
    expect(runOf(1000, { terminal: false })).toBe('')
    expect(runOf(1000, { terminal: true, quiet: true })).toBe('')
  })
})

describe('reading is told', () => {
  it.each<[number, number | null, number, string]>([
    [12_900_000, 300_000_000, 45_210, '12 of 300 megabytes read, 4%, 45,210 records'],
    [299_999_999, 300_000_000, 1, '299 of 300 megabytes read, 99%, 1 record'],
    // A file that has grown since it was measured.
    [310_000_000, 300_000_000, 2, '310 of 300 megabytes read, 100%, 2 records'],
    [12_900_000, null, 45_210, '12 megabytes read, 45,210 records'],
  ])('%d bytes of %j', (done, all, found, words) => {
    expect(readInWords('record')(done, all, found)).toBe(words)
  })
})
