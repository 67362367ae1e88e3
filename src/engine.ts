/** The engine without Node, for the page: the functions that the command line calls, and the words of its reports. */

export { breakEvenCurve } from './cost/result/break-even-curve.ts'
export { estimate, type PricedBook } from './cost/result/estimate.ts'
export { faultsOf, InputError, type Problem } from './errors/index.ts'
export { forecast } from './plan/forecast/forecast.ts'
