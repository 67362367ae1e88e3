import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { dsprice } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const log = (name: string, ...lines: readonly object[]): string => {
  writeFileSync(join(folder, name), lines.map(line => JSON.stringify(line)).join('\n'))
  return name
}
const call = { at: '2026-11-20T02:00:00Z', model: 'gpt-5.5', input: 1000, output: 100 }

it('writes the scenario beside the report, and overwrites nothing', async () => {
  const file = log('calls.jsonl', call)
  const first = await dsprice(['usage', file, '--to-scenario', 'bot.yaml', '--json'], folder)
  // $5 x 1000 + $30 x 100 a million.
  expect({ code: first.code, cost: JSON.parse(first.out).total.cost }).toEqual({ code: 0, cost: '0.008' })
  const text = readFileSync(join(folder, 'bot.yaml'), 'utf8')
  expect(text).toContain('\nname: bot\n')
  const again = await dsprice(['usage', file, '--to-scenario', 'bot.yaml'], folder)
  expect(again).toMatchObject({ code: 2, out: '' })
  expect(again.err).toContain('write --to-scenario bot-2.yaml')
  expect(readFileSync(join(folder, 'bot.yaml'), 'utf8')).toBe(text)
})

it('writes nothing where a warning is an error', async () => {
  const file = log('lossy.jsonl', call, { ...call, model: 'nope' })
  const { code, out } = await dsprice(['usage', file, '--to-scenario', 'lossy.yaml', '--strict'], folder)
  expect({ code, out, there: existsSync(join(folder, 'lossy.yaml')) }).toEqual({ code: 2, out: '', there: false })
})

it('prices it with the rates of the call, which it asks to name again', async () => {
  const rates = ['--input', '1', '--output', '2', '--like', 'gpt-5.5', '--from', '2026-01-01']
  expect((await dsprice(['prices', 'add', 'nope', ...rates, '-o', 'mine.json'], folder)).code).toBe(0)
  const file = log('mine.jsonl', { ...call, model: 'nope' })
  const { code, out, err } = await dsprice(['usage', file, '--pricing', 'mine.json', '--to-scenario', '-'], folder)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('# pricing: priced with files of the call (--pricing)')
})
