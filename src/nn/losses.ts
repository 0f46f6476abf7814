/** Losses: plain functions over Values. The first argument is what the model says, the second what was observed. */

import { describe } from '../core/describe.js'
import { square } from '../core/functions.js'
import { add, logsumexp, mul, neg, relu, softplus, sub, sum } from '../core/primitives.js'
import { checkOperands } from '../core/refusals.js'
import type { Operand, Value } from '../core/value.js'

/**
 * (predicted - observed)^2.
 *
 * @example
 * squaredError(value(3), 1).data // 4
 */
export function squaredError(predicted: Value, observed: Operand): Value {
  return square(sub(predicted, observed))
}

/**
 * (predicted - observed)^2 / 2, whose derivative is the residual itself.
 *
 * @example
 * halvedSquaredError(value(3), 1).data // 2
 */
export function halvedSquaredError(predicted: Value, observed: Operand): Value {
  return mul(0.5, squaredError(predicted, observed))
}

/**
 * SSR, the sum of the squared residuals: Σ (predicted - observed)^2.
 *
 * @throws RangeError for lists of different lengths
 * @example
 * sumOfSquaredResiduals([value(1), value(2)], [0, 4]).data // 5
 */
export function sumOfSquaredResiduals(predicted: readonly Value[], observed: readonly Operand[]): Value {
  checkOperands('sumOfSquaredResiduals', predicted)
  checkOperands('sumOfSquaredResiduals', observed)
  if (predicted.length !== observed.length) {
    throw new RangeError(
      `sumOfSquaredResiduals: got ${predicted.length} predictions and ${observed.length} observations; ` +
        'wanted as many of each',
    )
  }
  return sum(predicted.map((p, i) => squaredError(p, observed[i]!)))
}

/**
 * The negative log-likelihood of a class that is 0 or 1 (or a probability between), given the logit of class 1:
 * -(t log p + (1 - t) log(1 - p)) with p = sigmoid(logit), exact in both tails.
 *
 * @throws RangeError for a number that is no probability, such as the class -1 of {@link hinge}
 * @example
 * binaryCrossEntropy(value(0), 1).data // 0.6931471805599453: log 2
 */
export function binaryCrossEntropy(logit: Value, target: Operand): Value {
  if (target === 1) return softplus(neg(logit))
  if (target === 0) return softplus(logit)
  if (typeof target === 'number' && !(0 < target && target < 1)) {
    throw new RangeError(
      `binaryCrossEntropy: the target is ${target}; wanted the class 0 or 1, or a probability between`,
    )
  }
  return add(mul(target, softplus(neg(logit))), mul(sub(1, target), softplus(logit)))
}

/**
 * The negative log-likelihood of class number `target`, given one logit per class: -log softmax(logits)[target].
 *
 * @throws RangeError for a class that there is no logit of; one of a distribution over classes is not taken
 * @example
 * crossEntropy(net(image), 7)
 */
export function crossEntropy(logits: readonly Value[], target: number): Value {
  checkOperands('crossEntropy', logits)
  if (logits.length === 0)
    throw new RangeError('crossEntropy: there are no logits; wanted one for each class')
  const logit = Number.isInteger(target) ? logits[target] : undefined
  if (logit === undefined) {
    throw new RangeError(
      `crossEntropy: the class is ${typeof target === 'number' ? target : describe(target)}; wanted a whole number from 0 to ${logits.length - 1}`,
    )
  }
  // Taken relative to the observed class, so that the difference of large logits is not lost in the logarithm. Its own
  // difference is the plain number 0: its slope is then minus the sum of the others, and not its probability - 1.
  return logsumexp(logits.map((other, i) => (i === target ? 0 : sub(other, logit)))) as Value
}

/**
 * max(0, 1 - label * score), for a label of -1 or 1.
 *
 * @throws RangeError for another number, such as the class 0 of {@link binaryCrossEntropy}
 * @example
 * hinge(value(0.25), 1).data // 0.75
 */
export function hinge(score: Value, label: Operand): Value {
  if (typeof label === 'number' && label !== 1 && label !== -1) {
    throw new RangeError(`hinge: the label is ${label}; wanted -1 or 1`)
  }
  return relu(sub(1, mul(label, score)))
}
