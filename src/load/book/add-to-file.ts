import { dirname } from 'node:path'
import { type Added, addModel, type Stated } from '../../book/add-model.ts'
import { findModel } from '../../cost/rates/price-at.ts'
import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { WrittenLayer } from '../../model/book/book.ts'
import { jsonText } from '../../model/printable.ts'
import { isTokenizer } from '../../tokens/index.ts'
import { pathFrom } from '../files/path-from.ts'
import { readText } from '../files/read-text.ts'
import { parseJson } from '../source/json-text.ts'
import { missingModel, readBook } from './book.ts'
import { BOOK_LIMIT } from './layers.ts'
import type { LoadedBook } from './loaded-book.ts'
import { type OwnTokenizers, type Split, typedTokenizer } from './own-tokenizer.ts'

/** What to add, and to which file; `null`: a new one. */
export interface Addition {
  readonly file: string | null
  readonly stated: Omit<Stated, 'like'>
  readonly like: string | undefined
  /** How the tokenizer's file splits text, for one of ranks. */
  readonly split?: Split | undefined
}

/**
 * Adds a model's price to a price file, which may be new, and checks the result as every command would.
 *
 * @returns the new text of the file
 * @throws {InputError} UNKNOWN_MODEL for --like; USAGE; BAD_TOKENIZER_FILE; every problem of the file as it is or would be
 */
export const addToFile = async (
  { file, stated: given, like: liked, split }: Addition,
  files: Files,
): Promise<{ readonly added: Added; readonly text: string }> => {
  const own = typedTokenizer({ tokenizer: given.tokenizer, split }, files)
  await own?.load()
  const stated = { ...given, tokenizer: own?.name ?? given.tokenizer }
  const isThere = file !== null && files.kind(file) !== null
  const path = file === null || /[./\\]/.test(file) ? (file ?? NEW) : `./${file}`
  const layer = isThere ? readJson(path, files) : null
  const names = [stated.model, ...(liked === undefined ? [] : [liked])]
  const priced = await readBook(isThere ? [path] : [], files, { names })
  const like = liked === undefined ? undefined : modelOf(priced, liked, files)
  refuseUnclear(stated, { priced, like: liked, file: isThere ? file : null })
  // A tokenizer that dsprice does not have counts nothing, so that of the model that it is like takes its place.
  const theirs = findModel(priced.book, stated.model)?.tokenizer ?? null
  const isCounting = theirs === null || isTokenizer(theirs) || priced.tokenizers?.has(theirs) === true
  const counting = isCounting ? undefined : (like?.tokenizer ?? undefined)
  const added = addModel(layer, priced.book, { ...stated, like, tokenizer: stated.tokenizer ?? counting })
  if ('taken' in added) {
    const { from, input, output } = added.taken
    throw new InputError([
      problems.usage(
        `${file} already has a row of ${stated.model} from ${from}: input ${input ?? 'unknown'}, output ${output ?? 'unknown'}`,
        'write --replace to replace that row, or another day with --from',
      ),
    ])
  }
  if (added.row === null && Object.keys(added.facts).length === 0) {
    const fix = 'write --input 2 --output 6 for a price, or --tokenizer o200k_base'
    throw new InputError([problems.usage(`${added.id} already has all that ${liked} could give it`, fix)])
  }
  const tokenizers = new Map([...(priced.tokenizers ?? []), ...(own ? [[own.name, own] as const] : [])])
  const text = `${jsonText(
    withPaths(added.layer, tokenizers, one => pathFrom(dirname(path), one, files.cwd)),
    2,
  )}\n`
  const read: Files['read'] = (asked, limit) =>
    asked === path ? new TextEncoder().encode(text) : files.read(asked, limit)
  await readBook([path], { ...files, read })
  return { added, text }
}

const NEW = './mine.json'

/** A layer as it is written: where a model has a file's name for a tokenizer, the file. */
const withPaths = (layer: WrittenLayer, tokenizers: OwnTokenizers, from: (path: string) => string): WrittenLayer => ({
  ...layer,
  models: layer.models?.map(model => {
    const own = typeof model.tokenizer === 'string' ? tokenizers.get(model.tokenizer) : undefined
    if (!own) return model
    const { path, split } = own
    return { ...model, tokenizer: { file: from(path), ...(split === undefined ? {} : { split }) } }
  }),
})

const modelOf = (priced: LoadedBook, name: string, files: Files) => {
  const missing = missingModel(priced, name, files)
  if (missing) throw new InputError([missing])
  return findModel(priced.book, name)
}

interface Around {
  readonly priced: LoadedBook
  readonly like: string | undefined
  /** The file, if it is there. */
  readonly file: string | null
}

/** A new model needs a price and a provider; one that the book has keeps its own. */
const refuseUnclear = ({ model, provider, price }: Addition['stated'], { priced, like, file }: Around): void => {
  const known = findModel(priced.book, model)
  if (!known && price === null) {
    throw new InputError([
      problems.usage(
        `${model} is not in the book${file === null ? '' : ` or in ${file}`}, so it needs a price`,
        'write --input 2 --output 6, or -o with the price file that has the model',
      ),
    ])
  }
  if (!known && provider === undefined && like === undefined) {
    const fix = `write --provider acme, or --like a model of the same kind; if you meant a model of the book, see dsprice prices list`
    throw new InputError([problems.usage(`${model} is not in the book, so its provider is not known`, fix)])
  }
  if (known && provider !== undefined && provider !== known.provider) {
    throw new InputError([
      problems.usage(
        `${known.id} is a model of ${known.provider}, not of ${provider}`,
        `leave --provider out, or write --provider with another name for the model, such as ${provider}/${known.id}`,
      ),
    ])
  }
}

/** The file as it is written: comments would not survive, so it must be JSON. */
const readJson = (path: string, files: Files): WrittenLayer => {
  const found = parseJson(readText(path, files, BOOK_LIMIT))
  if (found) return found.data as WrittenLayer
  throw new InputError([
    problems.usage(
      `${path} is not JSON, and adding to it would lose its comments`,
      'name a JSON file with -o, or write the row into the file',
    ),
  ])
}
