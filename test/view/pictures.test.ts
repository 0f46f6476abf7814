/** DOT as Graphviz reads it, and Mermaid by its structure. */
import { instance } from '@viz-js/viz'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { stopGradient, sum, tanh } from '../../src/core/primitives.js'
import { constant, type Value, value } from '../../src/core/value.js'
import { identity, mlp, squaredError } from '../../src/nn/index.js'
import { toDot } from '../../src/view/dot.js'
import { toMermaid } from '../../src/view/mermaid.js'
import { anyLabel, randomGraph } from '../support/graphs.js'

const viz = await instance()

interface Laid {
  readonly objects?: readonly { readonly name: string; readonly nodes?: readonly number[] }[]
  readonly edges?: readonly unknown[]
}

/** What Graphviz made of it: nodes and edges; throws what it complains of. */
function laidOut(dot: string): { nodes: string[]; clusters: string[]; edges: number } {
  const result = viz.render(dot, { format: 'json0' })
  // It warns of letters whose width it has to guess.
  const errors = result.errors.filter(({ level }) => level === 'error')
  if (result.status !== 'success' || errors.length > 0) throw new Error(JSON.stringify(errors))
  const { objects = [], edges = [] } = JSON.parse(result.output) as Laid
  const names = objects.map(({ name }) => name)
  return {
    nodes: names.filter(name => /^n\d+$/.test(name)),
    clusters: names.filter(name => name.startsWith('cluster')),
    edges: edges.length,
  }
}

/** The text that XML stands for. */
function unescaped(xml: string): string {
  return xml
    .replace(/&#(x?)([0-9a-f]+);/g, (_, x, code) => String.fromCodePoint(Number.parseInt(code, x ? 16 : 10)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\u00a0', ' ')
}

function example(): Value {
  const w = value(0.5, 'layer1/w')
  const b = value(1, 'layer1/b')
  const x = constant(2).as('x')
  return w.mul(x).add(b).as('layer1/net').relu().sub(constant(3)).square().as('E')
}

describe('toDot', () => {
  it('shows values and partials, and after backward() the adjoints', () => {
    const E = example()
    const before = toDot(E)
    expect(before).toContain('<b>w</b><br/><font color="#0072b2">0.5</font>>')
    expect(before).not.toContain('grad')
    E.backward()
    const after = toDot(E)
    expect(after).toContain(
      '<b>w</b><br/><font color="#0072b2">0.5</font><br/><font color="#b04a00">grad -4</font>>',
    )
    expect(after).toContain('label=" -1 "')
    expect(toDot(E, { adjoints: false })).toBe(before)
    const { nodes, clusters, edges } = laidOut(after)
    expect([nodes.length, clusters.length, edges]).toEqual([8, 1, 8])
  })

  it('writes a constant into what uses it, unless told to draw it', () => {
    const E = example()
    expect(toDot(E)).toContain('>_ - 3<')
    expect(laidOut(toDot(E, { constants: true })).nodes).toHaveLength(laidOut(toDot(E)).nodes.length + 1)
    expect(toDot(value(1).clamp(0, 1))).toContain('clamp(_, 0, 1)')
    expect(toDot(sum([value(1), 2, 3, 4, 5]))).toContain('>sum of 5<')
  })

  it('draws what is not taken dashed, and what does not depend dotted', () => {
    const x = value(-1, 'x')
    expect(toDot(x.relu())).toContain('[style=dashed label=" 0 "]')
    expect(toDot(stopGradient(x))).toContain('[style=dotted]')
  })

  it('draws labelled nodes alone, with the derivatives between them', () => {
    const E = example()
    const dot = toDot(E, { labelledOnly: true })
    expect(dot).toContain('>w * x + b<'.replaceAll(/\b[wb]\b/g, name => `\`layer1/${name}\``))
    expect(laidOut(dot)).toMatchObject({ edges: 4, clusters: ['cluster_1'] })
    expect(dot).toContain('label=" -2 "')
  })

  it('nests clusters by the parts of the labels', () => {
    const net = mlp([2, 2, 1], { activation: tanh, output: identity, seed: '1' })
    const loss = squaredError(net([1, 2])[0]!, 0)
    const { clusters } = laidOut(toDot(loss))
    // Two layers, with two neurons and one.
    expect(clusters).toHaveLength(5)
    const deep = value(1, 'a/'.repeat(3000)).mul(2)
    expect(toDot(deep).match(/subgraph/g)).toHaveLength(3000)
  })

  it.each([
    ['backslashes, which Graphviz reads as the names of things', String.raw`\N\G\L\E\T\H\n\\ C:\dir`],
    ['several lines', 'first\nsecond\nthird'],
    ['signs of its language', '"<b>&amp;<b>" -> {a;b} #'],
  ])('shows %s as they stand in the label', (_what, label) => {
    const lines = (svg: string) =>
      [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => unescaped(text!))
    for (const dot of [toDot(value(1, label)), toDot(value(1, `${label}/w`))]) {
      expect(lines(viz.renderString(dot, { format: 'svg' }))).toEqual(
        expect.arrayContaining(label.split('\n')),
      )
    }
  })

  it('is accepted by Graphviz for random graphs with any labels, before and after backward()', () => {
    fc.assert(
      fc.property(
        randomGraph(12, anyLabel),
        fc.record({ constants: fc.boolean(), labelledOnly: fc.boolean() }),
        ({ output }, options) => {
          const before = laidOut(toDot(output, options))
          output.backward()
          expect(laidOut(toDot(output, options))).toEqual(before)
          const mermaid = toMermaid(output, options)
          expect(mermaid.match(/^ {2}n\d+[([]/gm) ?? []).toHaveLength(before.nodes.length)
          expect(mermaid.match(/ -\.?->.* n\d+$/gm) ?? []).toHaveLength(before.edges)
        },
      ),
      { seed: 20261122, numRuns: 300 },
    )
  }, 60_000)
})

describe('toMermaid', () => {
  it('says the same in its words', () => {
    const E = example()
    E.backward()
    const text = toMermaid(E, { direction: 'TB' })
    expect(text.startsWith('flowchart TB\n')).toBe(true)
    expect(text).toContain('subgraph c1["layer1"]\n')
    expect(text).toContain('["w<br/>0.5<br/>grad -4"]:::value')
    expect(text).toMatch(/n\d+ -->\|"-1"\| n\d+/)
  })

  it('escapes what means something to it', () => {
    const text = toMermaid(value(1, 'a"b`#;<i>&\n{|}\\end'))
    expect(text).toContain('["a#34;b#96;#35;#59;#60;i#62;#38;<br/>#123;#124;#125;#92;end<br/>1"]')
  })

  it('has nothing but safe signs between quotes, whatever the labels are', () => {
    fc.assert(
      fc.property(randomGraph(8, anyLabel), ({ output }) => {
        for (const line of toMermaid(output).trimEnd().split('\n')) {
          expect(line).toMatch(
            /^(flowchart LR| {2}(end|classDef .*|subgraph c\d+\["[^"`\\]*"\]|n\d+[([]"[^"`\\]*"[)\]]:::\w+|n\d+ -\.?->(\|"[^"`\\]*"\|)? n\d+))$/u,
          )
        }
      }),
      { seed: 20261122, numRuns: 300 },
    )
  })
})

describe('a graph too large to be drawn', () => {
  it('is refused with advice, at any size', () => {
    let y: Value = value(1, 'x')
    for (let i = 0; i < 1_000_000; i++) y = y.add(1)
    expect(() => toDot(y.as('loss'))).toThrow(
      "toDot: the graph of 'loss' has 1,000,001 nodes; wanted at most 250: set `labelledOnly`, draw a part of it, " +
        'from one of its inner nodes, or raise `limit`',
    )
    expect(() => toDot(example(), { direction: 'up' as never })).toThrow(
      "toDot: the direction is the string \"up\"; wanted 'LR' or 'TB'",
    )
    expect(() => toDot(example(), { labeledOnly: true } as never)).toThrow(
      "toDot: there is no option 'labeledOnly'; did you mean 'labelledOnly'?",
    )
    expect(() => toMermaid(example(), { limit: 2 })).toThrow("the graph of 'E' has 8 nodes; wanted at most 2")
    expect(toDot(y, { labelledOnly: true }).match(/->/g)).toHaveLength(1)
  }, 60_000)

  it('and so is what is no graph', () => {
    expect(() => toDot(3 as never)).toThrow('toDot: the output is the number 3; wanted a Value')
    expect(() => toMermaid('E' as never)).toThrow('toMermaid: the output is the string "E"; wanted a Value')
  })
})
