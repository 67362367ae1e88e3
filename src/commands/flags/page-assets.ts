import type { Io } from '../../io.ts'
import type { PageAssets } from '../../report/page/page-html.ts'

/** What the build makes for the page: its program, its look, and the hashes that its policy allows. */
export const pageAssets = ({ shipped }: Pick<Io, 'shipped'>): PageAssets => {
  const textOf = (name: string): string => new TextDecoder().decode(shipped(`dist/${name}`))
  return {
    script: textOf('page.js'),
    style: textOf('page.css'),
    hashes: JSON.parse(textOf('page.json')) as PageAssets['hashes'],
  }
}
