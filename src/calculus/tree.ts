import { describe } from '../core/describe.js'
import { Value } from '../core/value.js'

/** A number or a `Value`, or arrays and plain objects of them, nested in any way. */
export type Tree<Leaf> = Leaf | readonly Tree<Leaf>[] | { readonly [key: string]: Tree<Leaf> }

/** The tree `T` with every leaf replaced by a `Leaf`. */
export type TreeOf<T, Leaf> = T extends number | Value
  ? Leaf
  : { -readonly [K in keyof T]: TreeOf<T[K], Leaf> }

/** What may be given for the tree `T`: the same shape of `Leaf`, which nobody writes to. */
export type Given<T, Leaf> = T extends number | Value ? Leaf : { readonly [K in keyof T]: Given<T[K], Leaf> }

/** The leaves of a tree in a fixed order, and the way back. */
export interface Flattened<T, Leaf> {
  /** Array elements by index, object entries in the order of their keys, depth first. */
  readonly leaves: Leaf[]
  /** Where each leaf stands, for people: `weights[2]`, `layer.bias`, `rates["per year"]`. Empty for a tree that is a single leaf. */
  readonly paths: string[]
  /** Puts as many new leaves into the same shape. */
  readonly unflatten: <New>(leaves: readonly New[]) => TreeOf<T, New>
}

/**
 * The one way in which trees of parameters become lists: array elements by index, object entries in the order of
 * their keys, depth first.
 *
 * @example
 * const { leaves, unflatten } = flatten({ w: [1, 2], b: 3 })
 * leaves // [1, 2, 3]
 * unflatten([10, 20, 30]) // { w: [10, 20], b: 30 }
 */
export function flatten<T extends Tree<number | Value>>(
  tree: T,
): Flattened<T, Extract<LeafOf<T>, number | Value>> {
  return flattenFor('flatten', 'the tree', tree) as never
}

/** Levels of a tree, each of which is a call within a call here. Parameters that people write have some five. */
const DEEPEST = 1000

/** What {@link flatten} does, on behalf of `caller`, which calls the tree `name`; it checks that it is one. */
export function flattenFor(caller: string, name: string, tree: unknown): Flattened<never, number | Value> {
  const leaves: (number | Value)[] = []
  const paths: string[] = []
  /** The arrays and objects around the present place. */
  const around = new Set<unknown>()
  collect(tree, '')
  return {
    leaves,
    paths,
    unflatten: <New>(replacements: readonly New[]) => {
      if (replacements.length !== leaves.length) {
        throw new RangeError(`unflatten: got ${replacements.length} leaves; wanted ${leaves.length}`)
      }
      let next = 0
      return rebuild(tree, () => replacements[next++]!) as never
    },
  }

  function collect(node: unknown, path: string): void {
    if (typeof node === 'number' || node instanceof Value) {
      leaves.push(node)
      paths.push(path)
    } else if (Array.isArray(node) || isPlainObject(node)) {
      if (around.has(node)) {
        const where = path === '' ? name : path
        throw new TypeError(
          `${caller}: ${where} is one of the ${Array.isArray(node) ? 'arrays' : 'objects'} around it; wanted a tree without cycles`,
        )
      }
      if (around.size === DEEPEST) {
        throw new RangeError(
          `${caller}: ${name} is nested more than ${DEEPEST} levels deep; wanted parameters in fewer levels`,
        )
      }
      around.add(node)
      if (Array.isArray(node)) {
        // Not forEach, which would pass over holes.
        for (let i = 0; i < node.length; i++) collect(node[i], `${path}[${i}]`)
      } else for (const [key, entry] of Object.entries(node)) collect(entry, pathOf(path, key))
      around.delete(node)
    } else {
      // The arguments of a traced function are a list, whose first index counts them.
      const named =
        name === 'the argument' ? path.replace(/^\[(\d+)\]/, (_, i) => `argument ${+i + 1}`) : path
      const where = path === '' ? name : named
      throw new TypeError(
        `${caller}: ${where} is ${describe(node)}; wanted a number, a Value, or an array or plain object of them`,
      )
    }
  }
}

/** As in JavaScript, so that no two places are written alike. */
function pathOf(path: string, key: string): string {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

type LeafOf<T> = T extends number
  ? number
  : T extends Value
    ? Value
    : T extends readonly (infer Element)[]
      ? LeafOf<Element>
      : T extends object
        ? LeafOf<T[keyof T]>
        : never

function rebuild<New>(node: unknown, next: () => New): unknown {
  if (typeof node === 'number' || node instanceof Value) return next()
  if (Array.isArray(node)) return node.map(element => rebuild(element, next))
  return Object.fromEntries(Object.entries(node as object).map(([key, entry]) => [key, rebuild(entry, next)]))
}

function isPlainObject(node: unknown): node is { readonly [key: string]: Tree<number | Value> } {
  if (typeof node !== 'object' || node === null) return false
  const prototype: unknown = Object.getPrototypeOf(node)
  return prototype === null || prototype === Object.prototype
}
