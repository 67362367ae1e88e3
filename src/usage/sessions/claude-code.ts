import { usageOf } from '../bodies/body.ts'
import { readBody, recordOf } from '../bodies/take-body.ts'
import { type Fields, fieldsAt, textAt } from '../reading/fields.ts'
import type { Format, Run, Sink } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf } from '../reading/keys.ts'
import { usdOf } from '../reading/usd.ts'
import type { UsageRecord } from '../record.ts'

interface Held {
  readonly record: UsageRecord
  readonly sink: Sink
  readonly isSidechain: boolean
}

/** Whether the second of two lines of one message holds it better: not a replay, and then the larger output. */
const isBetter = (held: Held, next: Held): boolean =>
  held.isSidechain === next.isSidechain ? next.record.output > held.record.output : held.isSidechain

/**
 * A message has a line for each block of content, of which the early ones have a part of its output; side chains and
 * resumed sessions repeat it in other files. So each message is held, once, until all files are read.
 */
const start = (): Run => {
  const held = new Map<string, Held>()
  const take = (line: Fields, sink: Sink): void => {
    const read = readLine(line, sink)
    if (typeof read === 'string') {
      sink.skip(read)
      return
    }
    const { id = null } = read
    if (id === null) {
      sink.record(read)
      return
    }
    const [before, next] = [held.get(id), { record: read, sink, isSidechain: line['isSidechain'] === true }]
    if (!before) held.set(id, next)
    else if (isBetter(before, next)) {
      before.sink.duplicate()
      held.set(id, next)
    } else sink.duplicate()
  }
  return {
    open: sink => ({ take: line => take(line, sink) }),
    end: () => {
      for (const { record, sink } of held.values()) sink.record(record)
    },
  }
}

/** The record of a line, or why it has none. @throws {BadRecord} */
const readLine = (line: Fields, sink: Sink): UsageRecord | string => {
  const message = fieldsAt(line, 'message')
  const usage = usageOf(message)
  if (line['type'] !== 'assistant' || !usage) return 'it has no usage'
  if (message['model'] === '<synthetic>') return 'Claude Code wrote it, not a model'
  const branch = textAt(line, 'gitBranch')
  return recordOf(readBody({ kind: 'anthropic', body: message, usage }, sink), {
    at: instantOf(line['timestamp']),
    stated_usd: usdOf(line['costUSD']),
    keys: keysOf({
      conversation: textAt(line, 'sessionId'),
      project: textAt(line, 'cwd'),
      'tag.branch': branch,
    }),
  })
}

export const claudeCode: Format = {
  name: 'claude-code',
  what: 'sessions of Claude Code (~/.claude/projects/**/*.jsonl)',
  shapes: [
    {
      ...{ form: 'json', granularity: 'call' },
      recognises: line => typeof line['sessionId'] === 'string' && typeof line['type'] === 'string' && 'uuid' in line,
      start,
    },
  ],
}
