import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { dsprice } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('holds a default by the month to paced traffic, and not to a run, which has no month', async () => {
  const scenario = (name: string, more: string): void =>
    writeFileSync(
      join(folder, `${name}.yaml`),
      `name: ${name}\npricing: "2026-05-15"\nat: 2026-05-15\nmodel: deepseek-v4-pro\nrequest: {turn: 100K, output: 10K}\n${more}`,
    )
  scenario('run', '')
  scenario('daily', 'traffic: {requests: 1, per: day}\n')
  writeFileSync(join(folder, 'dsprice.config.yaml'), 'defaults: {per_month: 400, per_period: 1, view: headline}\n')
  const { code, out } = await dsprice(['check', 'run.yaml', 'daily.yaml', '--json'], folder)
  expect(code).toBe(0)
  // 0.2088 a request, 730 / 24 days a month: 0.2088 × 30.41666… = 6.351
  expect(JSON.parse(out)).toMatchObject({
    scenarios: [
      { budget: [{ limit: 'per_period', actual: '0.2088' }] },
      { budget: [{ limit: 'per_period' }, { limit: 'per_month', actual: '6.351', state: 'within' }] },
    ],
  })
})
