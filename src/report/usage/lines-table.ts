import type { UsageLine } from '../../model/result/usage.ts'
import { left, names, right, type Table } from '../blocks/block.ts'
import { origin, worked } from '../estimate/in-words.ts'

/** Every sum: quantity × rate = cost, with the days that it is of and the source of the rate. */
export const linesTable = (lines: readonly UsageLine[]): Table => ({
  kind: 'table',
  title: 'Quantity × rate = cost',
  columns: [
    { ...names('model'), once: true },
    left('days', { once: true }),
    left('meter'),
    right('quantity'),
    right('rate'),
    right('cost'),
    left('row'),
  ],
  rows: lines.map(line => {
    const { quantity, rate, cost } = worked(line)
    return [servedBy(line), daysOf(line), line.meter, quantity, rate, cost, { as: 'dim', text: origin(line) }]
  }),
  narrow: 'grouped',
})

const servedBy = ({ model, service, batch, region }: UsageLine): string => {
  const terms = [
    ...(service === 'standard' ? [] : [service]),
    ...(batch ? ['batch'] : []),
    ...(region === null ? [] : [region]),
  ]
  return terms.length === 0 ? model : `${model} (${terms.join(', ')})`
}

const daysOf = ({ from, to }: UsageLine): string => {
  const [first, last] = [from.slice(0, 10), to.slice(0, 10)]
  return first === last ? first : `${first} to ${last}`
}
