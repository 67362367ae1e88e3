import type { Model, Price } from '../../model/book/book.ts'
import { COUNTED_LENGTHS, type Request } from '../../model/scenario/counted.ts'

/**
 * Whether the next call of a conversation sends earlier reasoning again: as the scenario says, else as the row or its
 * model does.
 */
export const keepsReasoning = (
  request: Request,
  { model, row }: { readonly model: Pick<Model, 'reasoning'>; readonly row?: Pick<Price, 'reasoning'> | undefined },
): boolean => {
  if (request.reasoning_kept !== undefined) return request.reasoning_kept
  const kept = (row?.reasoning ?? model.reasoning)?.kept ?? 'never'
  return kept === 'always' || (kept === 'with_tools' && hasTools(request))
}

const hasTools = (request: Request): boolean =>
  COUNTED_LENGTHS.some(key => {
    const length = request[key]
    return typeof length !== 'number' && length.parts.some(({ kind }) => kind === 'tools' || kind === 'tool_calls')
  })
