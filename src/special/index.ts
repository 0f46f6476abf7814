/** Special functions: rows that are functions but no methods, and distribution functions of numbers. */

export * from './bessel.js'
export {
  betaCdf,
  betaQuantile,
  betaTail,
  betaTailQuantile,
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredTail,
  chiSquaredTailQuantile,
  fisherCdf,
  fisherQuantile,
  fisherTail,
  fisherTailQuantile,
  gammaCdf,
  gammaQuantile,
  gammaTail,
  gammaTailQuantile,
  studentCdf,
  studentQuantile,
  studentTail,
  studentTailQuantile,
} from './distributions.js'
export * from './error.js'
export * from './gamma.js'
export * from './incomplete.js'
export * from './stable.js'
