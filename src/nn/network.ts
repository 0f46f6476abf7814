import { describe } from '../core/describe.js'
import { add, dot } from '../core/primitives.js'
import { checkValues } from '../core/refusals.js'
import { type Operand, Value, value } from '../core/value.js'
import { seeded } from '../random/seeded.js'
import { type Initialiser, xavier } from './initialisers.js'

/** What a neuron does with its weighted sum: a primitive such as `tanh`, or any function of one `Value`. */
export type Activation = (x: Value) => Value

/**
 * The activation that does nothing, for a linear layer.
 *
 * @example
 * mlp([2, 16, 1], { activation: tanh, output: identity })
 */
export const identity: Activation = x => x

/** How weights are drawn. Biases start at 0. */
export interface Initial {
  /** Default: {@link xavier}. */
  readonly weights?: Initialiser
  /** A source of uniform numbers in [0, 1). Default: seedrandom with `seed`. */
  readonly random?: () => number
  /** Default: 'chainrule', so that the same program gives the same network. */
  readonly seed?: string | number
}

/** activation(w · inputs + b). Call it with the inputs. */
export interface Neuron {
  (inputs: readonly Operand[]): Value
  /** In the order of the inputs. */
  readonly weights: readonly Value[]
  /** What is added to the weighted sum. */
  readonly bias: Value
  /** The weights in the order of the inputs, then the bias. */
  readonly parameters: readonly Value[]
}

/** Neurons side by side. Call it with the inputs; it returns one Value per neuron. */
export interface Layer {
  (inputs: readonly Operand[]): Value[]
  /** In the order of what the layer returns. */
  readonly neurons: readonly Neuron[]
  /** Neuron by neuron. */
  readonly parameters: readonly Value[]
}

/** A multilayer perceptron: layers one after another. Call it with the inputs of the first layer. */
export interface Network {
  (inputs: readonly Operand[]): Value[]
  /** From the inputs to the output. */
  readonly layers: readonly Layer[]
  /** Layer by layer, neuron by neuron: its weights in the order of the inputs, then its bias. */
  readonly parameters: readonly Value[]
}

/** Options of a single neuron or layer. */
export interface LayerOptions extends Initial {
  /** What each neuron does with its weighted sum. */
  readonly activation: Activation
  /** Prefix of the labels: `layer1` gives `layer1/neuron2/w3`. Default: none. */
  readonly label?: string
}

/** Options of a network. */
export interface NetworkOptions extends Initial {
  /** The activation of every layer but the last. */
  readonly activation: Activation
  /** The activation of the last layer: `identity` for a regression or for logits. */
  readonly output: Activation
}

/**
 * A neuron over `inputs` inputs. Its parameters are labelled `w1` … `wn` and `b`, after the given label.
 *
 * @example
 * const unit = neuron(2, { activation: sigmoid, seed: 1 })
 * unit([0.05, 0.1]).backward()
 */
export function neuron(inputs: number, options: LayerOptions): Neuron {
  wantCount('neuron', 'inputs', inputs)
  wantActivation('neuron', 'activation', options?.activation)
  return makeNeuron(inputs, 1, { ...options, random: randomOf(options) })
}

/**
 * `neurons` neurons over the same `inputs` inputs, labelled `neuron1/w1` and so on.
 *
 * @example
 * const hidden = layer(2, 3, { activation: tanh, label: 'hidden' })
 * hidden([0.5, -1]).length // 3
 * hidden.parameters[0]!.label // 'hidden/neuron1/w1'
 */
export function layer(inputs: number, neurons: number, options: LayerOptions): Layer {
  wantCount('layer', 'inputs', inputs)
  wantCount('layer', 'neurons', neurons)
  wantActivation('layer', 'activation', options?.activation)
  const drawn = { ...options, random: randomOf(options) }
  const units = Array.from({ length: neurons }, (_, i) =>
    makeNeuron(inputs, neurons, { ...drawn, label: join(options.label, `neuron${i + 1}`) }),
  )
  return Object.assign((xs: readonly Operand[]) => units.map(unit => unit(xs)), {
    neurons: units,
    parameters: units.flatMap(unit => unit.parameters),
  })
}

/**
 * A multilayer perceptron with `sizes[0]` inputs and layers of `sizes[1]`, `sizes[2]`, … neurons, whose parameters are
 * labelled `layer1/neuron2/w3`.
 *
 * @example
 * const net = mlp([2, 16, 16, 1], { activation: tanh, output: identity, seed: 'moons' })
 * const [score] = net([0.5, -1])
 */
export function mlp(sizes: readonly number[], options: NetworkOptions): Network {
  if (!Array.isArray(sizes) || sizes.length < 2) {
    throw new RangeError(
      `mlp: the sizes are ${describe(sizes)}; wanted the number of inputs and at least one layer, such as [2, 16, 1]`,
    )
  }
  wantActivation('mlp', 'activation', options?.activation)
  wantActivation('mlp', 'output', options?.output)
  const random = randomOf(options)
  const last = sizes.length - 2
  const layers = sizes.slice(1).map((neurons, i) =>
    layer(sizes[i]!, neurons, {
      ...options,
      random,
      activation: i === last ? options.output : options.activation,
      label: `layer${i + 1}`,
    }),
  )
  const run = (inputs: readonly Operand[]): Value[] =>
    layers.reduce((xs: readonly Operand[], next) => next(xs), inputs) as Value[]
  return Object.assign(run, { layers, parameters: layers.flatMap(({ parameters }) => parameters) })
}

/**
 * One step of gradient descent: every parameter's data goes down by `rate` times its gradient. Call it after
 * `backward()`, and `zeroGrad(parameters)` before the next one.
 *
 * @param parameters leaves that gather gradients, such as those made with `value`
 * @param rate the learning rate, a finite number from 0
 * @example
 * loss.backward()
 * descend(net.parameters, 0.1)
 * zeroGrad(net.parameters)
 */
export function descend(parameters: Iterable<Value>, rate: number): void {
  if (typeof rate !== 'number' || !(rate >= 0 && rate < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`descend: the rate is ${describe(rate)}; wanted a finite number from 0, such as 0.1`)
  }
  const leaves = checkValues('descend', parameters)
  const wrong = leaves.findIndex(({ kind }) => kind === 'result' || kind === 'constant')
  if (wrong >= 0) {
    const what = leaves[wrong]!.kind === 'result' ? 'the result of a primitive' : 'a constant'
    throw new TypeError(`descend: element ${wrong + 1} is ${what}; wanted leaves made with value()`)
  }
  for (const leaf of leaves) leaf.data -= rate * leaf.grad
}

function makeNeuron(
  inputs: number,
  fanOut: number,
  options: LayerOptions & { random: () => number },
): Neuron {
  const { activation, label, random, weights: initial = xavier() } = options
  const weights = Array.from({ length: inputs }, (_, i) => {
    const drawn = initial(random, inputs, fanOut)
    const name = join(label, `w${i + 1}`)
    if (Number.isFinite(drawn)) return value(drawn, name)
    throw new RangeError(
      `${name}: the initialiser gave ${describe(drawn)}; wanted a finite number (${
        typeof drawn === 'function'
          ? 'write xavier(), with brackets'
          : 'is the source of random numbers in [0, 1)?'
      })`,
    )
  })
  const bias = value(0, join(label, 'b'))
  const run = (xs: readonly Operand[]): Value => {
    const name = label ?? 'neuron'
    if (!Array.isArray(xs) || xs.length !== inputs) {
      const got = Array.isArray(xs) ? `${xs.length} inputs` : describe(xs)
      throw new RangeError(`${name}: got ${got}; wanted ${inputs}, in an array`)
    }
    const out = activation(add(dot(weights, xs), bias))
    if (out instanceof Value) return out
    throw new TypeError(`${name}: the activation returned ${describe(out)}; wanted a Value`)
  }
  return Object.assign(run, { weights, bias, parameters: [...weights, bias] })
}

function randomOf({ random, seed = 'chainrule' }: Initial): () => number {
  if (random !== undefined && typeof random !== 'function') {
    throw new TypeError(`the option random is ${describe(random)}; wanted a function such as Math.random`)
  }
  if (typeof seed !== 'string' && typeof seed !== 'number') {
    throw new TypeError(`the option seed is ${describe(seed)}; wanted a text or a number`)
  }
  return random ?? seeded(seed)
}

function join(prefix: string | undefined, name: string): string {
  return prefix === undefined ? name : `${prefix}/${name}`
}

function wantActivation(caller: string, option: string, activation: unknown): void {
  if (typeof activation === 'function') return
  throw new TypeError(
    `${caller}: the option ${option} is ${describe(activation)}; wanted a function such as tanh or identity`,
  )
}

function wantCount(caller: string, what: string, count: number): void {
  if (Number.isInteger(count) && count > 0) return
  throw new RangeError(
    `${caller}: the number of ${what} is ${typeof count === 'number' ? count : describe(count)}; wanted a whole number from 1`,
  )
}
