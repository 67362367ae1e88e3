import { type Fields, fieldsAt, isFields, textAt } from '../reading/fields.ts'
import { each, type Format, type Run, type Sink, type Taker } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf } from '../reading/keys.ts'
import { type SeenIds, seenIds } from '../reading/seen-ids.ts'
import { codexCounts } from './codex-counts.ts'

/** What the lines so far of one file say of those to come. */
interface Session {
  id: string | null
  /** Sessions whose history opens the file. */
  parents: string[]
  model: string | null
  cwd: string | null
  total: string
}

/** Lines of Codex's own, which have no tokens, but the model and the session. */
const note = (session: Session, type: unknown, payload: Fields): void => {
  if (type === 'turn_context') session.model = textAt(payload, 'model') ?? session.model
  // The file's own comes first; those of a history that is repeated follow.
  if (type !== 'session_meta' || session.id !== null) return
  session.id = textAt(payload, 'id')
  session.parents = ['forked_from_id', 'parent_thread_id'].flatMap(key => textAt(payload, key) ?? [])
  session.cwd = textAt(payload, 'cwd')
}

/**
 * Forks and sub-agents open with their parent's history, stamped anew. The sums of a session at an event tell it apart:
 * an event is a repeat if the session or a parent has been at the same sums. It holds in whichever order files are read.
 */
const isRepeat = ({ id, parents }: Session, total: string, seen: SeenIds): boolean => {
  const isNew = [...(id === null ? [] : [id]), ...parents].map(one => seen.add(`${one} ${total}`))
  return isNew.includes(false)
}

/** A session's sums; `null`: not told, so that repeats are known by their time and counts alone. */
const sumsOf = ({ total_token_usage: sums }: Fields): string | null => (isFields(sums) ? JSON.stringify(sums) : null)

const takeCount = (line: Fields, session: Session, seen: SeenIds, sink: Sink): void => {
  const info = fieldsAt(line, 'payload')['info']
  if (!isFields(info) || !isFields(info['last_token_usage'])) {
    sink.part()
    return
  }
  const total = sumsOf(info) ?? `${line['timestamp']} ${JSON.stringify(info['last_token_usage'])}`
  // The same event again.
  if (total === session.total) {
    sink.part()
    return
  }
  const counts = codexCounts(info['last_token_usage'], sink)
  const at = instantOf(line['timestamp'])
  session.total = total
  if (isRepeat(session, total, seen)) {
    sink.duplicate()
    return
  }
  sink.record({
    ...{ at, end: null, model: session.model, ...counts, requests: 1 },
    ...{ service: null, batch: false, id: null, stated_usd: null },
    keys: keysOf({ conversation: session.id, project: session.cwd }),
  })
}

const openFile = (sink: Sink, seen: SeenIds): Taker => {
  const session: Session = { id: null, parents: [], model: null, cwd: null, total: '' }
  return {
    take: line => {
      const payload = fieldsAt(line, 'payload')
      if (line['type'] === 'event_msg' && payload['type'] === 'token_count') {
        takeCount(line, session, seen, sink)
        return
      }
      note(session, line['type'], payload)
      sink.part()
    },
  }
}

const rollout = (): Run => {
  const seen = seenIds()
  return { open: sink => openFile(sink, seen) }
}

const ROLLOUT = ['session_meta', 'turn_context', 'event_msg', 'response_item', 'compacted']

/** `codex exec --json`: a turn is several calls; its lines have neither time nor model. */
const exec = (line: Fields, sink: Sink): void => {
  const { type, usage } = line
  if (type !== 'turn.completed') {
    sink.part()
    return
  }
  if (!isFields(usage)) {
    sink.skip('it has no usage')
    return
  }
  sink.record({
    ...{ at: null, end: null, model: null, ...codexCounts(usage, sink), requests: null },
    ...{ service: null, batch: false, id: null, stated_usd: null, keys: {} },
  })
}

export const codex: Format = {
  name: 'codex',
  what: 'sessions of Codex (~/.codex/sessions/**/rollout-*.jsonl), and codex exec --json',
  shapes: [
    {
      ...{ form: 'json', granularity: 'call' },
      recognises: line => ROLLOUT.includes(String(line['type'])) && isFields(line['payload']),
      start: rollout,
    },
    each(
      {
        ...{ form: 'json', granularity: 'bucket' },
        recognises: line => /^(?:thread|turn|item)\.[a-z]+$/.test(String(line['type'])),
      },
      exec,
    ),
  ],
}
