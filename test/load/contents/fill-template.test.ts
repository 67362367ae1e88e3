import { expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { fillTemplate, parseValues } from '../../../src/load/contents/fill-template.ts'

const fill = (text: string, values: Record<string, string | number>, sent = text, limit = 1000) =>
  fillTemplate('system.md', { text, sent }, { values, valuesFile: 'values.yaml', limit })

const faultsOf = (work: () => unknown): string[] => {
  try {
    work()
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, at = '', what }) => `${code} ${at} ${what}`)
    throw error
  }
  return []
}

it('replaces each placeholder, with or without spaces, and says where the first stands', () => {
  const filled = fill('Hi {{ name }},\n{{name}} is {{age}}.', { name: 'Ann', age: 3, city: 'Rome' })
  expect(filled).toEqual({ text: 'Hi Ann,\nAnn is 3.', first: { offset: 3, at: 'system.md:1:4' }, unused: ['city'] })
})

it('counts lines from the beginning of the file, front matter included', () => {
  expect(fill('---\na: b\n---\nHi {{x}}', { x: 'y' }, 'Hi {{x}}').first).toEqual({ offset: 3, at: 'system.md:4:4' })
})

it('leaves single braces and a text without placeholders alone', () => {
  expect(fill('{"a": {"b": 1}} {x}', {})).toEqual({ text: '{"a": {"b": 1}} {x}', first: null, unused: [] })
})

it('never fills a value again', () => {
  expect(fill('{{a}}', { a: '{{b}}' }).text).toBe('{{b}}')
})

it('names every placeholder without a value once, where it stands first', () => {
  expect(faultsOf(() => fill('{{a}} {{b}}\n{{ a }} {{constructor}} {{c}}', { c: '' }))).toEqual([
    'NO_VALUE system.md:1:1 the placeholder {{a}} has no value in "values.yaml"',
    'NO_VALUE system.md:1:7 the placeholder {{b}} has no value in "values.yaml"',
    'NO_VALUE system.md:2:9 the placeholder {{constructor}} has no value in "values.yaml"',
  ])
})

it.each(['{{#if a}}', '{{a | upper}}', '{% if a %}', '{{{a}}}', '{{}}', '{{a b}}'])('refuses %s', text => {
  expect(faultsOf(() => fill(`x ${text}`, { a: '1' }))[0]).toMatch(/^BAD_PLACEHOLDER system\.md:1:[34] /)
})

it('refuses a template that becomes too long', () => {
  expect(faultsOf(() => fill('{{a}}'.repeat(20), { a: 'x'.repeat(100) }))[0]).toContain('TOO_LARGE')
})

it.each([
  ['beginnings', '{{'.repeat(1_000_000)],
  ['names', '{{a'.repeat(700_000)],
  ['tags', '{% x'.repeat(500_000)],
])('takes time in proportion to the text: %s', (_, text) => {
  const began = performance.now()
  faultsOf(() => fill(text, {}, text, 1e9))
  expect(performance.now() - began).toBeLessThan(3000)
})

it('values are a mapping of texts and numbers', () => {
  expect(parseValues('v.yaml', 'a: x\nb: 3\nc: "1.50"\n')).toEqual({ a: 'x', b: 3, c: '1.50' })
  expect(parseValues('v.json', '{"a": "x"}')).toEqual({ a: 'x' })
  expect(faultsOf(() => parseValues('v.yaml', 'a: [1]\nb: {c: d}\n')).map(one => one.slice(0, 18))).toEqual([
    'INVALID v.yaml:1:4',
    'INVALID v.yaml:2:4',
  ])
})
