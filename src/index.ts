/**
 * chainrule: scalar automatic differentiation. Expressions over {@link Value}, exact gradients of any order.
 *
 * Models are written with the primitives or as a {@link formula}; derivatives are numbers by `backward()`, graphs by
 * {@link gradient}, functions by {@link grad}. What is made of graphs has entry points of its own: chainrule/compile,
 * chainrule/fit, chainrule/nn, chainrule/view, chainrule/sql, chainrule/vitest.
 *
 * @example
 * const w = value(0.5, 'w')
 * const loss = w.mul(3).sub(1).sigmoid().sub(1).square()
 * loss.backward()
 * w.grad // -0.5323407520478213
 */

import './core/methods.js'

export * from './mini.js'
