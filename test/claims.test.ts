import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { claimsPage } from '../scripts/claims.ts'
import { repository } from './fake-io.ts'

const page = await claimsPage()

it('docs/claims.md is what the results give (else: node scripts/claims.mjs)', () => {
  expect(readFileSync(join(repository, 'docs/claims.md'), 'utf8')).toBe(page)
})

// Worked by hand in exact decimals from the article's own figures, before there was a program.
it.each([
  ['coding-agent with cache: $0.42', '$0.7308', 'fails'],
  ['reasoning: $0.385', '$0.3845', 'rounds'],
  ['reasoning with cache: $0.138', '$0.137', 'fails'],
  ['caching cuts the input cost of the coding agent by 80–90%', '81%', 'holds'],
  ['the line spans 25 ×', '12.43 ×', 'fails'],
  ['V4 Pro is about 1/8 the price of GPT-5.5 Pro', '31.03 ×', 'fails'],
  ['R1 is about 20 × cheaper than o3', '3.65 ×', 'fails'],
  ['80/15/5 of V4, Sonnet 4 and Opus 4.7', '66.7% against all claude-sonnet-4, 80%', 'holds'],
  ['the pattern cuts DeepSeek spend', '2.67 ×', 'fails'],
  ['they handle 100M+ tokens a day', '36.2 tokens a second', 'fails'],
  ['below about 50% utilisation', '1280–2560%', 'fails'],
  ['above about 70% it wins by 3–5 ×', '1.4 ×', 'fails'],
])('%s: %s, %s', (claim, gives, verdict) => {
  const row = page.split('\n').find(line => line.startsWith(`| ${claim}`))
  expect(row).toContain(gives)
  expect(row).toContain(`**${verdict}**`)
})
