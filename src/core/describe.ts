/**
 * What tells a `Value` of this copy of the package from one of another, which is none here: two copies are loaded where two
 * versions are installed, or one is bundled twice.
 */
export const thisCopy: object = {}

/** Says in an error message what was got: `undefined`, `the string "3"`, `an array of 2`. */
export function describe(got: unknown): string {
  if (got === null || got === undefined) return String(got)
  if (typeof got === 'string') return `the string ${JSON.stringify(got)}`
  if (typeof got === 'bigint') return `the bigint ${got}n`
  if (typeof got === 'number' || typeof got === 'boolean') return `the ${typeof got} ${got}`
  if (Array.isArray(got)) return `an array of ${got.length}`
  if (typeof got === 'function') return `the function ${got.name || '(anonymous)'}`
  if (typeof got === 'symbol') return 'a symbol'
  const name = (got as object).constructor?.name
  if (name === undefined || name === 'Object') return 'an object'
  const { copy = thisCopy } = (got as object).constructor as { copy?: unknown }
  return `an object of class ${name}${copy === thisCopy ? '' : ' from another copy of chainrule'}`
}
