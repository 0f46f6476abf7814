/**
 * What derivatives cost, compiled: the gradient in times of the loss, the Hessian-vector product in times of the gradient,
 * and the sparse Hessian of a chained Rosenbrock function in times of code by hand. Ratios within one run.
 */

import { gradient, tangent, type Value, value } from 'chainrule'
import { compile, sparseHessian } from 'chainrule/compile'
import * as compiled from './implementations/compiled.js'
import { chainedHessianByHand } from './implementations/hand.js'
import { paired, QUICK, sunk, THOROUGH } from './paired.js'
import { dosage, network, twoTwoTwo, twoTwoTwoData } from './problems.js'
import { conditions, type DerivativesResult, quick, rounded, save } from './results.js'

const options = quick ? QUICK : { ...THOROUGH, rounds: 40 }
const engines = compiled.engineNames()

const workloads: Readonly<Record<string, compiled.Model>> = {
  '2-2-2 network, one row': compiled.twoTwoTwoOneRow(twoTwoTwo),
  'dosage SSR, 3 points': compiled.dosageThreePoints(dosage),
  '2-2-2 network, 1,000 rows': compiled.twoTwoTwoRows(twoTwoTwo, twoTwoTwoData(1000)),
  '2-16-16-1 tanh network, 100 rows': compiled.networkModel(network('tanh')),
  '2-16-16-1 relu network, 100 rows': compiled.networkModel(network('relu')),
}

/** A call of the compiled outputs over the data of the model. */
function runOf(
  outputs: Value[],
  inputs: Value[],
  { data }: compiled.Model,
  engine: compiled.Engine,
): () => number {
  const f = compile(outputs, { inputs, engine, reduce: 'sum' })
  const at = Float64Array.from(inputs, ({ data }) => data)
  const out = new Float64Array(outputs.length)
  const run = data === undefined ? f.run.bind(f) : pick(f, data)
  return () => run(at, out)[0]!
}

/** Derivatives may have lost columns that they do not depend on. */
function pick(f: ReturnType<typeof compile>, data: compiled.Rows): (typeof f)['run'] {
  const { columns } = f.program
  const bound = f.bind(Object.fromEntries(columns.map(label => [label, data[label]!])))
  return (inputs, out) => bound.run(inputs, out)
}

const costs: DerivativesResult['costs'][number][] = []
for (const [title, model] of Object.entries(workloads)) {
  const { loss } = model
  const xs = [...model.parameters]
  const slopes = gradient(loss, xs)
  const direction = xs.map((_, i) => value(Math.cos(i)))
  const products = slopes.map(slope => tangent(slope, xs, direction))
  for (const engine of engines) {
    const result = paired(
      {
        loss: runOf([loss], xs, model, engine),
        gradient: runOf([loss, ...slopes], xs, model, engine),
        product: runOf(products, [...xs, ...direction], model, engine),
      },
      options,
    )
    const cost = {
      title,
      engine,
      gradientToLoss: rounded(result.ratio('gradient', 'loss')),
      productToGradient: rounded(result.ratio('product', 'gradient')),
      control: rounded(result.control),
    }
    costs.push(cost)
    console.log(JSON.stringify(cost))
  }
}

const sparse: DerivativesResult['sparse'][number][] = []
for (const variables of quick ? [100, 1000] : [100, 1000, 10_000]) {
  const xs = Array.from({ length: variables }, (_, i) => value(Math.sin(i)))
  const terms = xs.slice(1).map((x, i) => {
    const before = xs[i]!
    return x.sub(before.square()).square().mul(100).add(before.mul(-1).add(1).square())
  })
  const f = terms.reduce((total, term) => total.add(term))
  const point = Float64Array.from(xs, ({ data }) => data)
  const byHand = new Float64Array(3 * variables - 2)
  const made = engines.map(engine => [engine, sparseHessian(f, { inputs: xs, engine })] as const)
  const out = new Float64Array(byHand.length)
  chainedHessianByHand(point, byHand)
  for (const [engine, hessian] of made) {
    hessian.run(point, out)
    const error = out.reduce((most, x, k) => Math.max(most, Math.abs(x - byHand[k]!)), 0)
    // Terms up to 1,800, rounded in another order.
    if (!(error < 1e-11))
      throw new Error(`${variables} variables on ${engine}: the entries differ by ${error}`)
  }
  const ways = Object.fromEntries(
    made.map(([engine, hessian]) => [engine as string, () => hessian.run(point, out)[0]!]),
  )
  const hand = (): number => chainedHessianByHand(point, byHand)[0]!
  const result = paired<string>({ hand, ...ways }, options)
  const ratios = Object.fromEntries(engines.map(engine => [engine, rounded(result.ratio(engine, 'hand'))]))
  const auto = sparseHessian(f, { inputs: xs }).engine
  const microseconds = rounded(result.microseconds('hand'))
  sparse.push({ variables, microseconds, ratios, auto, control: rounded(result.control) })
  console.log(JSON.stringify(sparse.at(-1)))
}
save('derivatives', { conditions: conditions(), costs, sparse })
console.log(`(sink ${sunk()})`)
