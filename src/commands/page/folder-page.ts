import { estimate } from '../../cost/result/estimate.ts'
import { InputError, type Problem, problems, typed } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import type { LoadedBook } from '../../load/book/loaded-book.ts'
import { expandScenarios, requireFound } from '../../load/files/scenario-files.ts'
import { pageOf } from '../../load/page/read-page.ts'
import { readDrafts, settleAll } from '../../load/scenario/drafts.ts'
import { placeAnswer } from '../../load/scenario/place-answer.ts'
import type { Draft } from '../../load/scenario/scenario.ts'
import { gathered } from '../../model/gathered.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { pageHtml } from '../../report/page/page-html.ts'
import { inWords } from '../flags/on-stderr.ts'
import * as common from '../flags/options.ts'
import { pageAssets } from '../flags/page-assets.ts'
import { errorPage } from './error-page.ts'

export interface FolderOptions {
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
  readonly allowOutside?: boolean
}

/**
 * The page of a folder's scenarios as HTML, without advice, which takes seconds. Where not all can stand on one page, it
 * has those that can, and says why the others do not; where none can, what is wrong, in the words of a terminal.
 *
 * @param events - address that announces a change
 */
export const folderPage = async (folder: string, io: Io, options: FolderOptions, events: string): Promise<string> => {
  try {
    const { paths } = requireFound(await expandScenarios([folder], io))
    const { together, apart } = await priceTogether(paths, io, options)
    const { drafts, scenarios, priced } = together
    const data = await pageOf(drafts, scenarios, { priced, files: io, at: io.today(), part: 'answer' })
    return pageHtml({ ...data, apart }, pageAssets(io), events)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return errorPage(error.problems, events)
  }
}

/** Scenarios that one book prices. */
interface Together {
  readonly drafts: readonly Draft[]
  readonly scenarios: readonly Scenario[]
  readonly priced: LoadedBook
}

const priceAll = async (paths: readonly string[], io: Io, options: FolderOptions): Promise<Together> => {
  const dated = common.datedBy(options.at)
  const { priced, drafts, count } = await readDrafts(paths, io, options)
  const scenarios = (await count(drafts)).map(dated)
  placeAnswer(drafts, () => estimate(scenarios, priced, io.today()))
  return { priced, drafts, scenarios }
}

/**
 * All scenarios; else the most that one book prices, of equals those of the newest, and why the others are apart.
 *
 * @throws {InputError} where none can be priced, what is wrong with all of them
 */
const priceTogether = async (
  paths: readonly string[],
  io: Io,
  options: FolderOptions,
): Promise<{ readonly together: Together; readonly apart: readonly string[] }> => {
  try {
    return { together: await priceAll(paths, io, options), apart: [] }
  } catch (error) {
    if (!(error instanceof InputError) || paths.length === 1) throw error
    const { done, failed } = await settleAll(paths, async path => ({ path, ...(await priceAll([path], io, options)) }))
    const groups = [...gathered(done.map(one => [one.priced.hash, one] as const)).values()]
    const newestFirst = groups.sort(([a], [b]) => (versionOf(b) > versionOf(a) ? 1 : -1))
    const [most, ...others] = newestFirst.toSorted((a, b) => b.length - a.length)
    if (!most) throw error
    const own = most.map(({ path }) => path)
    return {
      together: await priceAll(own, io, options),
      apart: [...failed.flatMap(one => one.problems).map(one => inWords(one)), ...others.flat().map(onOther)],
    }
  }
}

const versionOf = (one: Together | undefined): string => one?.priced.book.version ?? ''

const onOther = ({ path, priced }: Together & { readonly path: string }): string => {
  const problem: Problem = problems.otherBook(path, priced.book.version, `dsprice serve ${typed(path)}`)
  return inWords(problem)
}
