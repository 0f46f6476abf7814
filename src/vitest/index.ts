/**
 * A vitest matcher: `import 'chainrule/vitest'` in a test file or a set-up file, then
 * `expect(f).toHaveCorrectGradients(point)`.
 */

import { expect } from 'vitest'
import { type Checkable, type CheckOptions, compareGradients } from '../calculus/checkGradients.js'
import type { Tree } from '../calculus/tree.js'

interface GradientMatchers<R> {
  /**
   * Passes when reverse mode agrees with differences of the function along every input; see `checkGradients`.
   *
   * @example
   * expect((w, b) => softplus(w.mul(2).add(b))).toHaveCorrectGradients([0.3, -1])
   */
  toHaveCorrectGradients(point: Tree<number>, options?: CheckOptions): R
}

declare module 'vitest' {
  interface Assertion<T> extends GradientMatchers<T> {}
  interface AsymmetricMatchersContaining extends GradientMatchers<unknown> {}
}

expect.extend({
  toHaveCorrectGradients(f: Checkable, point: Tree<number>, options?: CheckOptions) {
    const report = compareGradients(f, point, options)
    return { pass: report.correct, message: () => report.toString() }
  },
})
