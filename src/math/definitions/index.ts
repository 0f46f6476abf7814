import type { Definition, Part } from '../definition.js'
import { cbrt } from './cbrt.js'
import { erf, erfc, normalCdf, productParts, scaledErfcParts, squareParts } from './error.js'
import { angleParts, directionCosine, directionCosineParts, hypot, hypotParts } from './euclidean.js'
import { exp, expm1, expParts } from './exponential.js'
import { gaussian, normalDensity } from './gaussian.js'
import { acosh, asinh, atanh, cosh, sech2, sinh, tanh } from './hyperbolic.js'
import { acos, asin, atan, atan2 } from './inverse.js'
import { log, log1p, log2, log2Parts, log10, log10Parts, logParts } from './logarithm.js'
import { logSigmoid, sigmoid, sigmoidSlope, softplus } from './logistic.js'
import { pow, powExponent } from './power.js'
import { cos, cosParts, reduceParts, sin, sinParts, tan, tanParts } from './trigonometric.js'

/** Every function that is stated as steps. */
export const definitions: readonly Definition[] = [
  exp,
  expm1,
  log,
  log1p,
  log2,
  log10,
  sin,
  cos,
  tan,
  tanh,
  sech2,
  sinh,
  cosh,
  asinh,
  acosh,
  atanh,
  pow,
  sigmoid,
  sigmoidSlope,
  softplus,
  logSigmoid,
  gaussian,
  normalDensity,
  hypot,
  directionCosine,
  cbrt,
  asin,
  acos,
  atan,
  atan2,
  erf,
  erfc,
  normalCdf,
]

export const parts: readonly Part[] = [
  expParts,
  logParts,
  log2Parts,
  log10Parts,
  reduceParts,
  sinParts,
  cosParts,
  tanParts,
  powExponent,
  angleParts,
  hypotParts,
  directionCosineParts,
  squareParts,
  productParts,
  scaledErfcParts,
]
