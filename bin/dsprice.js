#!/usr/bin/env node
// CommonJS (see package.json beside it): Node starts it faster than an ES module.
const module_ = require('node:module')
const { join } = require('node:path')

// From Node 22 on, compiled code is kept between runs.
module_.enableCompileCache?.()

require('../dist/cli.cjs').main(join(__dirname, '..'))
