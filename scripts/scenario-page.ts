import { stringify } from 'yaml'
import * as z from 'zod/mini'
import { schemaParts } from '../src/load/schema/schema-parts.ts'
import { lengthSchema } from '../src/model/scenario/length.ts'
import { scenarioSchema } from '../src/model/scenario/scenario-schema.ts'
import { scalarText } from '../src/model/units.ts'

/** docs/scenario.md: every key of a scenario's file, from its schema. */

type Schema = z.core.$ZodType

/** One key: where it stands, what may be written there, and what its schema says of it. */
export interface Key {
  /** Within its block: `legs[].share`. */
  readonly path: string
  readonly schema: Schema
  readonly about: string
  readonly example: unknown
  /** As the schema has it; `undefined`: none. */
  readonly fallback: unknown
  readonly isRequired: boolean
}

/** A schema without what is put around it, and what is said on the way in: the outermost words win. */
const bare = (schema: Schema, path: string): Key => {
  const { description = '', examples } = z.globalRegistry.get(schema) ?? {}
  const { type, inner } = schemaParts(schema)
  const example = Array.isArray(examples) ? examples[0] : undefined
  const own = { path, about: description, example, fallback: undefined }
  if (inner === undefined || scalarText(schema)) return { ...own, schema, isRequired: true }
  const below = bare(inner, path)
  const { defaultValue } = schema._zod.def as { readonly defaultValue?: unknown }
  return {
    ...below,
    about: description || below.about,
    example: example ?? below.example,
    fallback: defaultValue ?? below.fallback,
    isRequired: below.isRequired && !['optional', 'default', 'prefault'].includes(type),
  }
}

const isLength = ({ _zod: { def } }: Schema): boolean => def === lengthSchema._zod.def

/** The keys below a key, each after the one that holds it. */
const keysBelow = ({ path, schema }: Key): Key[] => {
  const { shape, item, options = [] } = schemaParts(schema)
  if (isLength(schema)) return []
  const at = path === '' ? '' : `${path}.`
  const own = Object.entries(shape ?? {}).flatMap(([key, value]) => {
    const child = bare(value, `${at}${key}`)
    return [child, ...keysBelow(child)]
  })
  const items = item && schemaParts(schema).type === 'array' ? keysBelow(bare(item, `${path}[]`)) : []
  return [...own, ...items, ...options.flatMap(option => keysBelow(bare(option, path)))]
}

/** What may be written for a schema, in a few words. */
const writtenAs = (schema: Schema): string => {
  const named = scalarText(schema)
  if (named) return named.name
  if (isLength(schema)) return 'length'
  const { type, inner, options, item, choices } = schemaParts(schema)
  if (inner) return writtenAs(inner)
  if (options) return options.map(writtenAs).join(' or ')
  if (item)
    return type === 'array'
      ? `list of ${LISTED[schemaParts(item).type] ?? writtenAs(item)}`
      : `names of your own, each with ${writtenAs(item)}`
  if (type === 'enum') return choices.map(choice => `\`${choice}\``).join(', ')
  return WORDS[type] ?? type
}

const WORDS: Readonly<Record<string, string>> = {
  boolean: '`true` or `false`',
  literal: '`true`',
  string: 'text',
  number: 'a number',
  object: 'keys',
}

/** The same of several. */
const LISTED: Readonly<Record<string, string>> = { string: 'texts', number: 'numbers', object: 'keys' }

const inYaml = (value: unknown): string =>
  `\`${stringify(value, null, { collectionStyle: 'flow', lineWidth: 0 }).trim()}\``

/** An example where the schema has none: the first choice that is not the default. */
export const exampleOf = ({ schema, example, fallback }: Key): unknown => {
  if (example !== undefined) return example
  const { type, choices } = schemaParts(schema)
  if (type === 'literal') return true
  return type === 'boolean' ? fallback !== true : choices.find(choice => choice !== fallback)
}

const inDefault = ({ schema, fallback, isRequired }: Key): string => {
  if (isRequired) return 'required'
  const isEmpty = typeof fallback === 'object' && fallback !== null && Object.keys(fallback).length === 0
  if (fallback === undefined || isEmpty) return ''
  const named = scalarText(schema)
  // Amounts and factors are kept as their digits.
  if (named) return named.name === 'duration' ? `\`${fallback}s\`` : `\`${fallback}\``
  return inYaml(fallback)
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${heads.join(' | ')} |`,
  `| ${heads.map(() => ':--').join(' | ')} |`,
  ...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
  '',
]

const HEADS = ['Key', 'Written as', 'Default', 'Example', 'Meaning'] as const

const rowOf = (key: Key): string[] => {
  const example = exampleOf(key)
  return [
    `\`${key.path}\``,
    writtenAs(key.schema),
    inDefault(key),
    example === undefined ? '' : inYaml(example),
    key.about,
  ]
}

/** The keys of a scenario, each with those below it, as a page has them: a block at a time. */
export const blocksOf = (schema: Schema): { readonly top: Key; readonly below: readonly Key[] }[] =>
  Object.entries(schemaParts(schema).shape ?? {}).map(([key, value]) => {
    const top = bare(value, key)
    return { top, below: keysBelow({ ...top, path: '' }) }
  })

/** Every kind of value that a scenario has, in the order of its keys. */
const kindsOf = (keys: readonly Key[]): string[][] => {
  const texts = keys.flatMap(({ schema }) => scalarsIn(schema))
  const kinds = new Map(texts.map(one => [one.name, one]))
  return [...kinds.values()].map(({ name, what, fix }) => [
    name,
    what.replace(/^must be /, ''),
    fix.replace(/^write /, ''),
  ])
}

const scalarsIn = (schema: Schema): NonNullable<ReturnType<typeof scalarText>>[] => {
  const own = scalarText(schema)
  if (own) return [own]
  const { inner, options = [], item } = schemaParts(schema)
  return [...(inner ? [inner] : []), ...options, ...(item ? [item] : [])].flatMap(scalarsIn)
}

/** The text parts of a length, with their keys. */
const lengthKeys = (): Key[] => {
  const [, text] = schemaParts(lengthSchema).options ?? []
  return text ? keysBelow(bare(text, '')).map(key => ({ ...key, isRequired: false })) : []
}

/** The page as text, Markdown. */
export const scenarioPage = (schema: Schema = scenarioSchema): string => {
  const blocks = blocksOf(schema)
  const all = blocks.flatMap(({ top, below }) => [top, ...below])
  const tops = blocks.map(({ top, below }) => {
    const [name = '', written = '', ...rest] = rowOf(top)
    return [below.length > 0 ? `[${name}](#${top.path})` : name, written, ...rest]
  })
  return [
    INTRO,
    ...table(HEADS, tops),
    ...blocks
      .filter(({ below }) => below.length > 0)
      .flatMap(({ top, below }) => [`## ${top.path}`, '', `${top.about}.`, '', ...table(HEADS, below.map(rowOf))]),
    VALUES,
    ...table(['Name', 'What it is', 'For example'], kindsOf(all)),
    LENGTHS,
    ...table(HEADS, lengthKeys().map(rowOf)),
    PERIODS,
  ].join('\n')
}

const INTRO = `# The scenario file

<!-- Written by npm run docs, from the schema in src/model/scenario/. -->

A scenario says what is sent to a model, how often, and how it may be served. Only \`name\`, a model (or \`routing\`) and a workload (\`request\` or \`totals\`) are needed; everything else has a default.

\`\`\`yaml
name: support-bot
description: Support assistant for teams in Singapore
pricing: "2026-11-23" # the price book
at: 2026-11-23 # the day whose prices hold
model: deepseek-v4-pro

traffic:
  requests: 20K # conversations on each working day
  per: day
  profile: office-hours
  timezone: Asia/Singapore
  weekdays_only: true

request: # one conversation
  turns: 4
  turn_gap: 90s
  shared: 6K # system prompt and tools, the same for everyone
  turn: 300 # what the user types
  history: true # earlier turns are sent again
  output: 400

budget:
  per_month: 10000
\`\`\`

\`dsprice schema scenario\` prints the schema for editors; \`--set traffic.requests=30K\` lays a value over the file. A key that is not listed here is refused, with the nearest that is.
`

const VALUES = `## How values are written

Each key takes one of these, in the units that its meaning names.
`

const LENGTHS = `K is a thousand, M a million, B a billion. A percentage and its share are the same: \`85%\` is \`0.85\`. An amount is in USD, kept digit for digit, and rounded only where it is printed.

A **length** is in tokens: a size, content to count, or a list of both, which are added. Text is counted with the tokenizer of the model that serves it. It is given by exactly one of these keys (\`values\` belongs to \`template\`).
`

const PERIODS = `A **period** is what \`traffic.per\` names. A \`run\` happens once and has no clock: it has no cost a month. An \`hour\`, \`day\`, \`week\` or \`month\` repeats; a day is 24 hours, a month 730, and with \`weekdays_only\` a day is a working day.
`
