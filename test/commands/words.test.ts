import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const WORK = 'name: a\nmodel: o3\nrequest: {turn: 5}\n'

const estimate = (text: string, ...flags: string[]) => {
  writeFileSync(join(folder, 's.yaml'), text)
  return dsprice(['estimate', 's.yaml', ...flags], folder)
}

describe('what is said is true', () => {
  it('a lifetime that is not on offer is not assumed', async () => {
    const { out } = await dsprice(
      ['estimate', 'scenario.yaml', '--set', 'cache.ttl=2h'],
      join(repository, 'test/golden/estimate-writes'),
    )
    expect(out).not.toContain('kept 2 hours')
  })

  it('an hour is an hour', async () => {
    const { out } = await estimate(`${WORK}traffic: {per: hour}\n`)
    expect(out).not.toMatch(/\ba hour/)
  })

  it('a discounted row has no note of the list price', async () => {
    const layer = {
      schema: 'dsprice/pricing/1',
      sources: { deal: { title: 'Deal', where: 'deal.pdf', retrieved: null, grade: 'own' } },
      discounts: [{ model: 'half-known', off: '0.1', from: '2026-11-01', to: '2026-12-01', source: 'deal' }],
    }
    writeFileSync(join(folder, 'deal.json'), JSON.stringify(layer))
    const book = join(repository, 'test/fixtures/book.json')
    const { out } = await dsprice(['prices', 'show', 'half-known', '--pricing', book, '--pricing', 'deal.json'], folder)
    expect(out.match(/Output: not published/g)).toHaveLength(1)
  })

  it('a fix can be typed: the book of one’s own is named by its file', async () => {
    const { err } = await dsprice(
      ['estimate', 'scenario.yaml', '--set', 'model=zzzzzzzz'],
      join(repository, 'test/golden/estimate'),
    )
    const [, argument = ''] = /--pricing (\S+)/.exec(err) ?? []
    expect(
      (await dsprice(['prices', 'list', '--pricing', argument], join(repository, 'test/golden/estimate'))).code,
    ).toBe(0)
  })

  it('an empty price file is not told to be a scenario', async () => {
    writeFileSync(join(folder, 'empty.json'), '')
    const { err } = await dsprice(['prices', 'lint', 'empty.json'], folder)
    expect(err).not.toContain('request')
  })

  it('a slip in a sub-command is answered with its nearest', async () => {
    const { err } = await dsprice(['prices', 'lisst'])
    expect(err).toContain('prices list')
  })

  it('help for a command that is not there says so', async () => {
    const { err } = await dsprice(['help', 'estimat'])
    expect(err).toContain('estimat')
  })
})

describe('markdown', () => {
  it('keeps warnings apart from assumptions', async () => {
    const { out } = await dsprice(
      ['estimate', 'scenario.yaml', '--format', 'markdown'],
      join(repository, 'test/golden/estimate'),
    )
    expect(out).not.toMatch(/^- .*\n\n- \*\*Warning/m)
  })

  it('has the range by hour', async () => {
    const { out } = await dsprice(['estimate', 'scenarios/market-today.yaml', '--format', 'markdown'])
    expect(out).toContain('$451.44')
  })

  it('says why a view is N/A in a comparison', async () => {
    const argv = ['compare', 'scenario.yaml', '--models', 'plain,writer', '--view', 'batch', '--format', 'markdown']
    const { out } = await dsprice(argv, join(repository, 'test/golden/compare'))
    expect(out).toContain('offers no batch tier')
  })
})

describe('a stacked table', () => {
  it('names the view of every line', async () => {
    const text = 'name: a\nmodel: gpt-5.5-pro\ntraffic: {requests: 1B, per: week}\nrequest: {turn: 900K, output: 90K}\n'
    writeFileSync(join(folder, 'stack.yaml'), text)
    const { out } = await dsprice(['estimate', 'stack.yaml', '--explain', '--quiet'], folder, {
      terminal: 60,
      env: { NO_COLOR: '1' },
    })
    expect(out).toContain('view: headline')
    expect(out).not.toMatch(/^meter:/m)
  })
})
