import { cacheControls } from './cache-control.ts'
import { clusterControls } from './cluster-controls.ts'
import type { Control } from './control.ts'
import type { PageData, PageScenario } from './page-data.ts'
import { priceControls } from './price-controls.ts'
import { requestControls } from './request-controls.ts'
import { splitControls } from './split-controls.ts'
import { trafficControls } from './traffic-controls.ts'

/** Everything about a scenario that the page can change, in the order in which it is shown and applied. */
export const controlsOf = (
  page: PageScenario,
  { at, books, saved }: Pick<PageData, 'at' | 'books' | 'saved'>,
): Control[] => {
  if (saved) return []
  const [priced] = books
  return [
    ...trafficControls(page),
    ...requestControls(page),
    ...(priced ? cacheControls(page, priced.book) : []),
    ...splitControls(page),
    ...clusterControls(page),
    ...priceControls({ at, books }),
  ]
}
