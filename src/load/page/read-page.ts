import type { Files } from '../../io.ts'
import type { Advice } from '../../model/result/advice.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { excerptClusters, excerptHistory, namesIn } from '../../plan/page/excerpt.ts'
import { otherModels } from '../../plan/page/other-models.ts'
import type { PageData, PageScenario } from '../../plan/page/page-data.ts'
import { VERSION } from '../../version.ts'
import { bundledVersions, readBook } from '../book/book.ts'
import { readClusters } from '../book/clusters.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import type { Draft } from '../scenario/scenario.ts'

/** A scenario of a page, read and counted. */
export interface ReadScenario {
  readonly draft: Draft
  readonly scenario: Scenario
  readonly advice?: Advice | null
  /** The same workload counted for other models. */
  readonly others?: readonly Scenario[]
}

/** What a page is made with; `sweep`: one to show. */
export interface PageOptions extends Pick<PageData, 'at' | 'part'>, Partial<Pick<PageData, 'sweep'>> {
  readonly priced: LoadedBook
  readonly files: Files
}

/**
 * What a page of some scenarios holds: the scenarios, and of the books only what its controls can ask for.
 *
 * @param at - date for scenarios that name none
 */
export const readPage = async (
  read: readonly ReadScenario[],
  { priced, files, at, part, sweep = null }: PageOptions,
): Promise<PageData> => {
  const own = read.map(({ scenario }) => scenario)
  const all = [...own, ...read.flatMap(({ others = [] }) => others)]
  const [required, also] = [namesIn(own), namesIn(all)]
  const books = []
  for (const book of [priced, ...(await otherBooks(priced, files))]) {
    const excerpt = excerptHistory(book, { required, also })
    if (excerpt) books.push(excerpt)
  }
  return {
    schema: 'dsprice/page/1',
    tool_version: VERSION,
    at,
    part,
    saved: false,
    scenarios: read.map(toPage),
    books,
    clusters: own.some(({ self_host }) => self_host) ? excerptClusters(readClusters(files), own) : null,
    sweep,
    usage: null,
  }
}

/** The page of drafts as they were counted, at their dates: see `readPage`. */
export const pageOf = (
  drafts: readonly Draft[],
  scenarios: readonly Scenario[],
  options: PageOptions & Pick<ReadScenario, 'others'>,
): Promise<PageData> => {
  const { others = [] } = options
  const read = drafts.flatMap((draft, i) => {
    const scenario = scenarios[i]
    return scenario ? [{ draft, scenario, others }] : []
  })
  return readPage(read, options)
}

const toPage = ({ draft, scenario, advice = null, others = [] }: ReadScenario): PageScenario => ({
  scenario,
  file: draft.source.data,
  self_host: draft.written.self_host ?? null,
  advice,
  others: otherModels(others),
})

/** The other bundled books, newest first; of a user's own rows there is one book only. */
const otherBooks = async (priced: LoadedBook, files: Files): Promise<LoadedBook[]> => {
  const versions = bundledVersions(files)
  if (priced.layers.length > 0 || !versions.includes(priced.name)) return []
  const others = versions.filter(version => version !== priced.name).reverse()
  return Promise.all(others.map(version => readBook([version], files)))
}
