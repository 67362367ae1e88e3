import { expect, it } from 'vitest'
import { dsprice } from '../fake-io.ts'

const argv = ['gateway', 'scenarios/routing-80-15-5.yaml', '--at', '2026-11-24']

it('warns of what a bill would be warned of: prices that are old', async () => {
  const { code, out, err } = await dsprice(argv)
  expect(code).toBe(0)
  expect(out).toContain('model_list:')
  expect(err).toContain('warning PRICE_OLD scenarios/routing-80-15-5.yaml:')
})

it('--strict makes that an error, and writes nothing', async () => {
  const { code, out, err } = await dsprice([...argv, '--strict'])
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('PRICE_OLD')
})

it('says beside JSON, which has no comments, what stands in the YAML', async () => {
  const edge = ['gateway', 'scenarios/routing-80-15-5.yaml', '--set', 'routing.fallback=[gpt-5.5]']
  const { out, err } = await dsprice([...edge, '--quiet'])
  expect(out).toContain('# LiteLLM takes the base rates of gpt-5.5 for a prompt of exactly 272000 tokens')
  const json = await dsprice([...edge, '--json'])
  expect(json.err).toContain('note: LiteLLM takes the base rates of gpt-5.5 for a prompt of exactly 272000 tokens')
  expect([err, (await dsprice([...edge, '--json', '--quiet'])).err]).toEqual(['', ''])
})

it('--quiet says nothing of it', async () => {
  expect((await dsprice([...argv, '--quiet'])).err).toBe('')
})
