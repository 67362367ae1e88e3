import { COUNTED_LENGTHS, type Part } from '../../../model/scenario/counted.ts'
import type { Scenario } from '../../../model/scenario/scenario.ts'

/** How tool definitions were counted, in words; one note for each rule. */
export const toolNotes = (
  counted: readonly Partial<Pick<Part, 'exact' | 'rule'>>[],
): { readonly code: string; readonly what: string }[] => {
  const said = counted.flatMap(({ exact, rule }) =>
    rule === undefined ? [] : [`tool definitions are ${exact ? 'exact' : 'estimates'}, ${rule}`],
  )
  return [...new Set(said)].map(what => ({ code: 'TOOL_RULE', what }))
}

/** A provider's own tools in a file: what they add to a prompt is not published, so a number has to say it. */
export const toolsNotCounted = (file: string, names: readonly string[]) => ({
  code: 'TOOLS_NOT_COUNTED',
  what: `${JSON.stringify(file)} has tools of the provider's own, which are not counted: ${names.join(', ')}`,
  fix: 'take them out of the file, and add their tokens as a number beside it, such as [{tools: tools.json}, 500]',
})

/** The parts of a scenario's request, with the keys that they are under. */
export const partsOf = ({ request }: Pick<Scenario, 'request'>): { readonly key: string; readonly part: Part }[] =>
  COUNTED_LENGTHS.flatMap(key => {
    const length = request?.[key] ?? 0
    return typeof length === 'number' ? [] : length.parts.map(part => ({ key, part }))
  })
