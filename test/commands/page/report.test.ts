import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { eachModel } from '../../../src/plan/page/other-models.ts'
import type { PageData } from '../../../src/plan/page/page-data.ts'
import { dsprice, repository } from '../../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const shipped = (name: string): string => join(repository, 'scenarios', `${name}.yaml`)

/** What a page holds. */
const dataIn = (html: string): PageData => {
  const [, json] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? []
  return JSON.parse(json ?? '') as PageData
}

/** The page that a command prints. */
const pageOf = async (...argv: readonly string[]): Promise<PageData> => {
  const { code, out, err } = await dsprice(argv, folder, { newer: true })
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  // A program or style that was made harmless on its way would not have the hash that the page allows.
  for (const [, text = ''] of out.matchAll(/<(?:script|style)>(.*?)<\/(?:script|style)>/gs)) {
    expect(out).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  }
  return dataIn(out)
}

describe('dsprice report', () => {
  it('has the advice of its scenario, and the same work on the models that the advice names', async () => {
    const { scenarios, part, saved } = await pageOf('report', shipped('support-bot'), '-o', '-')
    expect({ part, saved }).toEqual({ part: 'answer', saved: false })
    const [{ advice, others, scenario } = { advice: null, others: [], scenario: null }] = scenarios
    const asked = await dsprice(['advise', shipped('support-bot'), '--plan', '--json'], folder, { newer: true })
    expect(advice).toEqual(JSON.parse(asked.out))
    const named = (advice?.levers ?? []).filter(({ kind }) => kind === 'model').map(({ set }) => set[0])
    expect(named.length).toBeGreaterThan(0)
    const each = eachModel(others)
    expect(each.map(({ model }) => `model=${model}`).sort()).toEqual([...named].sort())
    expect(each.map(({ traffic }) => traffic)).toEqual(each.map(() => scenario?.traffic))
  })

  it('has the models of --models, without advice if that is left out', async () => {
    const { scenarios } = await pageOf('report', shipped('support-bot'), '--no-advice', '--models', 'gpt-5.5,o3')
    expect(
      scenarios.map(({ advice, others }) => ({ advice, others: eachModel(others).map(({ model }) => model) })),
    ).toEqual([{ advice: null, others: ['gpt-5.5', 'o3'] }])
  })

  it('has several scenarios in the order given, at the date given', async () => {
    const paths = ['support-bot', 'market-today'].map(shipped)
    const { scenarios } = await pageOf('report', ...paths, '--no-advice', '--at', '2026-11-24T02:00Z')
    expect(scenarios.map(({ scenario: { name, at } }) => ({ name, at }))).toEqual([
      { name: 'support-bot', at: '2026-11-24T02:00Z' },
      { name: 'market-today', at: '2026-11-24T02:00Z' },
    ])
  })

  it('a fleet has no others: none that is named serves all of it', async () => {
    const { scenarios } = await pageOf('report', shipped('routing-80-15-5'))
    expect(scenarios[0]?.advice).not.toBeNull()
    expect(scenarios[0]?.others).toEqual([])
  })

  it('writes a file whole, and warns as estimate does', async () => {
    const file = join(folder, 'report.html')
    const { code, out, err } = await dsprice(['report', shipped('support-desk'), '--no-advice', '-o', file], folder, {
      newer: true,
    })
    const asked = await dsprice(['estimate', shipped('support-desk')], folder, { newer: true })
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: asked.err })
    expect(dataIn(readFileSync(file, 'utf8')).scenarios.map(({ scenario }) => scenario.name)).toEqual(['support-desk'])
    const strict = await dsprice(['report', shipped('support-desk'), '--no-advice', '--strict'], folder, {
      newer: true,
    })
    expect({ code: strict.code, out: strict.out }).toEqual({ code: 2, out: '' })
  })

  it('refuses what estimate refuses, in the same words', async () => {
    const path = join(folder, 'wrong.yaml')
    writeFileSync(path, 'name: a\nmodel: gpt-5.5\nrequest: { shared: many, output: 10 }\n')
    const [made, asked] = [await dsprice(['report', path], folder), await dsprice(['estimate', path], folder)]
    expect(made).toEqual(asked)
    expect(made.code).toBe(2)
  })

  it('what a stranger wrote is data: it neither ends its element nor opens one', async () => {
    const path = join(folder, 'hostile.yaml')
    const name = '<img src=x onerror=alert(1)></script><!--'
    const description = `${name}\u202e\u2028`
    const head = JSON.stringify({ name, description, model: 'gpt-5.5' })
    writeFileSync(path, `${head.slice(0, -1)}, "request": { "shared": 10, "output": 10 } }`)
    const { out } = await dsprice(['report', path, '--no-advice'], folder)
    expect(dataIn(out).scenarios[0]?.scenario).toMatchObject({ name, description })
    expect(out).not.toContain('<img')
    expect(out).not.toContain('<!--')
    expect(out).not.toMatch(/[\u202e\u2028]/)
    expect(out.match(/<\/script>/g)).toHaveLength(3)
  })
})

describe('--format html', () => {
  it.each([
    { argv: ['estimate', shipped('support-bot')], part: 'answer' },
    { argv: ['forecast', shipped('support-bot')], part: 'forecast' },
    { argv: ['breakeven', shipped('self-host-measured')], part: 'break-even' },
  ])('of $argv.0 opens the page at its part', async ({ argv, part }) => {
    const data = await pageOf(...argv, '--format', 'html')
    expect({ part: data.part, count: data.scenarios.length, advice: data.scenarios[0]?.advice }).toEqual({
      ...{ part, count: 1 },
      advice: null,
    })
  })

  it('of compare has the other models', async () => {
    const argv = ['compare', shipped('support-bot'), '--models', 'gpt-5.5,deepseek-v4-pro']
    const data = await pageOf(...argv, '--format', 'html')
    const asked = await dsprice([...argv, '--json'], folder, { newer: true })
    const ranked = (JSON.parse(asked.out) as { scenarios: { model: string }[] }).scenarios.map(({ model }) => model)
    expect(data.part).toBe('models')
    expect(data.scenarios[0]?.scenario.name).toBe('support-bot')
    expect(
      eachModel(data.scenarios[0]?.others ?? [])
        .map(({ model }) => model)
        .sort(),
    ).toEqual([...ranked].sort())
  })

  it('of every model of the book stays below 600 KB', async () => {
    const { out } = await dsprice(['compare', shipped('support-bot'), '--all', '--format', 'html'], folder, {
      newer: true,
    })
    expect(Buffer.byteLength(out)).toBeLessThan(600_000)
  })

  it('of compare without a scenario shows the cheapest model, whose file would name it', async () => {
    const data = await pageOf('compare', '--models', 'gpt-5.5,deepseek-v4-pro', '--format', 'html')
    // $0.435/M in and $0.87/M out are less than $5 and $30.
    expect(
      data.scenarios.map(({ scenario, others }) => [scenario.model, eachModel(others).map(({ model }) => model)]),
    ).toEqual([['deepseek-v4-pro', ['gpt-5.5']]])
    expect(data.scenarios[0]?.file).toMatchObject({ model: 'deepseek-v4-pro' })
  })

  it('of sweep has the sweep, with its scenario where that stands without it', async () => {
    const argv = ['sweep', shipped('support-bot'), '--vary', 'request.output=350,700']
    const data = await pageOf(...argv, '--format', 'html')
    const asked = await dsprice([...argv, '--json'], folder, { newer: true })
    expect(data.sweep).toEqual(JSON.parse(asked.out))
    expect({ part: data.part, count: data.scenarios.length }).toEqual({ part: 'sweep', count: 1 })
    const path = join(folder, 'open.yaml')
    writeFileSync(path, 'name: open\nrequest: { shared: 10, output: 10 }\n')
    const open = await pageOf('sweep', path, '--vary', 'model=gpt-5.5,o3', '--format', 'html')
    expect({ count: open.scenarios.length, cells: open.sweep?.cells.length }).toEqual({ count: 0, cells: 2 })
  })

  it('of usage has the report alone', async () => {
    const path = join(folder, 'calls.jsonl')
    const record = { at: '2026-11-20T10:00:00Z', model: 'gpt-5.5', input: 1000, output: 100 }
    writeFileSync(path, `${JSON.stringify(record)}\n`)
    const data = await pageOf('usage', path, '--format', 'html')
    expect({ part: data.part, scenarios: data.scenarios, records: data.usage?.schema }).toEqual({
      ...{ part: 'usage', scenarios: [] },
      records: 'dsprice/usage/1',
    })
  })

  it('of a saved result shows the result, and says that it is one', async () => {
    const file = join(folder, 'result.json')
    const { code } = await dsprice(['estimate', shipped('self-host-measured'), '--json', '-o', file], folder)
    expect(code).toBe(0)
    const data = await pageOf('render', file, '--format', 'html')
    expect({ saved: data.saved, part: data.part, books: data.books.length }).toEqual({
      ...{ saved: true, part: 'answer', books: 1 },
    })
    const diff = await dsprice(['render', join(repository, 'test/golden/render-diff/diff.json'), '--format', 'html'])
    expect(diff.code).toBe(2)
  })
})
