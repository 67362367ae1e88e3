/** The engine without Node, for the page: the functions that the command line calls. */

export { breakEvenCurve } from './cost/result/break-even-curve.ts'
export { estimate } from './cost/result/estimate.ts'
export { faultsOf } from './errors/index.ts'
export { forecast } from './plan/forecast/forecast.ts'
export { hitCurve } from './plan/page/curves/hit-curve.ts'
export { priceHistories } from './plan/page/curves/price-history.ts'
export { volumeCurve } from './plan/page/curves/volume-curve.ts'
export { weekOf } from './plan/page/curves/week.ts'
export { type Priced, priceShown } from './plan/page/priced.ts'
