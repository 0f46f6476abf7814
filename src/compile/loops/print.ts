import { addressText, textOf } from '../program/print.js'
import type { Address } from '../program/program.js'
import type { Item, Looped } from './looped.js'

/**
 * A listing of blocks and loops, an instruction a line. The loop of depth d has the iteration number `i<d>`.
 *
 * @example
 * for i1 < 3
 *   %0 = load once[0 + 1 i1]
 *   %1 = mul %0 %0
 *   output[0 + 1 i1] = %1
 */
export function printLooped({ once, rows }: Looped): string {
  const row = rows.length === 0 ? [] : ['for each row', ...indented(rows.flatMap(item => linesOf(item, 1)))]
  return [...once.flatMap(item => linesOf(item, 1)), ...row].join('\n')
}

function linesOf(item: Item, depth: number): string[] {
  if (item.kind === 'loop') {
    const { count, carried, items, isParallel } = item
    const limit = typeof count === 'number' ? count : `(${count[0]} …)`
    const head = `for i${depth} < ${limit}${isParallel ? ', in any order' : ''}`
    const initial = carried.map(
      ({ initial }, c) =>
        `carried ${c} = ${textOf(NO_NAMES, { operation: initial, operands: [], label: undefined })}`,
    )
    const final = carried.flatMap(({ final }, c) => assignment(final, `carried ${c}`))
    return [...initial, head, ...indented(items.flatMap(item => linesOf(item, depth + 1))), ...final]
  }
  const { program, stores } = item
  const lines = program.instructions.map(
    (instruction, place) => `%${place} = ${textOf(NO_NAMES, instruction)}`,
  )
  program.outputs.forEach((output, i) => {
    if (i < stores.length) lines.push(...assignment(stores[i], `%${output}`))
    else lines.push(`next ${i - stores.length} = %${output}`)
  })
  return lines
}

const NO_NAMES = { inputs: [], columns: [] }

function assignment(address: Address | undefined, value: string): string[] {
  return address === undefined ? [] : [`${addressText(address)} = ${value}`]
}

function indented(lines: readonly string[]): string[] {
  return lines.map(line => `  ${line}`)
}
