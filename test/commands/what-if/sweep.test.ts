import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../../src/cli.ts'
import { comesTo } from '../../../src/load/sweep/comes-to.ts'
import { readLengthOnce } from '../../../src/load/sweep/read-length-once.ts'
import type { Sweep } from '../../../src/model/result/sweep.ts'
import { scenarioSchema } from '../../../src/model/scenario/scenario-schema.ts'
import { fakeIo, dsprice as ran, repository } from '../../fake-io.ts'

const BOT = 'scenarios/support-bot.yaml'

const sweep = async (...argv: string[]): Promise<{ code: number; err: string; found: Sweep }> => {
  const { code, out, err } = await ran(['sweep', ...argv, '--json', '--quiet'])
  return { code, err, found: out === '' ? ({ cells: [] } as unknown as Sweep) : JSON.parse(out) }
}

const errors = (err: string): { code: string; what: string; at: string | null }[] => JSON.parse(err).errors

describe('sweep', () => {
  it('multiplies what --set gave', async () => {
    const { found } = await sweep(BOT, '--set', 'request.output=100', '--vary', 'request.output=1x,2.5x')
    expect(found.cells.map(({ comes_to }) => comes_to)).toEqual([['100'], ['250']])
  })

  it('names every wrong value at once, whatever is wrong with it, and prints nothing', async () => {
    const vary = ['--vary', 'request.output=350,many,0.3x', '--vary', 'request.turns=1,1.5,0.3x']
    const { code, err, found } = await sweep(BOT, ...vary)
    expect({ code, cells: found.cells }).toEqual({ code: 2, cells: [] })
    expect(
      errors(err)
        .map(one => `${one.code} ${one.at} ${/"?(many|1\.5|0\.3x)/.exec(one.what)?.[1]}`)
        .sort(),
    ).toEqual([
      'INVALID --vary request.output:1:1 many',
      'INVALID --vary request.turns:1:1 1.5',
      'NO_MULTIPLE --vary request.turns:1:1 0.3x',
    ])
  })

  it('names the values with which another key is wrong', async () => {
    const { code, err } = await sweep(BOT, '--set', 'request.reasoning=300', '--vary', 'request.output=200,350,250')
    expect(code).toBe(2)
    expect(errors(err).map(({ what }) => what)).toEqual([
      'reasoning is part of output, but 300 is more than 200 (with request.output=200)',
      'reasoning is part of output, but 300 is more than 250 (with request.output=250)',
    ])
  })

  it('takes a scenario from stdin, which can be read once', async () => {
    const text = 'name: a\npricing: "2026-05-15"\nmodel: deepseek-v4\nrequest: {turn: 1M}\n'
    let reads = 0
    const io = fakeIo(repository, { stdin: text })
    const read: typeof io.read = (path, limit) => {
      if (path === '-') reads++
      return io.read(path, limit)
    }
    expect(await run(['sweep', '-', '--vary', 'request.output=1,2,3', '--quiet'], { ...io, read })).toBe(0)
    expect(reads).toBe(1)
  })

  it('refuses --at beside values of at', async () => {
    const { err } = await sweep(BOT, '--vary', 'at=2026-01-01,2026-11-23', '--at', '2026-11-23')
    expect(errors(err).map(({ what }) => what)).toEqual(['--at overrides every value of --vary at'])
  })
})

describe('a text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
  beforeAll(() => {
    writeFileSync(join(folder, 'long.txt'), 'how much is it? '.repeat(100))
    writeFileSync(
      join(folder, 'a.yaml'),
      'name: a\npricing: "2026-05-15"\nmodel: deepseek-v4\nrequest: {turn: {files: "*.txt"}}\n',
    )
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is read once, however many cells there are', async () => {
    let reads = 0
    const io = fakeIo(folder)
    const read: typeof io.read = (path, limit) => {
      if (path.endsWith('long.txt')) reads++
      return io.read(path, limit)
    }
    const argv = ['sweep', 'a.yaml', '--vary', 'request.output=1..50/1', '--vary', 'model=deepseek-v4,deepseek-v4-pro']
    expect(await run([...argv, '--quiet'], { ...io, read })).toBe(0)
    expect(reads).toBe(1)
  })

  it('is the same object in every cell, so that it is counted once for a tokenizer', async () => {
    const read = readLengthOnce()
    const around = { named: { text: () => ({ file: 'f', text: 'x' }) }, left: [] } as unknown as Parameters<
      typeof read
    >[2]
    const [a, b, c] = [
      await read({ file: 'f' }, ['request', 'turn'], around),
      await read({ file: 'f' }, ['request', 'turn'], around),
      await read({ file: 'f' }, ['request', 'shared'], around),
    ]
    expect(a).toBe(b)
    expect(c).toEqual(a)
  })
})

describe('comesTo', () => {
  const written = scenarioSchema.parse({
    name: 'a',
    traffic: { requests: 2400 },
    request: { turn_gap: '45s' },
    self_host: { usd_per_hour: { low: 40, high: 80 } },
  })
  it.each([
    ['traffic.requests', '2x', '2400'],
    ['request.turn_gap', '+50%', '45s'],
    ['self_host.usd_per_hour', '2x', '40-80'],
    ['traffic.requests', '2400', null],
  ])('%s=%s is %s', (key, value, text) => {
    expect(comesTo(written, key, value)).toBe(text)
  })
})
