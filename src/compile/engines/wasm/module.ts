import { Bytes } from './bytes.js'
import { control, type Type, type } from './opcodes.js'

/** The parameters and results of a function. */
export interface Signature {
  readonly parameters: readonly Type[]
  readonly results: readonly Type[]
}

/** A number of locals of one type. */
export interface Locals {
  readonly type: Type
  readonly count: number
}

/** The locals of a function in the making: some are reserved, the others shared by all the bodies in it. */
export class FunctionLocals {
  private readonly types: Type[] = []
  private readonly pools = new Map<Type, number[]>()
  private readonly parameters: number

  constructor(parameters: readonly Type[]) {
    this.parameters = parameters.length
  }

  reserve(name: Type): number {
    return this.parameters + this.types.push(name) - 1
  }

  /** The k-th local of a type that every body may use. */
  shared(name: Type, k: number): number {
    const pool = this.pools.get(name) ?? []
    this.pools.set(name, pool)
    pool[k] ??= this.reserve(name)
    return pool[k]
  }

  get list(): Locals[] {
    const list: { type: Type; count: number }[] = []
    for (const type of this.types) {
      const last = list.at(-1)
      if (last?.type === type) last.count += 1
      else list.push({ type, count: 1 })
    }
    return list
  }
}

/**
 * A module that imports a memory and functions and exports functions. Functions are numbered in the order of the
 * specification: the imported ones first, so all imports come before the first definition.
 */
export class ModuleBuilder {
  private readonly signatures: string[] = []
  private readonly imported: number[] = []
  private readonly defined: number[] = []
  private readonly exports: [string, number][] = []
  private readonly code = new Bytes()

  /** A function of the host, called by its name in `env`; its number. */
  import(signature: Signature): number {
    return this.imported.push(this.signature(signature)) - 1
  }

  /** A function whose code ends before the final `end`; its number. */
  define(signature: Signature, locals: readonly Locals[], code: Bytes): number {
    const body = new Bytes()
    body.unsigned(locals.length)
    for (const { type: name, count } of locals) {
      body.unsigned(count)
      body.byte(type[name])
    }
    body.append(code)
    body.byte(control.end)
    this.code.sized(body)
    return this.imported.length + this.defined.push(this.signature(signature)) - 1
  }

  export(name: string, index: number): void {
    this.exports.push([name, index])
  }

  /** The name under which the host hands over an imported function. */
  static nameOf(index: number): string {
    return `f${index}`
  }

  toArray(): Uint8Array {
    const all = new Bytes()
    for (const byte of [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) all.byte(byte) // '\0asm', version 1
    section(all, 1, this.signatures.length, body => {
      for (const signature of this.signatures) {
        for (let i = 0; i < signature.length; i++) body.byte(signature.charCodeAt(i))
      }
    })
    section(all, 2, this.imported.length + 1, body => {
      body.name('env')
      body.name('memory')
      for (const byte of [2, 0, 1]) body.byte(byte) // a memory of at least one page
      this.imported.forEach((signature, index) => {
        body.name('env')
        body.name(ModuleBuilder.nameOf(index))
        body.byte(0)
        body.unsigned(signature)
      })
    })
    section(all, 3, this.defined.length, body => {
      for (const signature of this.defined) body.unsigned(signature)
    })
    section(all, 7, this.exports.length, body => {
      for (const [name, index] of this.exports) {
        body.name(name)
        body.byte(0)
        body.unsigned(index)
      }
    })
    section(all, 10, this.defined.length, body => body.append(this.code))
    return all.toArray()
  }

  private signature({ parameters, results }: Signature): number {
    const encoded = new Bytes()
    encoded.byte(0x60)
    for (const types of [parameters, results]) {
      encoded.unsigned(types.length)
      for (const name of types) encoded.byte(type[name])
    }
    const key = String.fromCharCode(...encoded.toArray())
    const known = this.signatures.indexOf(key)
    return known === -1 ? this.signatures.push(key) - 1 : known
  }
}

/** A section that is a list of `count` entries. */
function section(all: Bytes, id: number, count: number, write: (body: Bytes) => void): void {
  const body = new Bytes()
  body.unsigned(count)
  write(body)
  all.byte(id)
  all.sized(body)
}
