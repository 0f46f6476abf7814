/**
 * The elementary functions under the primitives: numbers in, numbers out, and the same bits on every engine, for they
 * consist of IEEE operations and table look-ups. This folder is the one seam between the table and the machine's
 * arithmetic; nothing else in the library may call `Math`'s transcendental functions.
 */

export {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  cos,
  cosh,
  directionCosine,
  erf,
  erfc,
  exp,
  expm1,
  gaussian,
  hypot,
  log,
  log1p,
  log2,
  log10,
  logSigmoid,
  normalCdf,
  normalDensity,
  pow,
  sech2,
  sigmoid,
  sigmoidSlope,
  sin,
  sinh,
  softplus,
  tan,
  tanh,
} from './generated/functions.js'
