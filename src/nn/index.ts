/**
 * chainrule/nn: small neural networks as functions over Values: {@link neuron}, {@link layer}, {@link mlp}, initialisers,
 * losses, and {@link descend}, one step of gradient descent.
 */

import '../core/methods.js'

export { he, type Initialiser, normal, uniform, xavier } from './initialisers.js'
export {
  binaryCrossEntropy,
  crossEntropy,
  halvedSquaredError,
  hinge,
  squaredError,
  sumOfSquaredResiduals,
} from './losses.js'
export {
  type Activation,
  descend,
  type Initial,
  identity,
  type Layer,
  type LayerOptions,
  layer,
  mlp,
  type Network,
  type NetworkOptions,
  type Neuron,
  neuron,
} from './network.js'
