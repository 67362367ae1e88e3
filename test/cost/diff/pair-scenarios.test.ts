import { describe, expect, it } from 'vitest'
import { findTwin, pairScenarios } from '../../../src/cost/diff/pair-scenarios.ts'
import { scenarioWith } from '../build.ts'

const dated = (name: string, file?: string) => ({
  scenario: { ...scenarioWith({}), name, ...(file === undefined ? {} : { file }) },
  at: '2026-01-01',
})

const pairs = (base: ReturnType<typeof dated>[], head: ReturnType<typeof dated>[]) => {
  const place = (one: ReturnType<typeof dated> | null) => one && `${one.scenario.name} ${one.scenario.file}`
  return pairScenarios(base, head).map(({ base: b, head: h }) => [place(b), place(h)])
}

describe('scenarios of two sides', () => {
  it('pair by name and file before name alone, and by name before file', () => {
    const base = [dated('chat', 'a.yaml'), dated('chat', 'b.yaml'), dated('batch', 'c.yaml')]
    const head = [dated('chat', 'b.yaml'), dated('chat', 'new.yaml'), dated('renamed', 'c.yaml')]
    expect(pairs(base, head)).toEqual([
      ['chat b.yaml', 'chat b.yaml'],
      ['chat a.yaml', 'chat new.yaml'],
      ['batch c.yaml', 'renamed c.yaml'],
    ])
  })

  it('pair once each: what has no partner is new, or gone and comes last', () => {
    const base = [dated('gone', 'gone.yaml'), dated('chat', 'a.yaml')]
    const head = [dated('chat', 'a.yaml'), dated('chat', 'b.yaml')]
    expect(pairs(base, head)).toEqual([
      ['chat a.yaml', 'chat a.yaml'],
      [null, 'chat b.yaml'],
      ['gone gone.yaml', null],
    ])
  })

  it('find their twin by name and file, then by name, then by file', () => {
    const side = [dated('chat', 'a.yaml'), dated('chat', 'b.yaml'), dated('batch', 'c.yaml')]
    expect(findTwin(side, { name: 'chat', file: 'b.yaml' })).toBe(side[1])
    expect(findTwin(side, { name: 'chat', file: 'x.yaml' })).toBe(side[0])
    expect(findTwin(side, { name: 'x', file: 'c.yaml' })).toBe(side[2])
    expect(findTwin(side, { name: 'x', file: 'x.yaml' })).toBeUndefined()
  })
})
