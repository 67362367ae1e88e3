import { InputError, problems } from '../../errors/index.ts'
import type { Encoder, RenderOptions } from '../blocks/renderer.ts'
import { pageHtml } from '../page/page-html.ts'

const NO_PAGE = 'the saved document does not hold its scenario, so it has no page'

/** A page shows more than the document, so what it holds is made by the command, which has the files. */
const fromPage = (_document: unknown, { page }: Pick<RenderOptions, 'page'>): string => {
  if (!page) throw new InputError([problems.usage(NO_PAGE, 'run the command again with --format html')])
  return pageHtml(page.data, page.assets)
}

/** One page with charts that reckons in the browser, in one file. */
export const html: Encoder = {
  result: fromPage,
  comparison: fromPage,
  forecast: fromPage,
  sweep: fromPage,
  usage: fromPage,
}
