/**
 * WebAssembly instructions by the names of its specification (version 2.0, "Index of Instructions"): `f64.add` is
 * written `f64.add`. What lies behind the prefix 0xfd is numbered from 0xfd00.
 */

export const control = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  br_if: 0x0d,
  return: 0x0f,
  call: 0x10,
} as const

export const local = { get: 0x20, set: 0x21, tee: 0x22 } as const

export const i32 = {
  load: 0x28,
  store: 0x36,
  const: 0x41,
  eqz: 0x45,
  eq: 0x46,
  ne: 0x47,
  lt_u: 0x49,
  gt_u: 0x4b,
  ge_u: 0x4f,
  add: 0x6a,
  sub: 0x6b,
  mul: 0x6c,
  and: 0x71,
  or: 0x72,
  shl: 0x74,
  shr_s: 0x75,
  shr_u: 0x76,
  wrap_i64: 0xa7,
} as const

export const i64 = {
  load: 0x29,
  store: 0x37,
  const: 0x42,
  eqz: 0x50,
  add: 0x7c,
  sub: 0x7d,
  and: 0x83,
  xor: 0x85,
  shl: 0x86,
  shr_s: 0x87,
  shr_u: 0x88,
  extend_i32_s: 0xac,
  reinterpret_f64: 0xbd,
} as const

export const f64 = {
  load: 0x2b,
  store: 0x39,
  const: 0x44,
  eq: 0x61,
  lt: 0x63,
  le: 0x65,
  abs: 0x99,
  neg: 0x9a,
  ceil: 0x9b,
  floor: 0x9c,
  sqrt: 0x9f,
  add: 0xa0,
  sub: 0xa1,
  mul: 0xa2,
  div: 0xa3,
  min: 0xa4,
  max: 0xa5,
  copysign: 0xa6,
  convert_i32_s: 0xb7,
  reinterpret_i64: 0xbf,
} as const

/** A choice between two numbers, not of two lanes. */
export const select = 0x1b

export const v128 = {
  load: 0xfd00,
  load64_splat: 0xfd0a,
  load64_lane: 0xfd57,
  store64_lane: 0xfd5b,
  load64_zero: 0xfd5d,
  store: 0xfd0b,
  const: 0xfd0c,
  and: 0xfd4e,
  andnot: 0xfd4f,
  or: 0xfd50,
  xor: 0xfd51,
  bitselect: 0xfd52,
} as const

export const i8x16 = { shuffle: 0xfd0d } as const

export const i32x4 = { shr_s: 0xfdac, add: 0xfdae, sub: 0xfdb1 } as const

export const i64x2 = {
  bitmask: 0xfdc4,
  shl: 0xfdcb,
  shr_u: 0xfdcd,
  add: 0xfdce,
  sub: 0xfdd1,
  eq: 0xfdd6,
  ne: 0xfdd7,
} as const

export const f64x2 = {
  splat: 0xfd14,
  extract_lane: 0xfd21,
  replace_lane: 0xfd22,
  eq: 0xfd47,
  lt: 0xfd49,
  le: 0xfd4b,
  ceil: 0xfd74,
  floor: 0xfd75,
  abs: 0xfdec,
  neg: 0xfded,
  sqrt: 0xfdef,
  add: 0xfdf0,
  sub: 0xfdf1,
  mul: 0xfdf2,
  div: 0xfdf3,
  min: 0xfdf4,
  max: 0xfdf5,
  convert_low_i32x4_s: 0xfdfe,
} as const

/** What a value of a function is: the types of the specification, and the type of a block without a result. */
export const type = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b, empty: 0x40 } as const
export type Type = 'i32' | 'i64' | 'f64' | 'v128'
