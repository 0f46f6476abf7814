// Compiled against the built package by older and newer compilers than our own: `npm run check:consumers`.
import {
  checkGradients,
  formula,
  gradient,
  mul,
  parseFormula,
  primitive,
  sum,
  type Unary,
  type Value,
  value,
} from 'chainrule'
import { identity, mlp, squaredError } from 'chainrule/nn'

const cube: Unary = primitive('cube', {
  evaluate: x => x ** 3,
  partials: [(_out, x) => mul(3, mul(x, x))],
})

const net = mlp([2, 3, 1], { activation: x => x.tanh(), output: identity })
const losses: Value[] = net([1, 2]).map(y => squaredError(cube(y), 0.5))
const loss: Value = sum(losses)
loss.backward()
export const slopes: Value[] = gradient(loss, net.parameters)
export const data: number = value(1, 'x').atan2(2).clamp(0, 1).leakyRelu().data
checkGradients((x, y) => x.mul(y), [1, 2])

// A list with some element known to be a Value gives a Value.
export const mixed: number = sum([value(1), 2]).data

// Formulas.
export const { expression, leaves } = parseFormula('y ~ w * x', { columns: ['x', 'y'], primitives: [cube] })
export const leaf: Value | undefined = leaves.w
export const fromTemplate: Value = formula`2 * ${value(1)}`
