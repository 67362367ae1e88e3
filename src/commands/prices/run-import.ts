import { CATALOGUES, IMPORT_CODES } from '../../book/import/index.ts'
import { InputError, problems, typed } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { countsOf, type ImportedLayer, importCatalogue } from '../../load/book/import-catalogue.ts'
import { BOOK_LIMIT } from '../../load/book/layers.ts'
import { parseInstant } from '../../model/instant.ts'
import { importInWords } from '../../report/files/import-in-words.ts'
import { layerJson } from '../../report/files/layer-json.ts'
import { toJson } from '../../report/formats/to-json.ts'
import { namesOf } from '../flags/names.ts'
import * as common from '../flags/options.ts'

/** The flags of `prices import`. */
export interface ImportFlags {
  readonly output?: string
  readonly asOf?: string
  readonly since?: string
  readonly only?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

const IMPORT_SCHEMA = 'dsprice/import/1'

/** What is typed: the catalogue's name, its file, the flags. */
interface Typed extends ImportFlags {
  readonly name: string
  readonly file: string
}

/** Imports a catalogue, writes the layer and tells what became of each entry. */
export const runImport = async ({ name, file, ...options }: Typed, io: Io): Promise<void> => {
  const catalogue = CATALOGUES.find(one => one.name === name)
  if (!catalogue) throw new Error(`commander lets ${name} pass`)
  const { json = false, quiet = false, output } = options
  const toStdout = output === undefined || output === '-'
  if (json && toStdout) {
    throw new InputError([problems.usage('--json and the layer both write to stdout', 'write -o layer.json')])
  }
  const only = namesOf(options.only, { flag: '--only', what: 'provider', such: 'openai,anthropic' })
  const [asOf, since] = [dayOf('--as-of', options.asOf), dayOf('--since', options.since)]
  const made = await importCatalogue(catalogue, { file, asOf, since, only, today: io.today() }, io)
  const text = layerJson(made.layer)
  refuseTooLarge(text)
  await common.deliver(io, text, output)
  const [skipped, warnings] = [countsOf(made.skipped), countsOf(made.warnings)]
  const about = { catalogue: name, file: toStdout ? 'stdout' : output, asOf: made.asOf, models: made.models.length }
  const providers = new Set(made.models.map(({ provider }) => provider)).size
  const next = toStdout ? null : `dsprice prices lint ${typed(output)}`
  if (json) io.stdout.write(toJson(reportOf(made, { ...about, skipped, warnings, since: since ?? null })))
  else if (!quiet) io.stderr.write(importInWords({ ...about, providers, skipped, warnings, next }))
}

type Counts = ReturnType<typeof countsOf>

interface About {
  readonly catalogue: string
  readonly file: string
  readonly asOf: string | null
  readonly since: string | null
  readonly skipped: Counts
  readonly warnings: Counts
}

/** @throws {InputError} USAGE for a layer that no command would read */
const refuseTooLarge = (text: string): void => {
  const bytes = Buffer.byteLength(text)
  if (bytes <= BOOK_LIMIT) return
  throw new InputError([
    problems.usage(
      `the layer would have ${bytes} bytes, more than the ${BOOK_LIMIT} of a price file`,
      'name the providers that you use, such as --only openai,anthropic',
    ),
  ])
}

/** The report in JSON: every entry, and what each code means. */
const reportOf = ({ models, layer, skipped, warnings }: ImportedLayer, about: About) => ({
  schema: IMPORT_SCHEMA,
  catalogue: about.catalogue,
  file: about.file,
  as_of: about.asOf,
  since: about.since,
  models: models.map(({ id, provider }) => ({ id, provider })),
  new_providers: Object.keys(layer.providers ?? {}),
  counts: { skipped: Object.fromEntries(about.skipped), warnings: Object.fromEntries(about.warnings) },
  codes: Object.fromEntries([...about.skipped, ...about.warnings].map(([code]) => [code, IMPORT_CODES[code]])),
  skipped,
  warnings,
})

/** @throws {InputError} USAGE if a flag's value is no day */
const dayOf = (flag: string, day: string | undefined): string | undefined => {
  if (day === undefined || (/^\d{4}-\d{2}-\d{2}$/.test(day) && parseInstant(day) !== undefined)) return day
  throw new InputError([problems.usage(`${flag} must be a day, got "${day}"`, `write ${flag} 2026-11-20`)])
}
