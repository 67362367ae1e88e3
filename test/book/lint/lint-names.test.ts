import { describe, expect, it } from 'vitest'
import { lintNames, modelsByName } from '../../../src/book/lint/lint-names.ts'
import type { Model } from '../../../src/model/book/book.ts'
import { bookWith, modelWith } from '../../cost/build.ts'

const named = (id: string, ...aliases: string[]): Model => modelWith({ id, aliases })

it('a book answers to ids, provider/id and aliases in any case; who claims a name first has it', () => {
  const found = modelsByName({ models: [named('One', 'uno'), named('two', 'UNO')] })
  expect(found.get('one')?.id).toBe('One')
  expect(found.get('acme/two')?.id).toBe('two')
  expect(found.get('uno')?.id).toBe('One')
  expect(modelsByName(null).size).toBe(0)
})

describe('a name that two models claim', () => {
  const faults = (models: readonly Model[], below: readonly Model[] = []): string[] => {
    const over = new Set(models.map(({ id }) => id))
    const book = bookWith({ models: [...models, ...below.filter(({ id }) => !over.has(id))] })
    const found = lintNames(book, { file: { models }, below: below.length > 0 ? bookWith({ models: below }) : null })
    return found.map(({ path }) => (path ?? []).join('.'))
  }

  it.each<{ it: string; models: Model[]; below?: Model[]; at: string[] }>([
    { it: 'is none where all differ', models: [named('a', 'x'), named('b', 'y')], at: [] },
    { it: 'as ids', models: [named('a'), named('A')], at: ['models.1.id'] },
    { it: 'as aliases', models: [named('a', 'x'), named('b', 'X')], at: ['models.1.aliases.0'] },
    { it: 'as an alias and an id', models: [named('a', 'b'), named('b')], at: ['models.1.id'] },
    { it: 'as provider/id', models: [named('a'), named('b', 'acme/a')], at: ['models.1.aliases.0'] },
    { it: 'in the book below', models: [named('b', 'a')], below: [named('a')], at: ['models.0.aliases.0'] },
    { it: 'is none where a model replaces its own below', models: [named('a', 'x')], below: [named('a', 'x')], at: [] },
  ])('$it', ({ models, below, at }) => {
    expect(faults(models, below)).toEqual(at)
  })
})
