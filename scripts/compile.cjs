// Runs the main jobs once, and keeps the code that V8 compiled for them; scripts/build.mjs calls it.
const { writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { compile, evaluate } = require('../dist/load.cjs')

const root = join(__dirname, '..')
const scenario = join(root, 'scenarios/market-today.yaml')
const script = compile(undefined)
const { main } = evaluate(script)
process.stdout.write = () => true
process.stderr.write = () => true

const runs = [
  ['estimate', scenario, '--explain'],
  ['estimate', scenario, '--json'],
  ['compare', scenario, '--models', 'deepseek-v4-pro,gpt-5.6-sol,claude-opus-5.5'],
  ['prices', 'show', 'deepseek-v4-pro'],
]
const warmUp = async () => {
  for (const run of runs) {
    process.argv = [process.execPath, 'dsprice', ...run]
    await main(root)
    if (process.exitCode) throw new Error(`dsprice ${run.join(' ')} ended with ${process.exitCode}`)
  }
  writeFileSync(join(root, 'dist/cli.cache'), script.createCachedData())
}
warmUp()
