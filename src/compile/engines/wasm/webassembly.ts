/** What is used of the global `WebAssembly`; the library is compiled for any environment, without types of one. */
interface Namespace {
  readonly Memory: new (limits: { initial: number }) => Memory
  readonly Module: new (bytes: Uint8Array) => Module
  readonly Instance: new (module: Module, imports: Imports) => Instance
  readonly compile: (bytes: Uint8Array) => Promise<Module>
}

export interface Memory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}
declare const module: unique symbol
export interface Module {
  readonly [module]: never
}
export interface Instance {
  readonly exports: Readonly<Record<string, unknown>>
}
export type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** `undefined` where there is no WebAssembly. */
export const webAssembly: Namespace | undefined = (globalThis as { WebAssembly?: Namespace }).WebAssembly
