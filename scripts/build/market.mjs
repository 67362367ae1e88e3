import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { moduleOf } from './bundle.mjs'

/** Versions of the books that were released, oldest first: the names in pricing/released.json. */
const releasedVersions = pricing => Object.keys(readJson(join(pricing, 'released.json'))).sort()

const readJson = path => JSON.parse(readFileSync(path, 'utf8'))

/**
 * Makes the market book of pricing/market.json, pricing/market/ and pricing/boards/.
 *
 * @param pricing - another folder than the repository's own, for tests
 * @returns the book, its text, whether it is released, and what gateways call providers and models
 * @throws if the files have faults, or a released version would change
 */
export const marketOf = async (root, pricing = join(root, 'pricing')) => {
  const { readMarket, printBook } = await moduleOf(root, 'src/load/book/market.ts')
  const file = name => ({ path: `pricing/${name}`, text: readFileSync(join(pricing, name), 'utf8') })
  const filesIn = folder =>
    readdirSync(join(pricing, folder))
      .sort()
      .map(name => file(`${folder}/${name}`))
  const { book, gatewayNames } = inPlainWords(() =>
    readMarket(file('market.json'), { providers: filesIn('market'), boards: filesIn('boards') }),
  )
  const newest = releasedVersions(pricing).at(-1) ?? ''
  const released = newest !== '' && isDeepStrictEqual(book, readJson(join(pricing, `${newest}.json`)))
  if (!released && book.version <= newest) throw new Error(refusal(newest))
  return { book, gatewayNames, released, text: printBook(book) }
}

const refusal = version =>
  `pricing/market says something else than the released book ${version}, which never changes.\n` +
  'fix: set "reviewed" in each provider\'s file that you changed to the day of the change'

/** Turns faults of the files into lines whose places an editor can open. */
const inPlainWords = work => {
  try {
    return work()
  } catch (error) {
    if (!Array.isArray(error.problems)) throw error
    const lines = error.problems.map(({ at, code, what, fix }) => `${at} ${code} ${what}\n  fix: ${fix}`)
    throw new Error(lines.join('\n'))
  }
}

/** Writes gateways.json, and the market book unless it is released. */
export const writeMarket = async (root, dist) => {
  const { book, gatewayNames, released, text } = await marketOf(root)
  writeFileSync(join(dist, 'gateways.json'), `${JSON.stringify(gatewayNames, null, 1)}\n`)
  if (released) return
  mkdirSync(join(dist, 'pricing'), { recursive: true })
  writeFileSync(join(dist, 'pricing', `${book.version}.json`), text)
}
