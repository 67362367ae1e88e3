import type { FACT_VALUES } from '../../model/book/choices.ts'
import { type FactName, passes, type StatedFact } from '../../model/book/facts.ts'
import { distinct } from '../../model/distinct.ts'
import { gathered } from '../../model/gathered.ts'
import { agree, plural } from '../../model/plural.ts'
import { leftOutOf } from '../../model/result/ranked-view.ts'
import type { Comparison } from '../../model/result/result.ts'

/** What a comparison says of the facts it requires, before its table. */

interface Stated {
  readonly model: string
  readonly fact: StatedFact
}

// Above this number, models are counted instead of named.
const NAMED = 6

/** For each required fact: how many models pass, what the others lack, what that rests on, and who contradicts itself. */
export const requiredInWords = (comparison: Comparison): string[] => {
  const { require, scenarios } = comparison
  if (require.length === 0) return []
  // Results of earlier versions do not have the facts.
  if (!scenarios.some(({ facts }) => facts)) {
    return [`Required: ${require.join(', ')}; models for which one is unknown are left out.`]
  }
  return require.flatMap(name => {
    const stated = statedOf(comparison, name as FactName)
    const passing = stated.filter(({ fact }) => passes(fact))
    return [
      `Required: ${name}. ${counts(stated)}.`,
      ...(passing.length > 0 ? [`${name} rests on ${evidence(passing)}.`] : []),
      ...disagreements(stated).map(told => `${name}: ${told}.`),
    ]
  })
}

/** What was said of each model that can be priced. */
const statedOf = (comparison: Comparison, name: FactName): Stated[] => {
  const { scenarios, require } = comparison
  const lacking = leftOutOf(comparison).filter(({ kind }) => kind !== undefined && require.includes(kind))
  const facts = new Map(
    [...scenarios, ...lacking].flatMap(({ model, facts }) => (facts?.[name] ? [[model ?? '', facts[name]]] : [])),
  )
  return [...facts].map(([model, fact]) => ({ model, fact }))
}

const counts = (stated: readonly Stated[]): string => {
  const having = (value: (typeof FACT_VALUES)[number]): Stated[] => stated.filter(({ fact }) => fact.value === value)
  const [passing, self] = [stated.filter(({ fact }) => passes(fact)).length, having('self')]
  const parts = [
    { models: having('request'), say: (n: number) => `${n} more would on request` },
    { models: having('unknown'), say: (n: number) => `unknown for ${n}` },
    { models: having('no'), say: (n: number) => `${n} ${agree(n, 'does', 'do')} not` },
  ].flatMap(({ models, say }) => (models.length > 0 ? [say(models.length) + named(models)] : []))
  const how = self.length === passing ? '' : `${self.length} of them `
  const switched = self.length > 0 ? `, ${how}once you switch it on${named(self)}` : ''
  return [`${plural(passing, 'model')} ${agree(passing, 'passes', 'pass')}${switched}`, ...parts].join('; ')
}

/** Whom the fact was said of, in brackets, if they are few. */
const named = (stated: readonly Stated[]): string => {
  const names = distinct(stated.map(({ fact }) => fact.of))
  return names.length > NAMED ? '' : ` (${names.join(', ')})`
}

const RESTS_ON = {
  'official-quoted': 'the provider’s own page',
  catalogue: 'a catalogue',
  secondary: 'third parties',
  article: 'the article alone, no proof seen,',
  own: 'your own file',
} as const

const evidence = (stated: readonly Stated[]): string => {
  const grades = gathered(stated.map(one => [one.fact.grade ?? 'secondary', one] as const))
  return [...grades]
    .map(([grade, those]) => {
      const names = distinct(those.map(({ fact }) => fact.of))
      const whom = names.length > NAMED ? plural(those.length, 'model') : names.join(', ')
      return `${RESTS_ON[grade as keyof typeof RESTS_ON]} for ${whom}`
    })
    .join('; ')
}

const disagreements = (stated: readonly Stated[]): string[] =>
  distinct(
    stated.flatMap(({ fact: { of, disagree } }) =>
      disagree === undefined ? [] : [`the pages of ${of} disagree: ${disagree}`],
    ),
  )
