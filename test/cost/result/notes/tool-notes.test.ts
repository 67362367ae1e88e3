import { describe, expect, it } from 'vitest'
import { partsOf, toolNotes, toolsNotCounted } from '../../../../src/cost/result/notes/tool-notes.ts'
import { dsprice, repository } from '../../../fake-io.ts'

describe('how tools were counted', () => {
  it('is said once for each rule, and not of text', () => {
    const counted = [
      { exact: false, rule: 'by a' },
      { exact: true },
      { exact: false, rule: 'by a' },
      { exact: true, rule: 'as b' },
    ]
    expect(toolNotes(counted)).toEqual([
      { code: 'TOOL_RULE', what: 'tool definitions are estimates, by a' },
      { code: 'TOOL_RULE', what: 'tool definitions are exact, as b' },
    ])
  })

  it('numbers have no parts', () => expect(partsOf({ request: null })).toEqual([]))
})

it("a provider's own tools are a warning of the estimate, at the key, and in JSON", async () => {
  const stdin = JSON.stringify({
    ...{ name: 'a', pricing: '2026-11-23', at: '2026-11-23', model: 'gpt-5.5' },
    request: { shared: [{ tools: 'test/fixtures/public/11/with-builtin.json' }], turn: 100 },
  })
  const { code, out, err } = await dsprice(['estimate', '-', '--json'], repository, { stdin })
  expect(code).toBe(0)
  const [scenario] = JSON.parse(out).scenarios
  expect(scenario.input.request.shared.parts[0]).toMatchObject({
    kind: 'tools',
    exact: false,
    not_counted: ['web_search'],
  })
  expect(scenario.assumptions.map((one: { code: string }) => one.code)).toContain('TOOL_RULE')
  const { what } = toolsNotCounted('test/fixtures/public/11/with-builtin.json', ['web_search'])
  expect(err).toContain('warning TOOLS_NOT_COUNTED')
  expect(err).toContain(what)
})
