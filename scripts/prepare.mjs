import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Builds dist/ where npm prepares the package: in a checkout, and in the clone of `npm install git+…`. With `-g` (which
 * pre-commit uses too) npm hands the flag down to the clone's own installation, so the clone has no packages: they are
 * installed here, from the lock file and without their scripts.
 */

const root = dirname(import.meta.dirname)

if (!existsSync(join(root, 'node_modules/rolldown'))) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_config_(global|prefix|location|local_prefix)$/i.test(name)),
  )
  const flags = [
    'ci',
    '--ignore-scripts',
    '--global=false',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  // npm is a script on Windows, and takes a shell; its arguments are ours.
  execFileSync('npm', flags, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' })
}

await import('./build.mjs')
