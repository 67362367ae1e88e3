import type { Advice } from '../../model/result/advice.ts'
import {
  type Block,
  heading,
  left,
  name,
  notes,
  quote,
  right,
  type Table,
  type Text,
  warningList,
} from '../blocks/block.ts'
import { provenance } from '../figures/provenance.ts'
import { attributionNotes } from '../figures/score.ts'
import * as words from './in-words.ts'

/** The answer, the levers, the plan, what to type, and what saves nothing or cannot be had. */
export const adviceBlocks = (advice: Advice): Block[] => {
  const { levers, plan, warnings } = advice
  return [
    answer(advice),
    ...(levers.length > 0 ? [leverTable(advice)] : []),
    ...(plan && plan.steps.length > 0 ? [planTable(advice, plan)] : []),
    ...(levers.length > 0 ? [notes(typedNotes(advice))] : []),
    notes([
      ...words.leftOver(advice).map(quote),
      ...attributionNotes(advice.attributions),
      ...(warnings.length > 0 ? [warningList(warnings)] : []),
      quote(provenance(advice.pricing)),
    ]),
  ]
}

const answer = (advice: Advice): Block => {
  const { base, plan, scenario } = advice
  const { less, by } = words.answerOf(advice)
  return heading([`${less}: `, quote(by), '.'], {
    notes: [
      [name(scenario.name), ` now: ${words.pricedAs(advice, base)}.`],
      ...(base.bound === null ? [] : [`That is only a bound: ${base.bound}.`]),
      ...(plan && plan.steps.length > 0 ? [`After these changes: ${words.pricedAs(advice, plan)}.`] : []),
    ],
  })
}

/** Cells of these columns have names of a book or a file in them. */
const quoting =
  (...columns: readonly number[]) =>
  (row: readonly string[]): Text[] =>
    row.map((cell, i) => (columns.includes(i) && cell !== '' ? quote(cell) : cell))

const leverTable = (advice: Advice): Table => {
  return {
    kind: 'table',
    columns: [
      right('#'),
      right(`${words.unitOf(advice)} less`),
      right('%'),
      left('change', { wraps: true }),
      left('in return', { wraps: true }),
      left('with the one before', { wraps: true, drop: 1 }),
    ],
    rows: words.leverCells(advice).map(quoting(3, 4)),
  }
}

const planTable = (advice: Advice, plan: NonNullable<Advice['plan']>): Table => ({
  kind: 'table',
  title: 'One on top of another',
  columns: [
    right('#'),
    right(`${words.unitOf(advice)} less`),
    right(words.unitOf(advice)),
    left('change', { wraps: true }),
  ],
  rows: words.planCells(advice, plan).map(quoting(3)),
})

const typedNotes = (advice: Advice): (Text | { title: string; items: Text[] })[] => [
  {
    title: 'To type after dsprice estimate and the file',
    // A batch has no key of the scenario: the row of the report says what it costs.
    items: words
      .typedItems(advice)
      .map(({ name: which, typed }): Text => [`${which}: `, typed === '' ? 'nothing to set' : quote(typed)]),
  },
]
