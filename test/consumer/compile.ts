// The types of chainrule/compile as a user meets them.
import { column, value } from 'chainrule'
import { type Compiled, compile, compileAsync, objective } from 'chainrule/compile'

const w = value(1, 'w')
const layer = { weights: [w], bias: value(0, 'b') }
const loss = w.mul(column('x')).add(layer.bias).square()

const compiled: Compiled = compile(
  { loss, also: [w.exp()] },
  { inputs: layer, reduce: 'sum', engine: 'auto' },
)
const sums: Float64Array = compiled.bind({ x: [1, 2, 3] }).run([1, 2], new Float64Array(2), 0, 2)
const later: Promise<Compiled> = compileAsync(loss, { inputs: [w, layer.bias] })
const evaluate = objective(loss, { parameters: layer }).bind({ x: Float32Array.of(1, 2) })
const number: number = evaluate([1, 2], new Float64Array(2))
const text: string = compiled.toModule({ primitives: './mine.js' }) + String(compiled.program)

// @ts-expect-error an engine that there is not
compile(loss, { inputs: [], engine: 'gpu' })

export { later, number, sums, text }
