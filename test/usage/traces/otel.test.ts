import { expect, it } from 'vitest'
import { otel } from '../../../src/usage/traces/otel.ts'
import { takeFiles } from '../take-values.ts'

interface Given {
  readonly name?: string
  readonly trace?: string
  readonly [attribute: `${string}.${string}`]: string | number
}

let spans = 0
const span = ({ name = 'chat m', trace = 't', ...attributes }: Given) => ({
  ...{ name, traceId: trace, spanId: `s${++spans}`, startTimeUnixNano: '1790848800000000000' },
  attributes: Object.entries({
    ...{ 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 10 },
    ...attributes,
  }).map(([key, value]) => ({ key, value: typeof value === 'number' ? { intValue: value } : { stringValue: value } })),
})
const line = (...own: readonly Given[]) => ({ resourceSpans: [{ scopeSpans: [{ spans: own.map(span) }] }] })

const read = (...lines: readonly object[]) => {
  const { records, readings } = takeFiles(otel, 'json', lines)
  return { reads: records.map(({ cache_read }) => cache_read), ...readings[0] }
}

const response = { 'gen_ai.response.id': 'resp-1' }
const cached = { 'gen_ai.usage.cache_read.input_tokens': 60 }

it.each([
  ['one request of the exporter', [line(response, response)]],
  ['several of them', [line(response), line(response)]],
])('a response that two instrumentations have a span of is one call: in %s', (_, lines) => {
  expect(read(...lines)).toMatchObject({ records: 1, duplicates: 1, bad: 0 })
})

it.each([[[line({ ...response, ...cached }, response)]], [[line(response, { ...response, ...cached })]]])(
  'of its spans the one that tells the cache counts',
  lines => {
    expect(read(...lines)).toMatchObject({ reads: [60], duplicates: 1 })
  },
)

it('responses of other ids, or of other traces, are calls of their own', () => {
  const others = [response, { 'gen_ai.response.id': 'resp-2' }, { ...response, trace: 'u' }, {}, {}]
  expect(read(line(...others))).toMatchObject({ records: 5, duplicates: 0 })
})

it.each([
  ['invoke_agent foo', {}],
  ['execute_tool search', {}],
  ['ai.generateText', {}],
  ['my agent', { 'gen_ai.operation.name': 'invoke_agent' }],
])('a span %s repeats what its calls used', (name, attributes) => {
  const { records, skipped } = read(line({ name, ...attributes }))
  expect(records).toBe(0)
  expect(skipped).toEqual({ 'a span of an agent repeats what its calls used': 1 })
})

it('a name does not outdo the operation that is told', () => {
  expect(read(line({ name: 'invoke_agent foo', 'gen_ai.operation.name': 'chat' }))).toMatchObject({ records: 1 })
})
