#!/usr/bin/env node
// CommonJS (see package.json beside it): Node starts it faster than an ES module.
const { join } = require('node:path')
const { load } = require('../dist/load.cjs')

load().main(join(__dirname, '..'))
