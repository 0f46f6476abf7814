/**
 * The one memory that all compiled programs share: thousands of memories would exhaust the address space of a page.
 * A block of it has 2^k bytes and comes back when it is released, so memory that is used over and over does not grow.
 */

import type { Table } from '../../../math/generated/tables.js'
import { type Memory, webAssembly } from './webassembly.js'

const PAGE = 65536
const SMALLEST = 64
export const SCRATCH = 16
/** Addresses are 32-bit numbers; the last page is left out, so that an address and an offset never wrap. */
const LIMIT = 2 ** 32 - PAGE

export class Arena {
  readonly memory: Memory
  /** All of the memory. Taken again whenever it grows: an older view is empty then. */
  doubles: Float64Array
  words: Int32Array
  /** Where nothing has been handed out yet. Address 0 is never handed out. */
  private end = SMALLEST
  /** Released blocks, by the logarithm of their size. */
  private readonly released: number[][] = []
  private readonly tables = new Map<Table, number>()
  /** Room for {@link SCRATCH} vectors: what is written there is read at once. */
  readonly scratch: number

  constructor() {
    this.memory = new webAssembly!.Memory({ initial: 1 })
    this.doubles = new Float64Array(this.memory.buffer)
    this.words = new Int32Array(this.memory.buffer)
    this.scratch = this.allocate(16 * SCRATCH)
  }

  /** The address of a block of at least so many bytes, a multiple of 64. Its contents are unspecified. */
  allocate(bytes: number): number {
    // Here already, since a larger number would wrap to a small block
    if (bytes > LIMIT) throw outOfMemory(bytes)
    const size = 2 ** logSize(bytes)
    const again = this.released[logSize(bytes)]?.pop()
    if (again !== undefined) return again
    const address = this.end
    if (address + size > LIMIT) throw outOfMemory(bytes)
    const missing = address + size - this.doubles.byteLength
    if (missing > 0) this.grow(missing, bytes)
    this.end += size
    return address
  }

  /** Takes back the block that `allocate(bytes)` gave. */
  release(address: number, bytes: number): void {
    const k = logSize(bytes)
    this.released[k] ??= []
    this.released[k].push(address)
  }

  /** The bytes that are handed out now, and those that the memory has. */
  get usage(): { readonly used: number; readonly total: number } {
    const free = this.released.reduce((sum, blocks, k) => sum + blocks.length * 2 ** k, 0)
    return { used: this.end - free, total: this.doubles.byteLength }
  }

  /** Where a table lies, for ever after its first use; its rows are {@link strideOf} bytes apart. */
  addressOf(table: Table): number {
    let address = this.tables.get(table)
    if (address === undefined) {
      const { values, columns } = table
      const rows = values.length / columns
      const stride = strideOf(table)
      address = this.allocate(rows * stride)
      for (let row = 0, at = address / 8; row < rows; row++, at += stride / 8) {
        for (let i = 0; i < columns; i++) this.doubles[at + i] = values[row * columns + i]!
      }
      this.tables.set(table, address)
    }
    return address
  }

  private grow(missing: number, wanted: number): void {
    // An eighth more than needed, so that many small programs make few steps
    const pages = Math.ceil(Math.max(missing, Math.min(this.doubles.byteLength / 8, LIMIT - this.end)) / PAGE)
    try {
      this.memory.grow(pages)
    } catch {
      throw outOfMemory(wanted)
    }
    this.doubles = new Float64Array(this.memory.buffer)
    this.words = new Int32Array(this.memory.buffer)
  }
}

/** The distance of the rows of a table: a power of two. */
export function strideOf({ columns }: Table): number {
  return 2 ** logarithm(8 * columns)
}

function logSize(bytes: number): number {
  return logarithm(Math.max(bytes, SMALLEST))
}

/** The k with 2^(k-1) < n <= 2^k. */
function logarithm(n: number): number {
  return 32 - Math.clz32(n - 1)
}

function outOfMemory(bytes: number): RangeError {
  return new RangeError(
    `compile: WebAssembly's memory of 4 GB has no room for ${bytes} more bytes; dispose() what is no longer needed, ` +
      "or use the engine 'javascript'",
  )
}

let shared: Arena | undefined

export function sharedArena(): Arena {
  shared ??= new Arena()
  return shared
}
