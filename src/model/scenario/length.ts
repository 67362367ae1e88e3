import * as z from 'zod/mini'
import { expectedSize } from '../expected-size.ts'
import { type DeepReadonly, doc, fault } from '../units.ts'

/** Lengths as written in a scenario file, in tokens: a number, or text to count. */

const EMPTY_LIST = fault('must not be an empty list', 'write 200K, or a list of sizes and texts')

const textPart = z.lazy(() =>
  z
    .strictObject({
      text: z.optional(doc(z.string(), 'Text to count', 'You are a helpful assistant.')),
      file: z.optional(doc(z.string(), 'File to count, relative to the scenario', 'prompts/system.md')),
      files: z.optional(
        doc(z.string(), 'Glob of files, each one sample; the mean is used and the spread reported', 'questions/*.txt'),
      ),
      tools: z.optional(
        doc(
          z.string(),
          'JSON file of tool definitions, in the form of any API; relative to the scenario',
          'tools.json',
        ),
      ),
    })
    .check(
      z.refine(part => Object.values(part).filter(value => value !== undefined).length === 1, {
        error: fault('must have exactly one of text, file, files and tools', 'write {file: prompts/system.md}'),
        abort: true,
      }),
    ),
)

const sizeFault = fault(
  'must be a number of tokens, or text to count',
  'write 200K, or {text: …}, {file: …}, {files: …}, {tools: …}, or a list of these',
)

const parts = z.lazy(() => z.array(z.union([expectedSize, textPart], sizeFault)).check(z.minLength(1, EMPTY_LIST)))

export const lengthSchema = z.union([expectedSize, textPart, parts], sizeFault)

/** A length as written: a number of tokens, text, or a list of both. */
export type WrittenLength = DeepReadonly<z.infer<typeof lengthSchema>>
