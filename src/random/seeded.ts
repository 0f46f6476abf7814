import * as loaded from 'seedrandom'

/** Uniform random numbers in [0, 1) that follow from the seed. */
export function seeded(seed: string | number): () => number {
  // seedrandom is a classic script that looks for `module.exports`. A page that loads it as a module, without a bundler,
  // gets no export: it has put itself on Math.
  const seedrandom = loaded.default ?? (Math as unknown as { seedrandom: typeof loaded.default }).seedrandom
  // seedrandom(1) and seedrandom('1') differ; a seed is a text here, whatever its type.
  return seedrandom(String(seed))
}
