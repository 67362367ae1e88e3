import { estimate } from '../../cost/result/estimate.ts'
import { InputError } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { expandScenarios, requireFound } from '../../load/files/scenario-files.ts'
import { pageOf } from '../../load/page/read-page.ts'
import { readDrafts } from '../../load/scenario/drafts.ts'
import { placeAnswer } from '../../load/scenario/place-answer.ts'
import { pageHtml } from '../../report/page/page-html.ts'
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
 * The page of a folder's scenarios as HTML, without advice, which takes seconds; or what is wrong with them, in the
 * words of a terminal.
 *
 * @param events - address that announces a change
 */
export const folderPage = async (folder: string, io: Io, options: FolderOptions, events: string): Promise<string> => {
  const dated = common.datedBy(options.at)
  const at = io.today()
  try {
    const { paths } = requireFound(await expandScenarios([folder], io))
    const { priced, drafts, count } = await readDrafts(paths, io, options)
    const scenarios = (await count(drafts)).map(dated)
    placeAnswer(drafts, () => estimate(scenarios, priced, at))
    const data = await pageOf(drafts, scenarios, { priced, files: io, at, part: 'answer' })
    return pageHtml(data, pageAssets(io), events)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return errorPage(error.problems, events)
  }
}
