import * as z from 'zod/mini'
import { fault } from '../../model/units.ts'
import type { ToolDefinition } from '../../tokens/index.ts'
import { checkSchema } from '../source/check-schema.ts'
import { parseSource } from '../source/source.ts'

const object = z.record(z.string(), z.unknown())

const tool = z.strictObject(
  {
    type: z.literal('function'),
    function: z.strictObject({
      name: z.string().check(z.minLength(1, fault('must not be empty', 'write the name of the function'))),
      description: z.optional(z.string()),
      parameters: z.optional(object),
      strict: z.optional(z.boolean()),
    }),
  },
  fault('must be a tool definition', 'write {type: function, function: {name: …, description: …, parameters: {…}}}'),
)

const toolsSchema = z.array(tool)

/**
 * Parses tool definitions: a JSON list in the format of OpenAI's and DeepSeek's chat completions API.
 *
 * @param name - the file's name, for problems
 * @throws {InputError} every problem in the list, located
 */
export const parseTools = (name: string, text: string): readonly ToolDefinition[] => {
  const source = parseSource(name, text, 'never')
  checkSchema(toolsSchema, source)
  // The original data, not the schema's output: some providers render the keys in their given order.
  return (source.data as z.infer<typeof toolsSchema>).map(({ function: definition }) => definition)
}
