/**
 * chainrule/compile: recorded graphs as functions of numbers. {@link compile} takes any outputs, {@link objective} a loss and
 * adds its gradient; {@link sparseJacobian} and {@link sparseHessian} compute the entries that can differ from 0.
 */

export type { ColumnData } from './columns.js'
export {
  type Bound,
  type Compiled,
  type CompileOptions,
  compile,
  compileAsync,
  type ListedProgram,
} from './compile.js'
export type { EngineName } from './engines/engine.js'
export type { ModuleOptions } from './engines/javascript/module.js'
export type { NotFiniteInstruction } from './findNaN.js'
export { type BoundObjective, type Objective, type ObjectiveOptions, objective } from './objective.js'
export type {
  ColumnOperation,
  ConstantOperation,
  HostOperation,
  InputOperation,
  Instruction,
  Operation,
  PrimitiveOperation,
  Program,
  RescueOperation,
  StepOperation,
} from './program/program.js'
export type { Pattern } from './sparse/pattern.js'
export { type SparseMatrix, sparseHessian, sparseJacobian } from './sparse/sparse.js'
