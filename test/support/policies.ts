/** What a page does under a content security policy: it compiles programs for every engine that it may use. */

import { compile, compileAsync } from '../../src/compile/index.js'
import { column, dot, gradient, type Value, value } from '../../src/index.js'

export interface Report {
  /** The engine that `auto` takes. */
  readonly auto: string
  /** The bits of all results, by engine; an error's message where the engine may not run. */
  readonly engines: Readonly<Record<string, string>>
}

const ENGINES = ['auto', 'wasm', 'javascript', 'interpreter'] as const

export async function report(): Promise<Report> {
  const { weights, loss } = model()
  const outputs = [loss, ...gradient(loss, weights)]
  const engines: Record<string, string> = {}
  let auto = ''
  for (const engine of ENGINES) {
    try {
      const options = { inputs: weights, reduce: 'sum', engine } as const
      const programs = [compile(outputs, options), await compileAsync(outputs, options)]
      if (engine === 'auto') auto = programs[0]!.engine
      const found = programs.map(program => bitsOf(program.bind(data()).run(weights.map(({ data }) => data))))
      engines[engine] = found[0] === found[1] ? found[0]! : `${found.join(' but asynchronously ')}`
    } catch (error) {
      engines[engine] = String(error)
    }
  }
  return { auto, engines }
}

/** Elementary functions, ordinary and called ones, at ordinary and at rare operands. */
function model(): { readonly weights: Value[]; readonly loss: Value } {
  const weights = [0.3, -1.2, 0.7, 40].map((weight, i) => value(weight, `w${i}`))
  const [x, y] = [column('x'), column('y')]
  const hidden = dot(weights.slice(0, 2), [x, y]).add(weights[2]!)
  const all = [
    hidden.sigmoid(),
    hidden.softplus(),
    hidden.mul(weights[3]!).exp().add(1).log(),
    y.sin(),
    x.atan(),
  ]
  return {
    weights,
    loss: all
      .reduce((a, b) => a.add(b))
      .tanh()
      .square(),
  }
}

function data() {
  const xs = Array.from({ length: 1043 }, (_, i) => (i - 500) / 77)
  return { x: xs, y: xs.map(x => (x === 0 ? 1e9 : 1 / x)) }
}

function bitsOf(numbers: Float64Array): string {
  return Array.from(new BigUint64Array(numbers.buffer), bits => bits.toString(16)).join(' ')
}
