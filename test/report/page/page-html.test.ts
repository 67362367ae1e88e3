import { expect, it } from 'vitest'
import type { PageData } from '../../../src/plan/page/page-data.ts'
import { pageHtml } from '../../../src/report/page/page-html.ts'

const assets = {
  program: 'cGFja2Vk',
  loader: 'run()',
  style: 'body {}',
  hashes: { scripts: ['sha256-a', 'sha256-d'], styles: ['sha256-b', 'sha256-c'] },
}

const page = (name: string): PageData => ({
  schema: 'dsprice/page/1',
  tool_version: '0.2.0',
  at: '2026-11-29',
  part: 'answer',
  scenarios: [
    {
      scenario: { name } as PageData['scenarios'][number]['scenario'],
      file: { name },
      self_host: null,
      advice: null,
      others: [],
    },
  ],
  books: [],
  clusters: null,
  saved: false,
  sweep: null,
  usage: null,
})

const NASTY = '</script><img src=x onerror=alert(1)>&"<!--'

it('keeps a name from ending its element or opening another', () => {
  const html = pageHtml(page(NASTY), assets)
  expect(html).not.toContain('<img')
  expect(html).not.toContain('<!--')
  expect(html.match(/<script/g)).toHaveLength(3)
  const [, data = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? []
  expect(JSON.parse(data).scenarios[0].scenario.name).toBe(NASTY)
})

it('allows its own program and styles, and nothing else', () => {
  expect(pageHtml(page('a'), assets)).toContain(
    `content="default-src 'none'; script-src 'sha256-a' 'sha256-d'; style-src 'sha256-b' 'sha256-c'; img-src data:; base-uri 'none'; form-action 'none'"`,
  )
})

it('may hear of changes only where it is served', () => {
  expect(pageHtml(page('a'), assets)).not.toContain('connect-src')
  expect(pageHtml(page('a'), assets, '/events')).toContain("connect-src 'self'")
})
