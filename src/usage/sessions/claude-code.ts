import { usageOf } from '../bodies/body.ts'
import { readBody, recordOf } from '../bodies/take-body.ts'
import { type Fields, fieldsAt, hasKey, textAt } from '../reading/fields.ts'
import type { Format, Run, Sink } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf } from '../reading/keys.ts'
import { usdOf } from '../reading/usd.ts'
import type { UsageRecord } from '../record.ts'

/** A message, as the best of its lines so far has it. */
interface Held {
  record: UsageRecord
  sink: Sink
  isSidechain: boolean
  /** Of the file that had a line of it last. */
  last: Sink
}

/** Whether the second of two lines of one message holds it better: not a replay, and then the larger output. */
const isBetter = (held: Held, next: Omit<Held, 'last'>): boolean =>
  held.isSidechain === next.isSidechain ? next.record.output > held.record.output : held.isSidechain

/** Holds a message by the better of two lines. In one file the other is a part of it, in the next a duplicate. */
const join = (held: Held, next: Omit<Held, 'last'>): void => {
  const isPart = held.last === next.sink
  const better = isBetter(held, next)
  const left = better ? held.sink : next.sink
  if (isPart) left.part()
  else left.duplicate()
  held.last = next.sink
  if (better) Object.assign(held, next)
}

/**
 * A message has a line for each block of content, of which the early ones have a part of its output; side chains and
 * resumed sessions repeat it in other files. So each message is held, once, until all files are read.
 */
const start = (): Run => {
  const held = new Map<string, Held>()
  const take = (line: Fields, sink: Sink): void => {
    const record = readLine(line, sink)
    if (record === null) return
    const { id = null } = record
    if (id === null) {
      sink.record(record)
      return
    }
    const isSidechain = line['isSidechain'] === true
    const before = held.get(id)
    if (before) join(before, { record, sink, isSidechain })
    else held.set(id, { record, sink, isSidechain, last: sink })
  }
  return {
    open: sink => ({ take: line => take(line, sink) }),
    end: () => {
      for (const { record, sink } of held.values()) sink.record(record)
    },
  }
}

/** The record of a line; `null`: it has none, which the sink has been told. @throws {BadRecord} */
const readLine = (line: Fields, sink: Sink): UsageRecord | null => {
  const message = fieldsAt(line, 'message')
  const usage = usageOf(message)
  if (!usage && line['type'] !== 'assistant') {
    // Of the user, of the system, a summary: a session has many of them.
    sink.part()
    return null
  }
  if (!usage || line['type'] !== 'assistant') {
    sink.skip('it has no usage')
    return null
  }
  const body = readBody({ kind: 'anthropic', body: message, usage }, sink)
  if (message['model'] === '<synthetic>') {
    if (body.input + body.output === 0) sink.part()
    else sink.skip('Claude Code wrote it, not a model')
    return null
  }
  const branch = textAt(line, 'gitBranch')
  return recordOf(body, {
    at: instantOf(line['timestamp']),
    stated_usd: usdOf(line['costUSD']),
    keys: keysOf({
      conversation: textAt(line, 'sessionId'),
      project: textAt(line, 'cwd'),
      'tag.branch': branch,
    }),
  })
}

const isMessage = (line: Fields): boolean =>
  typeof line['sessionId'] === 'string' && typeof line['type'] === 'string' && hasKey(line, 'uuid')

/** Lines of a session that are not messages. */
const NOTES = [
  ...['summary', 'file-history-snapshot', 'queue-operation', 'custom-title', 'ai-title', 'agent-name', 'last-prompt'],
  ...['permission-mode', 'pr-link'],
]

/** The type is asked for last, as other logs have types that vary. */
const isNote = (line: Fields): boolean =>
  !hasKey(line, 'uuid') &&
  (hasKey(line, 'leafUuid') || hasKey(line, 'snapshot') || hasKey(line, 'sessionId')) &&
  NOTES.includes(String(line['type'])) &&
  usageOf(line) === null

export const claudeCode: Format = {
  name: 'claude-code',
  what: 'sessions of Claude Code (~/.claude/projects/**/*.jsonl)',
  shapes: [
    {
      ...{ form: 'json', granularity: 'call' },
      recognises: line => isMessage(line) || isNote(line),
      start,
    },
  ],
}
