import { describe, expect, it } from 'vitest'
import { flatten, value } from '../../src/index.js'

describe('flatten', () => {
  it('lists the leaves depth first and says where each stands', () => {
    const { leaves, paths } = flatten({
      layers: [
        { w: [1, 2], b: 3 },
        { w: [4], b: 5 },
      ],
      scale: 6,
    })
    expect(leaves).toEqual([1, 2, 3, 4, 5, 6])
    expect(paths).toEqual([
      'layers[0].w[0]',
      'layers[0].w[1]',
      'layers[0].b',
      'layers[1].w[0]',
      'layers[1].b',
      'scale',
    ])
  })

  it('writes no two places alike', () => {
    expect(flatten({ 'a.b': 1, a: { b: 2, 'b[0]': 3, β: 4 }, '': 5, 'per "year"': [6] }).paths).toEqual([
      '["a.b"]',
      'a.b',
      'a["b[0]"]',
      'a.β',
      '[""]',
      '["per \\"year\\""][0]',
    ])
  })

  it('refuses a tree that holds itself, but not one that holds the same part twice', () => {
    const cyclic: { w: unknown[] } = { w: [1] }
    cyclic.w.push(cyclic)
    expect(() => flatten(cyclic as never)).toThrow(
      'flatten: w[1] is one of the objects around it; wanted a tree without cycles',
    )
    const part = [1, 2]
    expect(flatten([part, part]).leaves).toEqual([1, 2, 1, 2])
  })

  it('puts new leaves into the same shape', () => {
    const w = value(1, 'w')
    const { leaves, unflatten } = flatten([w, { b: 2 }])
    expect(leaves).toEqual([w, 2])
    expect(unflatten(['first', 'second'])).toEqual(['first', { b: 'second' }])
  })

  it('takes a single leaf as a tree', () => {
    const { leaves, paths, unflatten } = flatten(7)
    expect([leaves, paths, unflatten([8])]).toEqual([[7], [''], 8])
  })

  it('names what is no tree, and where', () => {
    expect(() => flatten({ w: [1, undefined as unknown as number] })).toThrow(
      'flatten: w[1] is undefined; wanted a number, a Value, or an array or plain object of them',
    )
    expect(() => flatten(new Map() as unknown as number)).toThrow(
      'flatten: the tree is an object of class Map',
    )
  })

  it('names a hole, and a tree that contains itself', () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    expect(() => flatten([1, , 3] as never)).toThrow('flatten: [1] is undefined; wanted a number')
    const tree: unknown[] = [1]
    tree.push(tree)
    expect(() => flatten(tree as never)).toThrow(
      'flatten: [1] is one of the arrays around it; wanted a tree without cycles',
    )
  })

  it('refuses the wrong number of leaves', () => {
    expect(() => flatten([1, 2]).unflatten([1])).toThrow('unflatten: got 1 leaves; wanted 2')
  })
})
