import { expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

/** The fleet of the shipped scenario: its second leg, gpt-5.5, is called in the flex service of a region. */
const ran = async (...argv: string[]): Promise<string> => {
  const terms = ['--set', 'routing.legs.1.service=flex', '--set', 'routing.legs.1.region=eu']
  const all = [...argv, 'scenarios/support-desk.yaml', ...terms, '--quiet']
  return (await dsprice(all, repository, { terminal: 100, newer: true })).out
}

const MARKED = 'gpt-5.5 (flex, region eu)'

it.each(['estimate', 'route', 'breakeven'])('%s marks a leg by its service and its region', async command => {
  expect(await ran(command)).toContain(MARKED)
})

it('estimate marks it in its table of legs, and no leg of the standard service', async () => {
  const out = await ran('estimate')
  expect(out).toMatch(/^gpt-5\.5 \(flex, region eu\) +10\.0% +12,000 /m)
  expect(out).toMatch(/^fireworks\/deepseek-v4\.1-flash +90\.0% +108,000 /m)
  expect(await ran('estimate', '--format', 'markdown')).toMatch(/^\| gpt-5\.5 \(flex, region eu\) +\| +10\.0% \|/m)
})

it('estimate --explain marks its lines', async () => {
  expect(await ran('estimate', '--explain')).toMatch(/^ +gpt-5\.5 \(flex, region eu\) +input +/m)
  expect(await ran('estimate', '--explain', '--format', 'markdown')).toMatch(
    /\| gpt-5\.5 \(flex, region eu\) +\| input +\|/,
  )
  const rows = (await ran('estimate', '--explain', '--format', 'csv')).split('\n')
  expect(rows[0]).toMatch(/,source,service,region$/)
  expect(rows.find(row => /,1,gpt-5\.5,input,/.test(row))).toMatch(/,flex,eu$/)
  expect(rows.find(row => /,0,fireworks\/[^,]+,input,/.test(row))).toMatch(/,standard,$/)
  expect(rows.find(row => row.includes(',self_hosted,'))).toMatch(/,,$/)
})
