import { clipped } from './error.js'

/** Functions of other programs that are here under another name. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['ln', 'log'],
  ['if', 'where'],
  ['ifelse', 'where'],
  ['power', 'pow'],
  ['sgn', 'sign'],
  ['fabs', 'abs'],
  ['ceiling', 'ceil'],
  ['arcsin', 'asin'],
  ['arccos', 'acos'],
  ['arctan', 'atan'],
  ['arctan2', 'atan2'],
  ['arcsinh', 'asinh'],
  ['arccosh', 'acosh'],
  ['arctanh', 'atanh'],
  ['average', 'mean'],
  ['logistic', 'sigmoid'],
  ['expit', 'sigmoid'],
  ['maximum', 'max'],
  ['minimum', 'min'],
])

/** What to do about a function that is not in the vocabulary. */
export function adviceOn(name: string, known: ReadonlyMap<string, unknown>): string {
  const same = elsewhere.get(name)
  const meant = same !== undefined && known.has(same) ? same : misspelt(name, known.keys())
  if (meant !== undefined) return `did you mean ${meant}?`
  return `one of your own is given with { primitives: […] }; a product is written ${clipped(name)} * (…)`
}

/**
 * The name that was meant, where only fingers slipped: a letter left out within it, struck twice, or swapped with its
 * neighbour. Any other letter may make another function, for which none is a substitute: erfcx is not erfc, sinc not
 * sin, acoth not acosh, normalPdf not normalCdf.
 */
function misspelt(name: string, known: Iterable<string>): string | undefined {
  // The names of people are short; a hostile one of a megabyte is not compared with anything.
  if (name.length > 40) return undefined
  const typed = name.toLowerCase()
  for (const candidate of known) if (isSlip(typed, candidate.toLowerCase())) return candidate
  return undefined
}

function isSlip(typed: string, meant: string): boolean {
  let at = 0
  while (at < meant.length && typed[at] === meant[at]) at++
  const [rest, wanted] = [typed.slice(at), meant.slice(at)]
  if (rest === wanted) return true
  const isTwice = at > 0 && typed[at] === typed[at - 1] && rest.slice(1) === wanted
  const isLeftOut = at > 0 && rest.length > 0 && rest === wanted.slice(1)
  const isSwapped = rest.length > 1 && rest[0] === wanted[1] && rest[1] === wanted[0]
  return isTwice || isLeftOut || (isSwapped && rest.slice(2) === wanted.slice(2))
}
