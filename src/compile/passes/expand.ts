import type { Primitive } from '../../core/value.js'
import type { Definition } from '../../math/definition.js'
import { definitions } from '../../math/definitions/index.js'
import * as functions from '../../math/index.js'
import { type Callee, conjuncts, type Double, parameter, type Step } from '../../math/steps.js'
import { stepsOf } from '../generated/steps.js'
import type { HostOperation, Operation, Program, RescueOperation, StepOperation } from '../program/program.js'
import { movedTo, prune } from './prune.js'
import { SimplifyingBuilder } from './simplify.js'

/**
 * A program over primitives as one over IEEE steps and calls, simplified on the way. A primitive says its steps itself; what
 * they call, and a primitive that says none, is a call.
 */
export function expand(program: Program): Program {
  const templates = new Templates(false)
  return rewritten(program, (builder, operation, given) =>
    operation.kind === 'primitive'
      ? instantiate(builder, templates.of(operation.primitive, given.length), given)
      : undefined,
  )
}

/** The same with the calls of elementary functions written out, which several functions of one operand share. */
export function inline(program: Program): Program {
  const templates = new Templates(true)
  return rewritten(program, (builder, operation, given) => {
    if (operation.kind !== 'host') return undefined
    const callee = templates.callOf(operation.evaluate, operation.name, operation.isOfList)
    return callee.kind === 'inlined' ? writeOut(builder, callee, given) : undefined
  })
}

type Rewrite = (
  builder: SimplifyingBuilder,
  operation: Operation,
  given: readonly number[],
) => number | undefined

function rewritten(program: Program, rewrite: Rewrite): Program {
  const builder = new SimplifyingBuilder()
  const { instructions } = program
  const places = new Int32Array(instructions.length)
  for (let place = 0; place < instructions.length; place++) {
    const { operation, operands, label } = instructions[place]!
    const given = movedTo(operands, places)
    places[place] = rewrite(builder, operation, given) ?? builder.place(operation, given)
    builder.name(places[place]!, label)
  }
  return prune({
    ...program,
    instructions: builder.instructions,
    outputs: program.outputs.map(place => places[place]!),
  })
}

/** Steps in order; operands are numbers of entries, of which the first are the parameters. */
interface Template {
  readonly parameters: number
  readonly entries: readonly Entry[]
  readonly result: number
  /** Whether that is all: one entry, of the parameters in their order. */
  readonly isOneStep: boolean
}

interface Entry {
  readonly operation: Operation | Inlined
  readonly operands: readonly number[]
}

/** A function that is written out: its steps, and where they do not apply, itself. */
interface Inlined {
  readonly kind: 'inlined'
  readonly template: Template
  /** Entries of the template that must hold for its result to count. */
  readonly conditions: readonly number[]
  readonly rescue: RescueOperation
}

function instantiate(builder: SimplifyingBuilder, template: Template, given: readonly number[]): number {
  const [only] = template.entries
  // Most primitives are one step of their operands: nothing is copied for them.
  if (only !== undefined && only.operation.kind !== 'inlined' && template.isOneStep) {
    return builder.place(only.operation, given)
  }
  return placesOf(builder, template, given)[template.result]!
}

function placesOf(builder: SimplifyingBuilder, { entries }: Template, given: readonly number[]): number[] {
  const places = [...given]
  for (const { operation, operands } of entries) {
    const placed = operands.map(entry => places[entry]!)
    places.push(
      operation.kind === 'inlined' ? writeOut(builder, operation, placed) : builder.place(operation, placed),
    )
  }
  return places
}

function writeOut(
  builder: SimplifyingBuilder,
  { template, conditions, rescue }: Inlined,
  given: readonly number[],
): number {
  const places = placesOf(builder, template, given)
  return builder.place(rescue, [
    places[template.result]!,
    ...given,
    ...conditions.map(entry => places[entry]!),
  ])
}

/** The templates of one expansion, each made once. */
class Templates {
  private readonly inline: boolean
  private readonly ofPrimitives = new Map<Primitive, Map<number, Template>>()
  private readonly ofCallees = new Map<Callee, HostOperation | Inlined>()

  constructor(inline: boolean) {
    this.inline = inline
  }

  of(primitive: Primitive, count: number): Template {
    let byCount = this.ofPrimitives.get(primitive)
    if (byCount === undefined) {
      byCount = new Map()
      this.ofPrimitives.set(primitive, byCount)
    }
    let template = byCount.get(count)
    if (template === undefined) {
      template = this.make(primitive, count)
      byCount.set(count, template)
    }
    return template
  }

  private make(primitive: Primitive, count: number): Template {
    const { name, arity, evaluate } = primitive
    const steps = stepsOf(primitive)
    if (steps !== undefined) {
      const parameters = parametersOf(count)
      const write = steps as (...operands: unknown[]) => Double
      const value = arity === undefined ? write(parameters) : write(...parameters)
      return this.flatten(parameters, [value]).template
    }
    const operation = this.callOf(evaluate, name, arity === undefined)
    const operands = Array.from({ length: count }, (_, i) => i)
    return templateOf(count, [{ operation, operands }], count)
  }

  callOf(callee: Callee, name: string, isOfList = false): HostOperation | Inlined {
    let operation = this.ofCallees.get(callee)
    if (operation === undefined) {
      const definition = this.inline ? definitionOf.get(callee) : undefined
      operation =
        definition === undefined
          ? { kind: 'host', name, isOfList, evaluate: callee }
          : this.inlined(definition, callee)
      this.ofCallees.set(callee, operation)
    }
    return operation
  }

  private inlined({ name, parameters, describe }: Definition, evaluate: Callee): Inlined {
    const symbols = parametersOf(parameters.length)
    const { value, usual } = describe(...symbols)
    const { template, places } = this.flatten(symbols, [value, ...conjuncts(usual)])
    return {
      kind: 'inlined',
      template,
      conditions: places.slice(1),
      rescue: { kind: 'rescue', name, arity: parameters.length, evaluate },
    }
  }

  /** Steps in order, without recursion: the sum of a long list is a long chain. */
  private flatten(
    parameters: readonly Step[],
    results: readonly Step[],
  ): { template: Template; places: readonly number[] } {
    const entries: Entry[] = []
    const numbers = new Map<Step, number>(parameters.map((step, i) => [step, i]))
    const stack = [...results].reverse()
    while (stack.length > 0) {
      const step = stack[stack.length - 1]!
      const before = stack.length
      if (!numbers.has(step)) {
        for (let i = step.operands.length - 1; i >= 0; i--) {
          if (!numbers.has(step.operands[i]!)) stack.push(step.operands[i]!)
        }
        if (stack.length > before) continue
        numbers.set(step, parameters.length + entries.length)
        entries.push({
          operation: this.operationOf(step),
          operands: step.operands.map(operand => numbers.get(operand)!),
        })
      }
      stack.pop()
    }
    const places = results.map(result => numbers.get(result)!)
    return { template: templateOf(parameters.length, entries, places[0]!), places }
  }

  private operationOf({ kind, operation, value, extra, table, callee }: Step): Operation | Inlined {
    switch (operation) {
      case 'constant':
        return { kind: 'constant', result: kind, value }
      case 'call':
        return this.callOf(callee!, callee!.name)
      case 'parameter':
        throw new Error('expand: a definition uses a parameter that it does not declare')
      default:
        return {
          kind: 'step',
          step: operation satisfies StepOperation['step'],
          result: kind,
          value,
          extra,
          table,
        }
    }
  }
}

function templateOf(parameters: number, entries: readonly Entry[], result: number): Template {
  const [only] = entries
  const isOneStep =
    entries.length === 1 &&
    result === parameters &&
    only!.operands.length === parameters &&
    only!.operands.every((operand, i) => operand === i)
  return { parameters, entries, result, isOneStep }
}

function parametersOf(count: number): Double[] {
  return Array.from({ length: count }, (_, i) => parameter(`x${i + 1}`))
}

const calleeOf: ReadonlyMap<string, Callee> = new Map(Object.entries(functions))

const definitionOf: ReadonlyMap<Callee, Definition> = new Map(
  definitions.map(definition => [calleeOf.get(definition.name)!, definition]),
)
