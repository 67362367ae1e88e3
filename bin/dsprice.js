#!/usr/bin/env node
// CommonJS (see package.json beside it): Node starts it faster than an ES module.
const { join } = require('node:path')

// What ends outside of our own catch, or never, is our bug: Node's own codes would say "over budget" (1), or all well (0).
process.exitCode = 4
process.on('uncaughtException', error => {
  process.stderr.write(`error BUG\n  dsprice has a bug; please report it with this text\n${error?.stack ?? error}\n`)
  process.exit(4)
})

const { main } = require('../dist/cli.cjs')

main(join(__dirname, '..'))
