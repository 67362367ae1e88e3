import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'

/** What a build reads. The packages that it bundles are those that npm noted down when it installed them. */
const SOURCES = [
  'src',
  'scripts',
  'pricing',
  'package.json',
  'tsconfig.json',
  'LICENSE',
  'node_modules/.package-lock.json',
]

/** Every file at or below a path. */
const filesAt = (path: string): readonly string[] => {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap(name => filesAt(join(path, name)))
}

/** One hash of Node, the sources and dist/. */
const stateOf = (root: string): string => {
  const hash = createHash('sha256').update(process.version)
  for (const file of [...SOURCES, 'dist'].flatMap(path => filesAt(join(root, path)))) {
    const data = readFileSync(file)
    hash.update(`\n${file} ${data.length}\n`).update(data)
  }
  return hash.digest('hex')
}

const runBuild = (root: string): void =>
  void execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' })

/**
 * Makes dist/ from the sources as they stand. It is left alone only where the last build made here was of the same
 * sources, packages and Node, and no file of it has changed since. A build that fails leaves none.
 */
export const buildIfChanged = (root: string, build = runBuild): void => {
  const stamp = join(root, 'node_modules/.cache/dsprice/built')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stateOf(root)) return
  try {
    build(root)
  } catch (error) {
    // With a type that is wrong the sources can be tested all the same; what looks into dist/ fails, as it must.
    rmSync(join(root, 'dist'), { recursive: true, force: true })
    console.error(`dist/ could not be built, so it is not there: ${error}`)
    return
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, stateOf(root))
}

/** Called by vitest before any test, and again where it watches. */
export const setup = (project: TestProject): void => {
  const root = join(import.meta.dirname, '..')
  buildIfChanged(root)
  project.onTestsRerun(async () => buildIfChanged(root))
}
