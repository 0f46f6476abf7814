/** What explain writes, read by others: KaTeX, and a strict XML parser. */
import { Resvg } from '@resvg/resvg-js'
import fc from 'fast-check'
import katex from 'katex'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { value } from '../../src/core/value.js'
import { type Derivation, explain } from '../../src/view/explain.js'
import { anyLabel, randomGraph } from '../support/graphs.js'

const w = value(-0.5, 'w1')
const net = w.div(3e-20).pow(2).mul(1e-30).as('net_o1')
const E = net.sigmoid().as('odd {label} & <more>|\n`\\')
const derivation = explain(E, w, { rate: 1e-9 })

/** Random graphs with any labels, and the derivation by each of their leaves. */
function everyDerivation(check: (derivation: Derivation) => void): void {
  fc.assert(
    fc.property(randomGraph(8, anyLabel), ({ leaves, output }) => {
      for (const leaf of leaves) check(explain(output, leaf, { rate: 0.1, paths: 2, factors: 3 }))
    }),
    { seed: 20261122, numRuns: 250 },
  )
}

/** Throws unless the text is well-formed XML: the renderer's parser is strict. */
function parseStrictly(xml: string): void {
  new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><metadata>${xml}</metadata></svg>`,
    {
      font: { loadSystemFonts: false },
    },
  )
}

describe('LaTeX', () => {
  it('has fractions, indices, powers and numbers as mathematics has them', () => {
    const latex = derivation.toLatex()
    expect(latex).toContain(String.raw`\frac{\partial \mathrm{net}_{\mathrm{o1}}}{\partial w_{1}} &= `)
    expect(latex).toContain(
      String.raw`{\left(\frac{w_{1}}{3 \times 10^{-20}}\right)}^{2} \cdot 1 \times 10^{-30}`,
    )
    expect(latex).toContain('\\text{odd \\{label\\} \\& <more>| `\\textbackslash{}}')
    expect(latex).toContain(String.raw`{w_{1}}^{+} &= w_{1} - 1 \times 10^{-9} \cdot \frac`)
  })

  it('is accepted by KaTeX, whatever the labels are', () => {
    everyDerivation(derivation => {
      const html = katex.renderToString(derivation.toLatex(), {
        displayMode: true,
        throwOnError: true,
        strict: 'ignore', // letters beyond its fonts are drawn by the browser
        output: 'html',
      })
      expect(html).toContain('katex')
    })
  }, 60_000)
})

describe('MathML', () => {
  it('is one paragraph for an equation, with indices and fractions, in pieces between which lines break', () => {
    const { document } = parseHTML(`<!doctype html><html><body>${derivation.toMathML()}</body></html>`)
    const equations = [...document.querySelectorAll('div.derivation p')]
    expect(equations).toHaveLength(7)
    expect(equations[0]!.querySelectorAll('math')).toHaveLength(2)
    expect(document.querySelectorAll('.factor')).toHaveLength(2)
    expect(equations[0]!.querySelectorAll('mfrac')).toHaveLength(3)
    expect(equations[0]!.querySelector('msub')!.textContent).toBe('w1')
    expect(equations[0]!.querySelector('mtext')!.textContent).toBe('odd {label} & <more>|\n`\\')
  })

  it('is well-formed, whatever the labels are', () => {
    expect(() => parseStrictly('<a>&</a>')).toThrow()
    everyDerivation(derivation => parseStrictly(derivation.toMathML()))
  }, 60_000)
})

describe('Markdown', () => {
  it('keeps its tables, whatever the labels are', () => {
    everyDerivation(derivation => {
      const rows = derivation
        .toMarkdown()
        .replace(/^```text\n(?:.*\n)*?```$/gm, '')
        .split('\n')
      for (const row of rows.filter(row => row !== '')) {
        // Five bars that no backslash takes away.
        expect(row.replace(/\\\|/g, '').match(/\|/g), row).toHaveLength(5)
      }
    })
  })
})
