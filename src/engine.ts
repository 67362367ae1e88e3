/** The engine without Node, for the page: the functions that the command line calls. */

export { breakEvenCurve } from './cost/result/break-even-curve.ts'
export { faultsOf } from './errors/index.ts'
export { forecast } from './plan/forecast/forecast.ts'
export { type Priced, priceShown } from './plan/page/priced.ts'
