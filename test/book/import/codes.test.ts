import { expect, it } from 'vitest'
import { IMPORT_CODES, inOrder, isImportCode } from '../../../src/book/import/codes.ts'

it('tells each code of an entry once, in the order of the table', () => {
  expect(inOrder(['LOST:search', 'FLOAT_NOISE', 'LOST:search', 'PATTERN'])).toEqual([
    'PATTERN',
    'FLOAT_NOISE',
    'LOST:search',
  ])
})

it('knows its codes, and no inherited property', () => {
  expect(Object.keys(IMPORT_CODES).every(isImportCode)).toBe(true)
  expect(isImportCode('toString')).toBe(false)
})
