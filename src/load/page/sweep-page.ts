import { estimate } from '../../cost/result/estimate.ts'
import { collectLater } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Sweep } from '../../model/result/sweep.ts'
import type { PageData } from '../../plan/page/page-data.ts'
import { type DraftOptions, readDrafts } from '../scenario/drafts.ts'
import { pageOf } from './read-page.ts'
import { empty } from './saved-page.ts'

interface SweepPageOptions extends Pick<DraftOptions, 'set' | 'pricing' | 'allowOutside'> {
  readonly files: Files
  /** Today, for a scenario without a date. */
  readonly today: string
  /** Sets the date that overrides the scenario's own. */
  readonly dated: <T extends object>(scenario: T) => T
}

/** The page of a sweep, with its scenario where that can be priced without the values of the sweep. */
export const sweepPage = async (
  path: string,
  sweep: Sweep,
  { files, today: at, dated, ...options }: SweepPageOptions,
): Promise<PageData> => {
  const found = await collectLater([], async () => {
    const { priced, drafts, count } = await readDrafts([path], files, options)
    const scenarios = (await count(drafts)).map(dated)
    estimate(scenarios, priced, at)
    return { priced, drafts, scenarios }
  })
  if (!found) return { ...empty(at), part: 'sweep', sweep }
  const { priced, drafts, scenarios } = found
  return pageOf(drafts, scenarios, { priced, files, at, part: 'sweep', sweep })
}
