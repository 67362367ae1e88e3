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

it('--quiet says nothing of it', async () => {
  expect((await dsprice([...argv, '--quiet'])).err).toBe('')
})
