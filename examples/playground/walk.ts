/** The backward pass, line by line: what reaches a line times its local derivatives is what it hands on. */

import { type Line, localDerivatives, type Sheet } from './lines.js'

/** What one line hands to one of the things it uses. */
export interface Contribution {
  readonly to: string
  readonly local: number
  /** adjoint * local */
  readonly product: number
  /** What `to` has been handed so far, this included. */
  readonly total: number
}

export interface WalkStep {
  readonly line: Line
  /** d loss / d line, complete: every line that uses this one has been visited. */
  readonly adjoint: number
  readonly contributions: readonly Contribution[]
}

/** The steps of the backward pass from the last line to the first, at the values of the last forward run. */
export function walkBack({ lines }: Sheet): WalkStep[] {
  const adjoints = new Map([[lines.at(-1)!.name, 1]])
  return lines.toReversed().map(line => {
    const adjoint = adjoints.get(line.name) ?? 0
    const locals = localDerivatives(line)
    const contributions = line.inputs.map(({ name }, i): Contribution => {
      const product = adjoint * locals[i]!
      const total = adjoints.has(name) ? adjoints.get(name)! + product : product
      adjoints.set(name, total)
      return { to: name, local: locals[i]!, product, total }
    })
    return { line, adjoint, contributions }
  })
}

/** The sum of what a line or leaf has been handed: its derivative once all have come, and until then nothing yet. */
export interface Received {
  readonly sum: number
  readonly parts: number
  /** How many there will be. */
  readonly of: number
}

/** What every line and leaf has been handed after so many steps; the loss itself starts with 1. */
export function receivedAfter(steps: readonly WalkStep[], taken: number): Map<string, Received> {
  const expected = new Map<string, number>()
  for (const { contributions } of steps) {
    for (const { to } of contributions) expected.set(to, (expected.get(to) ?? 0) + 1)
  }
  const received = new Map<string, Received>()
  const first = steps[0]
  if (first !== undefined) received.set(first.line.name, { sum: first.adjoint, parts: 1, of: 1 })
  for (const { contributions } of steps.slice(0, taken)) {
    for (const { to, total } of contributions) {
      received.set(to, { sum: total, parts: (received.get(to)?.parts ?? 0) + 1, of: expected.get(to)! })
    }
  }
  return received
}

export function isComplete({ parts, of }: Received): boolean {
  return parts === of
}
