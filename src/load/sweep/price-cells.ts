import { estimate } from '../../cost/result/estimate.ts'
import { faultsOf, InputError, type Problem } from '../../errors/index.ts'
import type { Files, Left } from '../../io.ts'
import type { SweptKey } from '../../model/result/sweep.ts'
import { figuresOf, type PricedCell, type SweepTerms } from '../../plan/sweep.ts'
import { mergeFaults } from '../../plan/sweep-faults.ts'
import { combine } from '../../plan/sweep-values.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { countPriced } from '../scenario/count-scenario.ts'
import { pricedBy } from '../scenario/drafts.ts'
import { placeAnswer } from '../scenario/place-answer.ts'
import { type Draft, readScenario } from '../scenario/scenario.ts'
import { parseOnce, readOnce } from '../source/read-once.ts'
import { comesTo } from './comes-to.ts'
import { readLengthOnce } from './read-length-once.ts'

export interface CellsOptions {
  readonly keys: readonly SweptKey[]
  /** Overrides (`--set`) of every cell, before its own values. */
  readonly set?: readonly string[]
  /** Books from the command line. */
  readonly pricing?: readonly string[]
  /** A book that is loaded already, instead. */
  readonly book?: LoadedBook | undefined
  /** Date or instant that overrides the scenario's. */
  readonly at?: string | undefined
  /** Today, for a scenario without a date. */
  readonly today: string
  readonly allowOutside?: boolean
  /** Called before each cell with the number done and the total. */
  readonly progress?: (done: number, all: number) => void
}

/** What a sweep is made of: see `sweep`. */
export interface Cells {
  readonly cells: readonly PricedCell[]
  readonly of: Pick<SweepTerms, 'name' | 'description' | 'file' | 'budgeted'>
  /** Paths skipped when searching for samples. */
  readonly left: readonly Left[]
}

/**
 * Prices a scenario with every combination of values, each as `estimate --set` does. Its texts are read once, and
 * counted once for each tokenizer.
 *
 * @throws {InputError} what keeps every cell from being read; problems of the price book
 */
export const priceCells = async (
  path: string,
  given: Files,
  { keys, set = [], pricing = [], book, allowOutside = false, ...terms }: CellsOptions,
): Promise<Cells> => {
  const files = { ...given, allowOutside }
  const read = { files: rereadable(readOnce(files)), pricing, parse: parseOnce(), read: readLengthOnce() }
  const found: ReadCell[] = []
  for (const values of combine(keys)) {
    const own = keys.map(({ key }, i) => ({ flag: '--vary', setting: `${key}=${values[i]}` }))
    found.push({ values, ...(await settle(() => readScenario(path, { ...read, set: [...set, ...own] }))) })
  }
  const drafts = found.flatMap(({ done }) => done ?? [])
  const [first] = drafts
  if (!first) throw new InputError(mergeFaults(found, keys, found.length))
  const priced = book ?? (await pricedBy(drafts, { asked: pricing, files }))
  const cells: PricedCell[] = []
  for (const cell of found) {
    terms.progress?.(cells.length, found.length)
    cells.push(await priceCell(cell, { ...terms, keys, priced, files }))
  }
  const { name, description = null, budget } = first.written
  return {
    cells,
    of: { name, description, file: first.file, budgeted: budget?.view },
    left: drafts.flatMap(({ left }) => left),
  }
}

interface Settled<T> {
  readonly done: T | null
  readonly faults: readonly Problem[]
}

type ReadCell = Settled<Draft> & { readonly values: readonly string[] }

const settle = async <T>(work: () => Promise<T>): Promise<Settled<T>> => {
  try {
    return { done: await work(), faults: [] }
  } catch (error) {
    return { done: null, faults: faultsOf(error) }
  }
}

interface PriceOptions extends Pick<CellsOptions, 'keys' | 'at' | 'today'> {
  readonly priced: LoadedBook
  readonly files: Files
}

const priceCell = async (
  { values, done: draft, faults }: ReadCell,
  { keys, priced, files, at, today }: PriceOptions,
): Promise<PricedCell> => {
  if (!draft) return { values, comes_to: values.map(() => null), answer: null, faults }
  const comes_to = keys.map(({ key }, i) => comesTo(draft.written, key, values[i] ?? ''))
  const { done, faults: own } = await settle(async () => {
    const scenario = await countPriced(draft, priced, files)
    const dated = at === undefined ? scenario : { ...scenario, at }
    const { pricing, warnings, scenarios } = placeAnswer([draft], () => estimate([dated], priced, today))
    return { pricing, warnings, figures: figuresOf({ scenarios }) }
  })
  return { values, comes_to, answer: done, faults: own }
}

/** Files whose standard input can be read again. */
const rereadable = (files: Files): Files => {
  let stdin: Uint8Array | undefined
  return {
    ...files,
    read: (path, limit) => {
      if (path !== '-') return files.read(path, limit)
      stdin ??= files.read(path, limit)
      return stdin
    },
  }
}
