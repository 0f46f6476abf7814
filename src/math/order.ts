import { type Condition, conjuncts, type Double, type Integer, type Step } from './steps.js'

/** A description of a function: its parameters, the results, and when the steps apply. */
export interface Outline {
  readonly parameters: readonly (Double | Integer)[]
  /** The first is the value of the function; the others are what a part hands over beside it. */
  readonly results: readonly Step[]
  /** Where this does not hold, the answer is that of the function's `rare` companion. */
  readonly usual: Condition | undefined
}

/** A step whose operands are places in the list that it stands in. */
export interface OrderedStep {
  readonly step: Step
  readonly operands: readonly number[]
}

export interface Ordered {
  readonly steps: readonly OrderedStep[]
  readonly results: readonly number[]
  /** The conditions that must all hold, each placed as early as possible. */
  readonly usual: readonly number[]
}

/** The steps of an outline, each different one once, every operand before its users. */
export function order(outline: Outline): Ordered {
  const steps: OrderedStep[] = []
  const places = new Map<string, number>()
  const visited = new Map<Step, number>()

  function place(step: Step): number {
    const known = visited.get(step)
    if (known !== undefined) return known
    const operands = step.operands.map(place)
    const key = identity(step, operands)
    let index = places.get(key)
    if (index === undefined) {
      index = steps.length
      steps.push({ step, operands })
      places.set(key, index)
    } else if (step.label !== '' && steps[index]!.step.label === '') {
      steps[index] = { step, operands }
    }
    visited.set(step, index)
    return index
  }

  for (const parameter of outline.parameters) place(parameter)
  const usual = outline.usual === undefined ? [] : conjuncts(outline.usual).map(place)
  const results = outline.results.map(place)
  return { steps, results, usual }
}

function identity(
  { kind, operation, value, label, table, extra }: Step,
  operands: readonly number[],
): string {
  const payload = Object.is(value, -0) ? '-0' : String(value)
  return [
    kind,
    operation,
    payload,
    extra,
    table?.name,
    operation === 'parameter' ? label : '',
    ...operands,
  ].join()
}
