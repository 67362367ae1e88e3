import { type Catalogue, convertListing, type IMPORT_CODES, type Imported, type Told } from '../../book/import/index.ts'
import { layerOf } from '../../book/import/layer.ts'
import { layOver } from '../../book/lay-over.ts'
import { lintBook } from '../../book/lint/lint-book.ts'
import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Layer } from '../../model/book/book.ts'
import { readBook } from './book.ts'
import { readCatalogueFile } from './catalogue-file.ts'

/** What the user asks of an import. Days are YYYY-MM-DD. */
export interface Asked {
  readonly file: string
  readonly asOf?: string | undefined
  readonly since?: string | undefined
  readonly only?: readonly string[] | undefined
  /** The present day, which tells announced prices from those in force. */
  readonly today: string
}

/** A catalogue as a complete layer over the newest book, and all that was left out or is in doubt. */
export interface ImportedLayer extends Imported {
  readonly layer: Layer
  readonly asOf: string | null
}

/**
 * Imports a catalogue's file.
 *
 * @throws {InputError} NOT_A_CATALOGUE; NOTHING_IMPORTED; USAGE if neither the file nor the user states its day
 */
export const importCatalogue = async (catalogue: Catalogue, asked: Asked, files: Files): Promise<ImportedLayer> => {
  const { file, since, only } = asked
  const data = readCatalogueFile(file, catalogue.name, files)
  const listing = catalogue.read(data, asked.asOf ?? asked.today)
  if (listing === null) throw new InputError([problems.notACatalogue(file, catalogue.name, SHAPE)])
  const asOf = asked.asOf ?? listing.date
  if (asOf === null && catalogue.dates !== 'rows') throw new InputError([noDate(catalogue.name)])
  if (since !== undefined && asOf !== null && since >= asOf) throw new InputError([notEarlier(since, asOf)])
  const { book } = await readBook([], files)
  const imported = convertListing(listing, catalogue, { asOf, since, only, book })
  if (imported.models.length === 0)
    throw new InputError([problems.nothingImported(catalogue.name, countsOf(imported.skipped))])
  const layer = layerOf({ catalogue, listing, models: imported.models, asOf, known: book.providers })
  // What is written must be what every command accepts.
  const laid = layOver(book, layer)
  const faults = [...laid.faults, ...lintBook(laid.book, { file: layer, below: book })]
  if (faults.length > 0) throw new InputError(faults)
  return { ...imported, layer, asOf }
}

const SHAPE = 'it has another shape'

const noDate = (name: string) =>
  problems.usage(
    `${name} states no day on which its prices were in force`,
    'write the day on which you fetched the file, such as --as-of 2026-11-20',
  )

const notEarlier = (since: string, asOf: string) =>
  problems.usage(
    `--since must be earlier than the catalogue's day, ${asOf}, got ${since}`,
    'write an earlier day, or leave it out',
  )

/** How often each code is told, the most first. */
export const countsOf = (told: readonly Told[]): (readonly [code: keyof typeof IMPORT_CODES, count: number])[] => {
  const counts = new Map<keyof typeof IMPORT_CODES, number>()
  for (const { code } of told) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}
