// Stands in for a module that a bundled package loads and dsprice never uses.
module.exports = {}
