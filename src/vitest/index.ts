/**
 * chainrule/vitest: `import 'chainrule/vitest'` in a test file or a set-up file, then `expect(f).toHaveCorrectGradients(point)`.
 * `toEqual` then compares Values as well: equal are those with the same numbers, labels and graphs.
 */

import { expect } from 'vitest'
import { type Checkable, type CheckOptions, compareGradients } from '../calculus/checkGradients.js'
import type { Tree } from '../calculus/tree.js'
import '../core/methods.js'
import { sameGraph } from './sameGraph.js'

declare module 'vitest' {
  interface Matchers<T> {
    /**
     * Passes when reverse mode agrees with differences of the function along every input; see `checkGradients`.
     *
     * @example
     * expect((w: Value, b: Value) => softplus(w.mul(2).add(b))).toHaveCorrectGradients([0.3, -1])
     */
    toHaveCorrectGradients(point: Tree<number>, options?: CheckOptions): void
  }
}

if (typeof expect.addEqualityTesters !== 'function') {
  throw new Error('chainrule/vitest: this vitest has no expect.addEqualityTesters; wanted vitest 1 or newer')
}
expect.addEqualityTesters([sameGraph])

expect.extend({
  toHaveCorrectGradients(f: Checkable, point: Tree<number>, options?: CheckOptions) {
    const report = compareGradients(f, point, options)
    return { pass: report.correct, message: () => report.toString() }
  },
})
