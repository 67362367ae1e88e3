import { Command } from 'commander'
import { InputError, problems } from '../errors.ts'
import type { Io } from '../io.ts'
import { checkSchema } from '../load/check-schema.ts'
import { readText } from '../load/read-text.ts'
import { inFileOrder, parseSource } from '../load/source.ts'
import {
  COMPARE_SCHEMA,
  type Comparison,
  compareSchema,
  RESULT_SCHEMA,
  type Result,
  resultSchema,
} from '../model/result.ts'
import { RENDERERS } from '../report/index.ts'
import * as common from './options.ts'

const RESULT_LIMIT = 256 * 2 ** 20

/** `dsprice render`: a saved result or comparison in another format; it needs nothing but the file. */
export const renderCommand = (io: Io): Command => {
  const command = new Command('render').argument('<result>', 'what --json printed; - is stdin')
  common.addReportOptions(command, { explain: true }).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (path: string, options: common.CommonOptions) => {
    const document = readDocument(path, io)
    const renderer = await RENDERERS[common.formatOf(options)]()
    const settings = await common.renderOptions(io, options)
    const text =
      document.schema === RESULT_SCHEMA ? renderer.result(document, settings) : renderer.comparison(document, settings)
    common.heedWarnings(io, document.warnings, options)
    await common.deliver(io, text, options.output)
  })
}

const readDocument = (path: string, io: Io): Result | Comparison => {
  const text = readText(path, io, RESULT_LIMIT)
  const name = path === '-' ? 'stdin' : path
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new InputError([problems.notAResult(name, text.trim() === '' ? 'it is empty' : 'it is not JSON')])
  }
  const schema = typeof data === 'object' && data !== null && 'schema' in data ? data.schema : undefined
  if (schema !== RESULT_SCHEMA && schema !== COMPARE_SCHEMA) {
    const found = schema === undefined ? 'it has no key "schema"' : `its schema is ${JSON.stringify(schema)}`
    throw new InputError([problems.notAResult(name, found)])
  }
  const checked = checkDocument(schema, { name, text, data })
  // As it stands, so that its keys keep their order: rendering it gives the bytes of the run that wrote it.
  return fillIn(data, checked) as Result | Comparison
}

/** Adds the keys that an earlier version did not print yet. */
const fillIn = (data: unknown, checked: unknown): unknown => {
  if (typeof data !== 'object' || data === null || typeof checked !== 'object' || checked === null) return data
  if (Array.isArray(data)) return data.map((item, i) => fillIn(item, (checked as unknown[])[i]))
  const known = Object.entries(data).map(([key, value]) => [key, fillIn(value, (checked as typeof data)[key as never])])
  return { ...Object.fromEntries(known), ...missingFrom(data, checked) }
}

const missingFrom = (data: object, checked: object): object =>
  Object.fromEntries(Object.entries(checked).filter(([key]) => !(key in data)))

/**
 * A later version may have added keys; anything else that does not fit is a fault.
 *
 * @returns the document with the defaults of keys that an earlier version did not print, or as it is
 */
const checkDocument = (
  schema: typeof RESULT_SCHEMA | typeof COMPARE_SCHEMA,
  { name, text, data }: { name: string; text: string; data: unknown },
): unknown => {
  try {
    return checkSchema(schema === RESULT_SCHEMA ? resultSchema : compareSchema, {
      name,
      data,
      locate: problem => problem,
    })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const faults = error.problems.filter(({ code }) => code !== 'UNKNOWN_KEY')
    // Places are looked up only where there is a fault, so a good file is parsed once, as JSON.
    if (faults.length > 0) throw new InputError(inFileOrder(faults.map(parseSource(name, text).locate)))
    return data
  }
}
