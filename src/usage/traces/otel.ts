import { BadRecord } from '../reading/bad-record.ts'
import { type Fields, fieldsAt, listAt, textAt } from '../reading/fields.ts'
import type { Format, Sink } from '../reading/format.ts'
import { fromPrompt } from '../reading/from-prompt.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'
import { servedBy, serviceOf } from '../reading/service.ts'
import { attributesOf, spanCount, spanModel, tellsCaches } from './otel-attributes.ts'

/** Operations, and names of other instrumentations' spans, that repeat what their children used. */
const PARENTS = /^(?:invoke_agent|create_agent|agent_step|invoke_workflow|execute_tool|AGENT|CHAIN|TOOL)$/
/** The Vercel SDK's outer spans; the calls below them are `ai.generateText.doGenerate` and the like. */
const OUTER = /^ai\.(?:generateText|streamText|generateObject|streamObject)$/

/** A span, what it says of its call, and where it ran. */
interface Told {
  readonly span: Fields
  readonly attributes: Fields
  readonly resource: Fields
}

/** The operation; where a span does not tell it, its name begins with it. */
const operationOf = ({ span, attributes }: Told): string =>
  textAt(attributes, 'gen_ai.operation.name', 'openinference.span.kind', 'ai.operationId') ??
  textAt(span, 'name')?.split(' ')[0] ??
  ''

/** One response is one call, however many instrumentations have a span of it; else each span is one. */
const idOf = ({ span, attributes }: Told): string | null => {
  const trace = textAt(span, 'traceId') ?? ''
  const response = textAt(attributes, 'gen_ai.response.id')
  if (response !== null) return `${trace}/response/${response}`
  const id = textAt(span, 'spanId')
  return id === null ? null : `${trace}/${id}`
}

const takeSpan = (told: Told, scope: IdScope, sink: Sink): void => {
  const { span, attributes, resource } = told
  const [input, output] = [spanCount(attributes, 'input'), spanCount(attributes, 'output')]
  if (input === null && output === null) {
    sink.skip('it has no usage')
    return
  }
  const operation = operationOf(told)
  if (PARENTS.test(operation) || OUTER.test(operation)) {
    sink.skip('a span of an agent repeats what its calls used')
    return
  }
  const model = servedBy(textAt(attributes, 'gen_ai.provider.name', 'gen_ai.system'), spanModel(attributes))
  const counts = fromPrompt(
    {
      ...{ prompt: input ?? 0, output: output ?? 0, total: spanCount(attributes, 'total') },
      ...cacheOf(attributes),
      reasoning: spanCount(attributes, 'reasoning'),
    },
    sink,
  )
  const key = idOf(told)
  const at = instantOf(span['startTimeUnixNano'])
  const record = {
    ...{ at, end: null, model, ...counts, requests: 1 },
    ...serviceOf(textAt(attributes, 'openai.response.service_tier', 'gen_ai.openai.response.service_tier')),
    ...{ id: key, stated_usd: null },
    keys: keysOf({
      user: textAt(attributes, 'user.id', 'enduser.id'),
      project: textAt(resource, 'service.name'),
      conversation: textAt(attributes, 'gen_ai.conversation.id', 'session.id'),
    }),
  }
  sink.once(record, scope, key)
}

/** Instrumentations that tell neither do not know of caches; those that tell one leave out what is 0. */
const cacheOf = (attributes: Fields): { read: number | null; write: number | null } => {
  const [read, write] = [spanCount(attributes, 'read'), spanCount(attributes, 'write')]
  return read === null && write === null ? { read, write } : { read: read ?? 0, write: write ?? 0 }
}

const takeLine = (line: Fields, scope: IdScope, sink: Sink): void => {
  const spans = [...spansIn(line)]
  preferCaches(spans)
  for (const told of spans) {
    try {
      takeSpan(told, scope, sink)
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error
      sink.bad(error.message)
    }
  }
  if (spans.length === 0) sink.skip('it has no spans')
}

/** Of the spans of one response, one that tells its caches comes first: the others are repeats. */
const preferCaches = (spans: Told[]): void => {
  const firsts = new Map<string, number>()
  for (const [i, told] of spans.entries()) {
    const id = idOf(told)
    const at = id === null ? undefined : firsts.get(id)
    if (id !== null && at === undefined) firsts.set(id, i)
    const first = at === undefined ? undefined : spans[at]
    if (at === undefined || first === undefined || tellsCaches(first.attributes) || !tellsCaches(told.attributes))
      continue
    spans[at] = told
    spans[i] = first
  }
}

function* spansIn(line: Fields): Generator<Told> {
  for (const group of listAt(line, 'resourceSpans')) {
    const resource = attributesOf(fieldsAt(group, 'resource'))
    for (const scope of listAt(group, 'scopeSpans')) {
      for (const span of listAt(scope, 'spans')) yield { resource, span, attributes: attributesOf(span) }
    }
  }
}

export const otel: Format = {
  name: 'otel',
  what: 'OpenTelemetry GenAI spans, as OTLP JSON (one request a line)',
  shapes: [
    {
      ...{ form: 'json', granularity: 'call' },
      recognises: value => Array.isArray(value['resourceSpans']),
      start: () => {
        const scope = idScope()
        return { open: sink => ({ take: value => takeLine(value, scope, sink) }) }
      },
    },
  ],
}
