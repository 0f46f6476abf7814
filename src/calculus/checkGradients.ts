import { describe } from '../core/describe.js'
import { topologicalOrder } from '../core/order.js'
import { norm, stopGradient } from '../core/primitives.js'
import { constant, dataOf, type Operand, Value, value } from '../core/value.js'
import { type Along, compareSlope, type Sample, type SlopeComparison } from './differences.js'
import { gradient } from './gradient.js'
import { roundingOf } from './rounding.js'
import { push } from './tangent.js'
import { flattenFor, type Tree, type TreeOf } from './tree.js'

/** A function from Values, in any arrangement, to one `Value` or number. */
export type Checkable = (...inputs: never[]) => Operand

/** What {@link checkGradients} may be told. */
export interface CheckOptions {
  /** 1 compares first derivatives; 2 compares second derivatives as well. Default 1. */
  readonly order?: 1 | 2
  /**
   * Compare along one direction drawn at random instead of along every input, which costs the same for any number of
   * inputs. The source of random numbers in [0, 1), for example a seeded one.
   */
  readonly direction?: () => number
  /** The relative difference that is allowed. Default 1e-6; see {@link checkGradients} for what it covers. */
  readonly tolerance?: number
}

/** One derivative, computed in both ways. */
export interface CheckedEntry extends SlopeComparison {
  /** Which derivative: `df/dw1`, `d2f/dw1 dw2`; along a random direction `df/dv`. */
  readonly derivative: string
}

/** What {@link checkGradients} found. */
export interface CheckReport {
  /** Whether every entry is. */
  readonly correct: boolean
  /** One for each derivative that was compared. */
  readonly entries: readonly CheckedEntry[]
  /** The entry with the largest error for what it was allowed. */
  readonly worst: CheckedEntry
  /** The entries at a kink, where any value between the one-sided slopes was accepted. */
  readonly kinks: readonly CheckedEntry[]
  /** The report in words. */
  toString(): string
}

/** Thrown by {@link checkGradients} when a derivative is wrong; carries the whole report. */
export class GradientCheckError extends Error {
  override readonly name = 'GradientCheckError'
  readonly report: CheckReport
  constructor(report: CheckReport) {
    super(report.toString())
    this.report = report
  }
}

/**
 * Checks derivatives against differences of the function itself: reverse mode against central differences, along
 * every input. Throws a {@link GradientCheckError} that names the worst derivative with both numbers, and returns the
 * report when all are right.
 *
 * The function is recorded anew at every point. A function of one parameter gets the point in its own shape: a number,
 * an array, an object of them. A function of several parameters, or of a rest parameter, gets the elements of an array
 * one each.
 *
 * Steps, tolerance and kinks are argued for at {@link SlopeComparison}. In short: the allowed difference is
 * `tolerance` times the derivative, plus the rounding noise of the difference itself; at a kink any value between the
 * one-sided slopes is accepted, and the report says so.
 *
 * @param f a function from Values to a `Value`
 * @param point where to check: numbers in the shape f takes
 * @throws GradientCheckError with the report, when a derivative is wrong
 * @example
 * checkGradients((w, b) => softplus(w.mul(2).add(b)), [0.3, -1])
 * checkGradients(({ w, b }) => dot(w, [1, 2]).add(b).tanh(), { w: [0.1, 0.2], b: 0 }, { order: 2 })
 */
export function checkGradients<const P extends readonly [unknown, unknown, ...unknown[]]>(
  f: (...inputs: { [K in keyof P]: TreeOf<P[K], Value> }) => Operand,
  point: P,
  options?: CheckOptions,
): CheckReport
export function checkGradients<const P extends Tree<number>>(
  f: (input: TreeOf<P, Value>) => Operand,
  point: P,
  options?: CheckOptions,
): CheckReport
export function checkGradients(f: Checkable, point: Tree<number>, options: CheckOptions = {}): CheckReport {
  const report = compareGradients(f, point, options)
  if (!report.correct) throw new GradientCheckError(report)
  return report
}

/** The comparison behind {@link checkGradients}, which returns the report of a wrong derivative too. */
export function compareGradients(f: Checkable, point: Tree<number>, options: CheckOptions = {}): CheckReport {
  const { order = 1, direction, tolerance = 1e-6 } = options
  if (order !== 1 && order !== 2) {
    throw new RangeError(`checkGradients: the order is ${describe(order)}; wanted 1 or 2`)
  }
  if (typeof tolerance !== 'number' || !(tolerance >= 0)) {
    throw new RangeError(`checkGradients: the tolerance is ${describe(tolerance)}; wanted a number from 0`)
  }
  if (direction !== undefined && typeof direction !== 'function') {
    throw new TypeError(
      `checkGradients: direction is ${describe(direction)}; wanted a source of random numbers in [0, 1)`,
    )
  }
  const { start, names, record } = recorder(f, point)
  const here = record(start)
  if (!Number.isFinite(here.data)) {
    throw new RangeError(
      `checkGradients: the function is ${here.data} at the point; wanted a finite value there`,
    )
  }
  const lines = direction === undefined ? axes(names) : [randomLine(names.length, direction)]
  const slopes = gradientOf(here)
  checkSweeps(here, slopes, names)
  const entries = lines.map(line =>
    compare(`df/d${line.name}`, here.output, slopes, line, here.inputs, tolerance, at => {
      const { data, output } = record(at)
      return { value: data, selections: selectionsOf(output) }
    }),
  )
  if (order === 2) {
    for (const [i, slope] of slopes.entries()) {
      const row = gradient(slope, here.inputs)
      for (const line of lines) {
        const name = `d2f/d${names[i]} d${line.name}`
        entries.push(
          compare(name, slope, row, line, here.inputs, tolerance, at => {
            const recording = record(at)
            return { value: gradientOf(recording)[i]!.data, selections: selectionsOf(recording.output) }
          }),
        )
      }
    }
  }
  return reportOf(entries)
}

interface Recording {
  readonly inputs: readonly Value[]
  readonly output: Value
  readonly data: number
}

/** Checks the arguments and returns how to record the function at any point. */
function recorder(f: Checkable, point: Tree<number>) {
  if (typeof f !== 'function') {
    throw new TypeError(`checkGradients: got ${describe(f)}; wanted a function from Values to a Value`)
  }
  const { leaves, paths, unflatten } = flattenFor('checkGradients', 'the point', point)
  const start = leaves as readonly number[]
  const names = paths.map(path => (path === '' ? 'x' : path.startsWith('[') ? `x${path}` : path))
  for (const [i, x] of start.entries()) {
    if (typeof x === 'number' && Number.isFinite(x)) continue
    throw new RangeError(`checkGradients: ${names[i]} is ${describe(x)}; wanted a finite number`)
  }
  if (start.length === 0)
    throw new RangeError('checkGradients: the point is empty; wanted at least one number')

  const record = (at: readonly number[]): Recording => {
    const inputs = at.map((x, i) => value(x, names[i]))
    const tree: unknown = unflatten(inputs)
    const given: unknown[] = Array.isArray(tree) && f.length !== 1 ? tree : [tree]
    const output: unknown = f(...(given as never[]))
    if (typeof output === 'number') return { inputs, output: constant(output), data: output }
    if (output instanceof Value) return { inputs, output, data: output.data }
    throw new TypeError(
      `checkGradients: the function returned ${describe(output)}; wanted a Value or a number`,
    )
  }
  return { start, names, record }
}

function gradientOf({ output, inputs }: Recording): Value[] {
  return gradient(output, inputs)
}

/** A rule runs on numbers in `backward()` and on Values in `gradient()`: both must come to the same. */
function checkSweeps(
  { output, inputs }: Recording,
  slopes: readonly Value[],
  names: readonly string[],
): void {
  // A function may use Values of the user, whose `grad` is not ours to add to.
  const nodes = topologicalOrder(output)
  const held = nodes.map(({ grad }) => grad)
  output.backward()
  const found = inputs.map(({ grad }) => grad)
  nodes.forEach((node, n) => {
    node.grad = held[n]!
  })
  for (const [i, { data }] of slopes.entries()) {
    const grad = found[i]!
    // `grad` accumulates from +0, so only the sign of a zero may differ.
    if (grad === data || (Number.isNaN(grad) && Number.isNaN(data))) continue
    throw new Error(
      `checkGradients: df/d${names[i]} is ${grad} by backward() and ${data} by gradient(); ` +
        'a rule must give the same for numbers as for Values',
    )
  }
}

/** A straight line through the point: an axis, or a random direction, by its component along each input. */
interface Line {
  readonly name: string
  readonly component: (i: number) => number
}

function axes(names: readonly string[]): Line[] {
  return names.map((name, i) => ({ name, component: j => (i === j ? 1 : 0) }))
}

function randomLine(dimensions: number, random: () => number): Line {
  const drawn = Array.from({ length: dimensions }, () => 2 * random() - 1)
  const length = norm(drawn)
  if (!(length > 0)) {
    throw new RangeError('checkGradients: direction drew no direction; wanted random numbers in [0, 1)')
  }
  return { name: 'v', component: i => drawn[i]! / length }
}

function along(line: Line, slopes: readonly Value[]): number {
  return slopes.reduce((total, { data }, i) => {
    const v = line.component(i)
    return v === 0 ? total : total + v * data
  }, 0)
}

/** The derivatives `slopes` of `output` along a line, against differences of what `sample` says at other points. */
function compare(
  derivative: string,
  output: Value,
  slopes: readonly Value[],
  line: Line,
  inputs: readonly Value[],
  tolerance: number,
  sample: (at: readonly number[]) => Sample,
): CheckedEntry {
  const nodes = topologicalOrder(output)
  const rates = inputs.map((_, i) => line.component(i))
  const rateOf = push(nodes, inputs, rates)
  const known: Along = {
    scale: inputs.reduce((most, { data }, i) => Math.max(most, Math.abs(data * rates[i]!)), 0),
    rounding: roundingOf(nodes, output, inputs),
    steepest: nodes.reduce((most, node) => largerOf(most, Math.abs(dataOf(rateOf(node)))), 0),
    roundingOfReverse: () =>
      slopes.reduce((total, slope, i) => {
        const rate = Math.abs(rates[i]!)
        return rate === 0 ? total : total + rate * roundingOf(topologicalOrder(slope), slope, inputs)
      }, 0),
  }
  const onLine = (t: number): Sample => sample(inputs.map(({ data }, i) => data + t * rates[i]!))
  return { derivative, ...compareSlope(onLine, along(line, slopes), known, tolerance) }
}

/** The larger number; what is not finite does not count. */
function largerOf(x: number, y: number): number {
  return Number.isFinite(y) && y > x ? y : x
}

/**
 * Which way every selection went, and the shape of the graph itself, as one text: two points on the same smooth piece
 * of a function have the same text. A selection shows in what is taken, in the signs of its slopes (`abs` takes its
 * operand on both sides), and in the value of a step such as `floor` or `gt`.
 */
function selectionsOf(output: Value): string {
  const parts: (string | number)[] = []
  for (const node of topologicalOrder(output)) {
    const { primitive } = node
    if (primitive === null) continue
    parts.push(primitive.name)
    if (primitive.taken !== undefined) {
      const operands = node.inputs.map(dataOf)
      for (const [i, taken] of primitive.taken.entries()) {
        parts.push(taken === 1 || taken(node.data, ...operands) ? 1 : 0)
        parts.push(Math.sign(primitive.partial(i, node.data, operands) as number))
      }
    } else if (primitive.partials.length > 0 && primitive.partials.every(partial => partial === 0)) {
      if (primitive !== stopGradient) parts.push(node.data)
    }
  }
  return parts.join(' ')
}

function reportOf(entries: readonly CheckedEntry[]): CheckReport {
  const badness = ({ error, allowed, checked, correct }: CheckedEntry): number => {
    if (correct) return error === 0 ? 0 : error / allowed
    return checked ? 2 + error / allowed : 2
  }
  const worst = entries.reduce((a, b) => (badness(b) > badness(a) ? b : a))
  const wrong = entries.filter(entry => !entry.correct)
  const kinks = entries.filter(entry => entry.kink !== undefined)
  const verdict =
    wrong.length === 0
      ? entries.length === 1
        ? 'the derivative agrees'
        : `all ${entries.length} derivatives agree`
      : wrong.some(entry => entry.checked)
        ? `${wrong.length} of ${entries.length} derivatives are wrong`
        : `${wrong.length} of ${entries.length} derivatives cannot be checked here: rounding or the end of the domain hides them`
  const lines = [`${verdict}; ${entries.length === 1 ? '' : 'the worst is '}${inWords(worst)}`]
  for (const entry of wrong.filter(entry => entry !== worst).slice(0, 9))
    lines.push(`  also ${inWords(entry)}`)
  if (wrong.length > 10) lines.push(`  and ${wrong.length - 10} more`)
  for (const { derivative, kink } of kinks.slice(0, 10)) {
    lines.push(
      `  kink at ${derivative}: any value from ${kink!.left} (left slope) to ${kink!.right} (right slope) is accepted`,
    )
  }
  const text = lines.join('\n')
  return { correct: wrong.length === 0, entries, worst, kinks, toString: () => text }
}

function inWords({ derivative, reverse, difference, error, allowed }: CheckedEntry): string {
  return (
    `${derivative}: reverse mode gives ${reverse}, differences give ${difference} ` +
    `(error ${error.toPrecision(3)}, allowed ${allowed.toPrecision(3)})`
  )
}
