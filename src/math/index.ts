/**
 * The elementary functions under the primitives: numbers in, numbers out. This folder is the one seam between
 * the table and the machine's arithmetic; nothing else in the library may call `Math`'s transcendental functions.
 */

export const exp: (x: number) => number = Math.exp
export const expm1: (x: number) => number = Math.expm1
export const log: (x: number) => number = Math.log
export const log1p: (x: number) => number = Math.log1p
export const log2: (x: number) => number = Math.log2
export const log10: (x: number) => number = Math.log10
export const pow: (x: number, y: number) => number = Math.pow
export const cbrt: (x: number) => number = Math.cbrt
export const sin: (x: number) => number = Math.sin
export const cos: (x: number) => number = Math.cos
export const tan: (x: number) => number = Math.tan
export const asin: (x: number) => number = Math.asin
export const acos: (x: number) => number = Math.acos
export const atan: (x: number) => number = Math.atan
export const atan2: (y: number, x: number) => number = Math.atan2
export const sinh: (x: number) => number = Math.sinh
export const cosh: (x: number) => number = Math.cosh
export const tanh: (x: number) => number = Math.tanh
export const asinh: (x: number) => number = Math.asinh
export const acosh: (x: number) => number = Math.acosh
export const atanh: (x: number) => number = Math.atanh
export const hypot: (x: number, y: number) => number = Math.hypot
