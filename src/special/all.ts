/** All special functions, with the rows that only their derivatives need: what a formula can be printed with. */

export * from './bessel.js'
export * from './error.js'
export * from './gamma.js'
export * from './incomplete.js'
export * from './stable.js'
