import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Advice } from '../../../src/model/result/advice.ts'
import type { Result } from '../../../src/model/result/result.ts'
import { dsprice, repository } from '../../fake-io.ts'
import { holds } from '../../plan/advise/bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const advise = async (...argv: string[]): Promise<Advice> => {
  const { code, out, err } = await dsprice(['advise', ...argv, '--json', '--quiet'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Advice
}

/** What is typed after `dsprice estimate`. */
const estimateOf =
  (...argv: string[]) =>
  async (set: readonly string[]) => {
    const typed = set.flatMap(one => ['--set', one])
    const { out } = await dsprice(['estimate', ...argv, ...typed, '--json', '--quiet'])
    const [scenario] = (JSON.parse(out) as Result).scenarios
    if (!scenario) throw new Error('no scenario')
    return scenario
  }

describe.each([
  { name: 'market-today', flags: ['--models', 'deepseek-v4-flash,gpt-5.6-luna'] },
  { name: 'support-bot', flags: ['--models', 'gpt-5.6-luna,novita/deepseek-v3.2'] },
  { name: 'answers-from-documents', flags: ['--models', 'o3,gpt-5.4'] },
  { name: 'routing-80-15-5', flags: [] },
  { name: 'routing-70-25-5', flags: [] },
  { name: 'self-host-v4', flags: [] },
  { name: 'known-usage', flags: ['--models', 'o3'] },
  { name: 'market-today', flags: ['--models', 'deepseek-v4-flash', '--at', '2026-10-05T02:00Z'] },
])('advise of $name $flags', ({ name, flags }) => {
  it('has levers that are what estimate says when they are typed, and a plan that adds up', async () => {
    const path = `scenarios/${name}.yaml`
    const at = flags.includes('--at') ? flags.slice(flags.indexOf('--at')) : []
    const advice = await advise(path, ...flags, '--plan')
    expect(advice.levers.length).toBeGreaterThan(0)
    await holds(advice, estimateOf(path, ...at))
  })
})

describe('advise', () => {
  const stdin = 'name: s\nmodel: plain\npricing: test/fixtures/book.json\nat: 2026-11-24\nrequest: {turn: 1M}\n'

  it('reads stdin once, and settings', async () => {
    const argv = ['advise', '-', '--set', 'request.turn=100', '--models', 'plain', '--json', '--quiet']
    const { code, out } = await dsprice(argv, repository, { stdin })
    expect(code).toBe(0)
    // 100 tokens at $2.
    expect((JSON.parse(out) as Advice).base.cost).toBe('0.0002')
    expect((JSON.parse(out) as Advice).levers.map(({ set }) => set)).toEqual([[], ['request.turn=90']])
  })

  it('is rendered from its JSON as it was printed', async () => {
    const argv = ['advise', 'scenarios/market-today.yaml', '--plan', '--models', 'deepseek-v4-flash']
    const file = join(folder, 'advice.json')
    writeFileSync(file, (await dsprice([...argv, '--json'])).out)
    for (const flags of [[], ['--format', 'markdown'], ['--format', 'csv'], ['--json']]) {
      expect((await dsprice(['render', file, ...flags])).out).toBe((await dsprice([...argv, ...flags])).out)
    }
    expect((await dsprice(['render', file, '--format', 'junit'])).code).toBe(2)
  })

  it.each([
    { it: 'an unknown model', flags: ['--models', 'nobody'], code: 3, said: 'nobody' },
    { it: 'no model', flags: ['--models', ','], code: 2, said: '--models names no model' },
    { it: 'a score that is none', flags: ['--min-quality', 'good'], code: 2, said: '--min-quality is no number' },
    { it: 'an unknown fact', flags: ['--require', 'socks'], code: 2, said: '--require has no fact "socks"' },
    { it: 'an instant that is none', flags: ['--at', 'noon'], code: 2, said: '--at must be' },
  ])('refuses $it', async ({ flags, code, said }) => {
    const ran = await dsprice(['advise', '-', ...flags], repository, { stdin })
    expect(ran.code).toBe(code)
    expect(ran.err).toContain(said)
  })

  it('says where a fault of the scenario is', async () => {
    const ran = await dsprice(['advise', '-'], repository, { stdin: stdin.replace('plain', 'nobody') })
    expect(ran).toMatchObject({ code: 3, out: '' })
    expect(ran.err).toContain('stdin:2:8')
  })

  it('prints harmless text', async () => {
    const evil = stdin.replace('name: s', 'name: "x\\u202ey"')
    const { out } = await dsprice(['advise', '-', '--models', 'plain', '--quiet'], repository, { stdin: evil })
    expect(out).not.toContain('\u202e')
  })
})
