import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { UsageReport } from '../../src/model/result/usage.ts'
import { dsprice } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const days = Array.from({ length: 25 }, (_, i) => ({
  ...{ at: `2026-11-${String(i + 1).padStart(2, '0')}T12:00:00Z`, model: 'gpt-5.5', input: 1000, output: 100 },
  ...{ user: `user ${i}` },
}))
writeFileSync(join(folder, 'calls.jsonl'), days.map(day => JSON.stringify(day)).join('\n'))
writeFileSync(join(folder, 'limits.yaml'), 'total: { per_month: 100 }\n')

const rowsBy = async (...flags: string[]): Promise<{ rows: number; others: number }> => {
  const { out } = await dsprice(['usage', 'calls.jsonl', '--json', ...flags], folder)
  const { breakdown } = JSON.parse(out) as UsageReport
  return { rows: breakdown?.rows.length ?? 0, others: breakdown?.others?.rows ?? 0 }
}

describe('rows of the breakdown', () => {
  it('are 20, but of time all, unless --top says otherwise', async () => {
    expect(await rowsBy('--by', 'user')).toEqual({ rows: 20, others: 5 })
    expect(await rowsBy('--by', 'day,user')).toEqual({ rows: 20, others: 5 })
    expect(await rowsBy('--by', 'day')).toEqual({ rows: 25, others: 0 })
    expect(await rowsBy('--by', 'month,day')).toEqual({ rows: 25, others: 0 })
    expect(await rowsBy('--by', 'day', '--top', '20')).toEqual({ rows: 20, others: 5 })
  })
})

describe('check --usage', () => {
  it('takes columns', async () => {
    const argv = ['check', '--usage', 'calls.jsonl', '--config', 'limits.yaml', '--columns']
    expect((await dsprice([...argv, 'no.yaml'], folder)).err).toMatch(/NO_FILE no\.yaml|NO_FILE/)
    writeFileSync(join(folder, 'columns.yaml'), 'at: time\n')
    expect(await dsprice([...argv, 'columns.yaml'], folder)).toMatchObject({ code: 0, err: '' })
    const { err } = await dsprice(['check', '--columns', 'columns.yaml'], folder)
    expect(err).toContain('--columns is a flag of --usage')
  })

  it('says where scenario files stand', async () => {
    const { code, err } = await dsprice(['check', '--usage', 'calls.jsonl', 'my bot.yaml'], folder)
    expect(code).toBe(2)
    expect(err).toContain('"my bot.yaml" stands behind --usage, where all names are of records')
    expect(err).toContain(`dsprice check 'my bot.yaml' --usage calls.jsonl --scenario NAME`)
  })
})

it.each([
  ['usage', 'calls.jsonl'],
  ['check', '--usage', 'calls.jsonl', '--config', 'limits.yaml'],
])('%s says that --since and --until are swapped', async (...argv) => {
  const { code, err } = await dsprice([...argv, '--since', '2026-12-01', '--until', '2026-11-01'], folder)
  expect(code).toBe(2)
  expect(err).toContain('--since 2026-12-01 is later than --until 2026-11-01')
  expect(err).toContain('fix: write --since 2026-11-01 --until 2026-12-01')
})
