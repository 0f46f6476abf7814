/** Special functions: primitives that are functions but no methods, and plain functions over them. */

export { besselI, besselJ, besselK, besselY } from './bessel.js'
export { erfcx, erfinv, logNormalCdf, normalQuantile } from './error.js'
export { digamma, lbeta, lgamma, logBinomial, polygamma } from './gamma.js'
export { betaInc, gammaP, gammaQ } from './incomplete.js'
export { exprel, lambertW, log1mexp, mod, sinc, xlog1py, xlogy } from './stable.js'
