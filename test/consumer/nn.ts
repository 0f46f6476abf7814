// `chainrule/nn` alone brings the methods, in types and at run time.
import { identity, neuron } from 'chainrule/nn'

export const y: number = neuron(1, { activation: identity })([1]).square().data
