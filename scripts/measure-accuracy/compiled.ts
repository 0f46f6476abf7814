import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = join(tmpdir(), `chainrule-reference-${process.pid}`)

export function compileReference(): void {
  const source = fileURLToPath(new URL('reference.c', import.meta.url))
  execFileSync('cc', ['-O2', source, '-o', program, '-lquadmath', '-lm'])
}

/** Runs the reference on records of x, y and the result to judge. */
export function reference(records: Float64Array, ...args: string[]): Float64Array {
  const output = execFileSync(program, args, { input: new Uint8Array(records.buffer), maxBuffer: 2 ** 30 })
  return new Float64Array(output.buffer.slice(output.byteOffset, output.byteOffset + output.byteLength))
}
