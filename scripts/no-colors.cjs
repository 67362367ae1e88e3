// Stands in for cli-table3's optional colour library, which dsprice does not use.
module.exports = {}
