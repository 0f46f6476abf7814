/**
 * The plain functions of single operands, with the fewest and the most that they take: at run time nothing tells them
 * from those that take a list.
 */
export const functionOperands = {
  square: [1, 1],
  reciprocal: [1, 1],
  silu: [1, 1],
  leakyRelu: [1, 2],
  elu: [1, 2],
  logaddexp: [2, 2],
} as const
