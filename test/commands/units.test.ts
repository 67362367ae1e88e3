import { expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

const BOT = 'scenarios/support-bot.yaml'
const DESK = 'scenarios/support-desk.yaml'
const VARIED = ['--vary', 'request.output=350,700,1400']

// What each command tells beside the period: a month and, of four calls, a conversation.
const TOLD: readonly (readonly [string, readonly string[]])[] = [
  ['estimate', ['estimate', BOT]],
  ['estimate of a fleet beside a cluster', ['estimate', DESK]],
  ['compare', ['compare', BOT, '--models', 'deepseek-v4-pro,claude-haiku-4.5,gpt-4o-mini']],
  ['compare --all', ['compare', BOT, '--all', '--top', 'all']],
  ['compare --view best', ['compare', BOT, '--all', '--view', 'best']],
  ['route', ['route', DESK, '--quality', 'gpt-5.5=1500', '--quality', 'fireworks/deepseek-v4.1-flash=1400']],
  ['breakeven', ['breakeven', DESK]],
  ['sweep', ['sweep', BOT, ...VARIED]],
  ['sweep of views that are on offer', ['sweep', DESK, ...VARIED]],
]

const ran = async (argv: readonly string[], terminal: number): Promise<string> =>
  (await dsprice([...argv, '--quiet', '--color', 'never'], repository, { terminal, newer: true })).out

it.each(TOLD)('%s has the month and the conversation in its table at 60, 80 and 120 columns', async (_, argv) => {
  for (const width of [60, 80, 120]) {
    const out = await ran(argv, width)
    const below = out.slice(out.indexOf('\n\n'))
    expect(below).toMatch(/a month|^.*\bmonth\b/m)
    expect(below).toMatch(/conversation/)
    expect(out).not.toMatch(/Left out at this width:[^.]*\b(month|conversation)\b/)
    expect(out.split('\n').filter(line => line.length > width)).toEqual([])
  }
})

it.each(TOLD)('%s has them in Markdown and in CSV', async (name, argv) => {
  expect(await ran([...argv, '--format', 'markdown'], 80)).toMatch(/a month[\s\S]*a conversation/)
  // The rows of a break-even are its curve, by utilisation.
  if (name === 'breakeven') return
  const [head] = (await ran([...argv, '--format', 'csv'], 80)).split('\n')
  expect(head).toMatch(/per_month/)
  expect(head).toMatch(/per_request/)
})
