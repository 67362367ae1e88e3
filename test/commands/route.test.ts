import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Result } from '../../src/model/result/result.ts'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))
const book = join(repository, 'test/fixtures/book.json')

/** Of the models of the book only plain has an Elo: 1200. */
const route = async (quality: string, ...argv: string[]) => {
  const stdin = `name: s\nmodel: writer\nat: 2026-11-24\nrequest: {turn: 10K, output: 1K}\nquality: ${quality}\n`
  const { code, out, err } = await dsprice(['route', '-', '--pricing', book, '--json', '--quiet', ...argv], folder, {
    stdin,
  })
  const result = out === '' ? null : (JSON.parse(out) as Result)
  const warnings = result?.warnings.filter(({ path }) => path === 'quality') ?? []
  return { code, result, err, warnings }
}

describe('scores', () => {
  it('on another scale than the Elo of a model beside them are warned of', async () => {
    const { warnings } = await route('{writer: 80}', '--models', 'plain,writer')
    expect(warnings).toMatchObject([{ code: 'MIXED_SCALES' }])
  })

  it.each([
    ['where that model is not among those set beside each other', '{writer: 80, tiered: 60}', 'tiered,writer'],
    ['where they are on its scale', '{writer: 1300}', 'plain,writer'],
    ['where every model has one of the same scale', '{writer: 80, plain: 70}', 'plain,writer'],
  ])('are not, %s', async (_, quality, models) => {
    expect((await route(quality, '--models', models)).warnings).toEqual([])
  })

  it('of a name that the book does not have name the nearest, at their line', async () => {
    const { warnings } = await route('{wirter: 1300}', '--models', 'plain,writer')
    expect(warnings).toMatchObject([{ code: 'QUALITY_UNUSED', fix: expect.stringContaining('writer') }])
    expect(warnings[0]?.at).toBe('stdin:5:10')
  })

  it('are asked for where a mean is to be kept and no model has any', async () => {
    const { code, err } = await route('{}', '--models', 'tiered,writer', '--min-quality', '5')
    expect([code, JSON.parse(err).errors[0].code]).toEqual([3, 'NO_SCORES'])
  })
})

describe('the cheapest split', () => {
  it('is no dearer for a router than its models: no cache of theirs sees fewer requests for it', async () => {
    const stdin = `name: s\nat: 2026-11-24\nrequest: {turn: 10K, output: 1K}\ncache: none
routing: {legs: [{model: plain, share: 50%}, {model: writer, share: 50%}], router: {usd_per_1k_requests: 5}}
quality: {plain: 1200, writer: 1300}\n`
    const argv = ['route', '-', '--pricing', book, '--models', 'plain,writer', '--quiet']
    const { out } = await dsprice(argv, folder, { stdin })
    expect(out).toContain('Cheapest split')
    expect(out).not.toContain('each cache sees fewer requests')
    const { out: json } = await dsprice([...argv, '--json'], folder, { stdin })
    expect((JSON.parse(json) as Result).route?.cheapest).toMatchObject({ colder: false, mean_cost: '0.044' })
  })

  it('keeps a model once, whatever it is called', async () => {
    const keep = ['--keep', 'plain=20%', '--keep', 'plain-latest=20%']
    const { code, err } = await route('{}', '--models', 'plain,writer', ...keep)
    expect([code, JSON.parse(err).errors[0].what]).toEqual([2, '--keep names plain twice'])
  })
})

describe('models left out', () => {
  it('are told with each reason where they are few, and by kind where they are many', async () => {
    writeFileSync(join(folder, 's.yaml'), 'name: s\nmodel: o3\nrequest: {turn: 300K, output: 1K}\n')
    const few = await dsprice(['route', 's.yaml', '--models', 'o3,gpt-5.5', '--quiet'], folder)
    expect(few.out).toMatch(/Left out: o3 \(a context of 200000 tokens is too short for 301000\)/)
    const many = await dsprice(['route', 's.yaml', '--quiet'], folder)
    expect(many.out).toMatch(/Left out: \d+ models \([^)]*\), .*; --explain gives the reason for each\./s)
    const whole = await dsprice(['route', 's.yaml', '--quiet', '--explain'], folder)
    expect(whole.out).not.toContain('--explain says why')
  })
})
