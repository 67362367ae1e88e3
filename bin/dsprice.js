#!/usr/bin/env node
// CommonJS (see package.json beside it): Node starts it faster than an ES module.
const { join } = require('node:path')
const { main } = require('../dist/cli.cjs')

main(join(__dirname, '..'))
