import { cpSync, existsSync, mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { oneOf, printPlain, Refused, run, setOutput, step } from './runner.mjs'

/** Makes dsprice ready to run, and sets the output `program`. */

// This file stands in .github/action.
const home = dirname(dirname(import.meta.dirname))

/** The project's own, as its lock file has it. */
const findLocal = () => {
  try {
    const manifest = createRequire(join(process.cwd(), 'package.json')).resolve('dsprice/package.json')
    return join(dirname(manifest), 'bin/dsprice.js')
  } catch {
    throw new Refused('source is local, but dsprice is not in node_modules; run npm ci in a step before this one')
  }
}

const LEFT_OUT = ['.git', 'node_modules', 'dist', 'test']

const must = (folder, command, argv) => {
  // npm is a script on Windows, and takes a shell; its arguments are ours.
  const shell = command === 'npm' && process.platform === 'win32'
  const { code, out, err } = run(command, argv, { cwd: folder, shell })
  if (code === 0) return
  printPlain(`${out}\n${err}`)
  throw new Refused(`dsprice could not be built: ${basename(command)} ${argv[0]} ended with ${code}`)
}

/**
 * Builds the commit that the workflow pinned: nothing is taken from a registry but the packages of its lock file, each
 * with its checksum, and none of their scripts is run. Done beside the workspace, which stays as it is.
 */
const build = () => {
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'dsprice-build-'))
  cpSync(home, folder, {
    recursive: true,
    filter: path => dirname(path) !== home || !LEFT_OUT.includes(basename(path)),
  })
  must(folder, 'npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'])
  must(folder, process.execPath, ['scripts/build.mjs'])
  return join(folder, 'bin/dsprice.js')
}

const isBuilt = () => existsSync(join(home, 'dist/cli.cjs')) && existsSync(join(home, 'node_modules'))

await step(() => {
  const local = oneOf('SOURCE', ['action', 'local']) === 'local'
  setOutput('program', local ? findLocal() : isBuilt() ? join(home, 'bin/dsprice.js') : build())
})
