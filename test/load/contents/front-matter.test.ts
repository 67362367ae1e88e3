import { expect, it } from 'vitest'
import { sentOf, withoutFrontMatter } from '../../../src/load/contents/front-matter.ts'

it.each([
  ['---\na: b\n---\nText', 'Text'],
  ['---\r\na: b\r\n---\r\n\r\nText\r\n', 'Text\r\n'],
  ['---\n---\nText', 'Text'],
  ['---\n# what it is for\na: b\n---\nText', 'Text'],
  ['---\n"a b": c\n...\nText', 'Text'],
  ['---\na:\n  - b\n---\n', ''],
  ['---\na: b\n', null],
  ['Text\n---\n', null],
  ['--- a rule', null],
  // Two lines around a paragraph
  ['---\nBe brief. Note: always.\n---\nText', null],
  ['---\n- a list\n---\nText', null],
])('front matter of %j', (text, body) => {
  expect(withoutFrontMatter(text)).toBe(body)
})

it.each([
  ['a.md', true],
  ['review.prompt.md', true],
  ['a.MDX', true],
  ['a.prompt', true],
  ['rules.mdc', true],
  ['a.txt', false],
  ['a.yaml', false],
  ['md', false],
])('%s is Markdown: %s', (file, is) => {
  expect(sentOf(file, '---\na: b\n---\nText')).toBe(is ? 'Text' : '---\na: b\n---\nText')
})
