import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/model/nearest.ts'

const KNOWN = ['deepseek-v4', 'deepseek-v4-pro', 'deepseek-v4-flash', 'gpt-5.5', 'gpt-5.5-pro', 'o3'] as const

// Edits: letters to add, drop or change. Allowed: a third of the name, two at least; or the name as a part of another.
describe('nearest', () => {
  it.each<{ wanted: string; near: readonly string[]; why: string }>([
    { why: 'one letter missing', wanted: 'gpt-5.5-po', near: ['gpt-5.5-pro', 'gpt-5.5'] },
    { why: 'another case', wanted: 'O3', near: ['o3'] },
    {
      why: 'three at most, nearest first, by name where equal',
      wanted: 'deepseek-v4',
      near: ['deepseek-v4', 'deepseek-v4-pro', 'deepseek-v4-flash'],
    },
    { why: 'a part of a longer name', wanted: 'flash', near: ['deepseek-v4-flash'] },
    { why: 'too short to be looked for inside', wanted: 'v4', near: ['o3'] },
    { why: 'nothing like it', wanted: 'claude-sonnet-4', near: [] },
  ])('$wanted ($why) is near $near', ({ wanted, near }) => {
    expect(nearest(wanted, KNOWN)).toEqual(near)
  })
})
