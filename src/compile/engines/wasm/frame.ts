/** What lies where in the memory of one kernel. */

import { blocksIn } from '../../loops/blocks.js'
import type { Item, Looped } from '../../loops/looped.js'
import type { Address } from '../../program/program.js'

/** Two vectors in flight, of two lanes each: the four accumulators of the row sum. */
export const FLIGHTS = 2
export const DOUBLE = 8
export const VECTOR = 16
/** A value of a row, and of the three computed with it. */
export const GROUP: number = FLIGHTS * VECTOR

/** Distances from the start of the frame. */
export interface Layout {
  /** Memory `once`, which begins with the inputs. */
  readonly once: number
  /** Memory `row`, a group of rows at a time. */
  readonly row: number
  /** Pointers to the columns. */
  readonly columns: number
  /** The operands of a host function that takes a long list. */
  readonly list: number
  /** A number for each output: of a run without columns, of one row, or of all the rows of a block. */
  readonly results: number
  /** For each output `rowBytes`: under 'sum' the accumulators of a group, under 'none' the numbers of all the rows of a block. */
  readonly rows: number
  readonly rowBytes: number
  /** Of addresses and counts. */
  readonly tables: ReadonlyMap<Int32Array, number>
  /** Of numbers that vectors are made of. */
  readonly constants: ReadonlyMap<number | string, number>
  readonly size: number
}

export function arrange(looped: Looped, rowBytes: number): Layout {
  const { once, rows, onceSize, rowSize, columns, outputs } = looped
  let size = 0
  const take = (bytes: number): number => {
    const start = size
    size += VECTOR * Math.ceil(bytes / VECTOR)
    return start
  }
  const tables = new Map<Int32Array, number>()
  const constants = new Map<number | string, number>()
  const table = (values: Int32Array | undefined): void => {
    if (values !== undefined && !tables.has(values)) tables.set(values, take(4 * values.length))
  }
  forEachTable([...once, ...rows], table)
  let longest = 0
  for (const { program } of blocksIn([...once, ...rows])) {
    for (const { operation, operands } of program.instructions) {
      if (operation.kind === 'host') longest = Math.max(longest, operands.length)
      if (operation.kind === 'constant' && !constants.has(keyOf(operation.value))) {
        constants.set(keyOf(operation.value), size)
        size += DOUBLE
      }
    }
  }
  size = VECTOR * Math.ceil(size / VECTOR)
  return {
    tables,
    constants,
    once: take(DOUBLE * onceSize),
    results: take(DOUBLE * outputs),
    columns: take(4 * columns),
    rows: take(columns === 0 ? 0 : rowBytes * outputs),
    rowBytes,
    row: take(GROUP * rowSize),
    list: take(DOUBLE * longest),
    size,
  }
}

/** A Map takes 0 and -0 for the same key. */
export function keyOf(x: number): number | string {
  return Object.is(x, -0) ? '-0' : x
}

function forEachTable(items: readonly Item[], visit: (table: Int32Array | undefined) => void): void {
  for (const item of items) {
    for (const { table } of addressesOf(item)) visit(table)
    if (item.kind === 'block') continue
    if (typeof item.count !== 'number') visit(item.count)
    forEachTable(item.items, visit)
  }
}

/** The addresses of a block, or those at the ends of a loop. */
export function addressesOf(item: Item): Address[] {
  if (item.kind === 'loop') {
    return item.carried.flatMap(({ initial, final }) => [
      ...(initial.kind === 'load' ? [initial.address] : []),
      ...(final === undefined ? [] : [final]),
    ])
  }
  const loads = item.program.instructions.flatMap(({ operation }) =>
    operation.kind === 'load' ? [operation.address] : [],
  )
  return [...loads, ...item.stores]
}

/** Whether a column is read by more than its own address: by a loop that runs through columns, or a table. */
export function readsColumnsInLoops(items: readonly Item[], columns: number): boolean {
  const isThrough = ({ memory, start, table, strides }: Address): boolean =>
    memory === 'row' && (table !== undefined || (start < columns && strides.some(stride => stride !== 0)))
  return items.some(
    item =>
      addressesOf(item).some(isThrough) || (item.kind === 'loop' && readsColumnsInLoops(item.items, columns)),
  )
}
