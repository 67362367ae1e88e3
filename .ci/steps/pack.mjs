import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fetchNodes, listReleases, newestOf } from '../nodes.mjs'

/**
 * Packs a checkout with its packages installed, on Node 20.20, whichever Node runs this.
 * Usage: node pack.mjs CHECKOUT FOLDER, which must not be there yet
 */

const LINE = '20.20'

const [checkout, folder] = process.argv.slice(2).map(path => resolve(path))
mkdirSync(folder)

const nodeOfLine = () => {
  if (process.version.startsWith(`v${LINE}.`)) return process.execPath
  const version = newestOf(listReleases(), LINE)
  return fetchNodes([version], join(dirname(folder), 'node-to-pack')).get(version)
}

const node = nodeOfLine()
const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`
execFileSync('npm', ['pack', '--loglevel=error', '--pack-destination', folder], {
  cwd: checkout,
  env: { ...process.env, PATH },
  stdio: ['ignore', 'inherit', 'inherit'],
})
const packed = readdirSync(folder)
if (packed.length !== 1) throw new Error(`npm pack made ${packed.length} files, not 1`)
console.log(`${packed[0]}, packed on Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`)
