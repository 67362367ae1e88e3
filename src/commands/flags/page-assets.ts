import type { Io } from '../../io.ts'
import type { PageAssets } from '../../report/page/page-html.ts'

/** What the build makes for the page: its program, its look, and the hashes that its policy allows. */
export const pageAssets = ({ shipped }: Pick<Io, 'shipped'>): PageAssets =>
  JSON.parse(new TextDecoder().decode(shipped('dist/page.json'))) as PageAssets
