import * as z from 'zod/mini'
import { expectedSize } from '../expected-size.ts'
import { type DeepReadonly, doc, fault } from '../units.ts'

/** How closely a picture is to be looked at, by the names of all providers. */
export const DETAILS = ['auto', 'low', 'medium', 'high', 'ultra_high', 'original'] as const
export type Detail = (typeof DETAILS)[number]

/** Lengths as written in a scenario file, in tokens: a number, or text to count. */

const EMPTY_LIST = fault('must not be an empty list', 'write 200K, or a list of sizes and texts')

const pixels = z
  .int(fault('must be a number of pixels', 'write 1024'))
  .check(
    z.gte(1, fault('must be a number of pixels', 'write 1024')),
    z.lte(100_000, fault('must be at most 100000 pixels', 'write 1024')),
  )

const imageSchema = z.strictObject({
  width: doc(pixels, 'Width, pixels', 1024),
  height: doc(pixels, 'Height, pixels', 768),
  detail: z.optional(
    doc(z.enum(DETAILS), "How closely it is looked at, where the provider has levels; default: the provider's", 'low'),
  ),
})

const KINDS = ['text', 'file', 'files', 'tools', 'messages', 'template', 'image'] as const

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
      messages: z.optional(
        doc(
          z.string(),
          'JSON or JSON Lines file of one conversation, or a request body with it, in the form of OpenAI, Anthropic or Gemini',
          'chat.json',
        ),
      ),
      template: z.optional(
        doc(z.string(), 'File whose {{placeholders}} are replaced by `values`', 'prompts/system.md'),
      ),
      values: z.optional(
        doc(z.string(), 'YAML or JSON file with a value for each placeholder of `template`', 'values.yaml'),
      ),
      image: z.optional(doc(imageSchema, "A picture, counted by the provider's rule", { width: 1024, height: 768 })),
    })
    .check(
      z.refine(part => KINDS.filter(kind => part[kind] !== undefined).length === 1, {
        error: fault(
          'must have exactly one of text, file, files, tools, messages, template and image',
          'write {file: prompts/system.md}',
        ),
        abort: true,
      }),
      z.refine(part => (part.template === undefined) === (part.values === undefined), {
        error: fault('must have both template and values', 'write {template: system.md, values: values.yaml}'),
        abort: true,
      }),
    ),
)

const sizeFault = fault(
  'must be a number of tokens, or content to count',
  'write 200K, or {text: …}, {file: …}, {files: …}, {tools: …}, {messages: …}, {template: …, values: …}, {image: …}, or a list of these',
)

const parts = z.lazy(() => z.array(z.union([expectedSize, textPart], sizeFault)).check(z.minLength(1, EMPTY_LIST)))

export const lengthSchema = z.union([expectedSize, textPart, parts], sizeFault)

/** A length as written: a number of tokens, text, or a list of both. */
export type WrittenLength = DeepReadonly<z.infer<typeof lengthSchema>>

/** Content as written: the one kind that it has. */
export type WrittenPart = DeepReadonly<z.infer<typeof textPart>>
