import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Result } from '../../../src/model/result/result.ts'
import type { UsageReport } from '../../../src/model/result/usage.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { dsprice } from '../../fake-io.ts'
import { KINDS, type Kind, monthOf } from './month-of-traffic.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const lineOf = ({ at, keys, ...record }: UsageRecord): string =>
  JSON.stringify({ ...record, ...keys, at: at === null ? null : new Date(at).toISOString() })

const run = async (...argv: string[]): Promise<string> => {
  const { code, out, err } = await dsprice(argv, folder, { newer: true })
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  return out
}

const WEEKS = 4
const WEEKS_A_MONTH = 730 / 168

/** By how many per cent the scenario costs more than the records that it was made of. */
const offOf = async (kind: Kind, seed: number): Promise<number> => {
  const file = `${kind.name.replaceAll(/\W/g, '-')}-${seed}`
  writeFileSync(join(folder, `${file}.jsonl`), monthOf(kind, seed).map(lineOf).join('\n'))
  const flags = ['--timezone', kind.timezone, '--to-scenario', `${file}.yaml`, '--json']
  const usage = JSON.parse(await run('usage', `${file}.jsonl`, ...flags)) as UsageReport
  const [scenario] = (JSON.parse(await run('estimate', `${file}.yaml`, '--json')) as Result).scenarios
  const month = scenario?.per_month?.cached ?? null
  if (typeof month !== 'string' || typeof usage.total.cost !== 'string') throw new Error('both costs are known')
  return (Number(month) / WEEKS_A_MONTH / (Number(usage.total.cost) / WEEKS) - 1) * 100
}

describe('a scenario of four weeks of usage costs what these cost, but for what it cannot know', () => {
  it.each(KINDS)('$name: $why', async kind => {
    const off = await offOf(kind, 1)
    expect(off).toBeGreaterThan(kind.off - kind.within)
    expect(off).toBeLessThan(kind.off + kind.within)
  })
})
