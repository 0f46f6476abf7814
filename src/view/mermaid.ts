import type { Value } from '../core/value.js'
import { COLOURS, type GraphOptions, type PictureNode, pictureOf, walkClusters } from './graph.js'

/**
 * The graph of `output` as a Mermaid flowchart, which Markdown on many sites draws: what {@link toDot} shows, in its
 * words. Mermaid itself refuses more than 500 edges unless configured otherwise.
 *
 * @throws RangeError if more than `limit` nodes are to be drawn
 * @example
 * console.log('```mermaid\n' + toMermaid(loss) + '```')
 */
export function toMermaid(output: Value, options: GraphOptions = {}): string {
  const { direction, edges, clusters } = pictureOf('toMermaid', output, options)
  const lines: string[] = []
  let count = 0
  walkClusters(clusters, {
    open: name => lines.push(`subgraph c${++count}["${escaped(name)}"]`),
    node: node => {
      const [open, close] = node.kind === 'result' ? ['(', ')'] : ['[', ']']
      lines.push(`${node.id}${open}"${caption(node)}"${close}:::${node.kind}`)
    },
    close: () => lines.push('end'),
  })
  for (const { from, to, partial, line } of edges) {
    const arrow = line === 'solid' ? '-->' : '-.->'
    lines.push(`${from} ${arrow}${partial === undefined ? '' : `|"${escaped(partial)}"|`} ${to}`)
  }
  for (const [kind, { fill, line }] of Object.entries(COLOURS)) {
    const dashes = kind === 'column' ? ',stroke-dasharray:4' : ''
    lines.push(`classDef ${kind} fill:${fill},stroke:${line},color:#222222${dashes}`)
  }
  return `flowchart ${direction}\n${lines.map(line => `  ${line}\n`).join('')}`
}

function caption({ name, operation, data, adjoint }: PictureNode): string {
  return [name, operation, data, adjoint === undefined ? undefined : `grad ${adjoint}`]
    .filter(text => text !== undefined)
    .map(escaped)
    .join('<br/>')
}

/** Mermaid's own escapes, `#code;`, for all but letters, digits and signs that mean nothing to it between quotes. */
function escaped(text: string): string {
  if (text === '') return ' '
  return text.replace(/[^\p{L}\p{N} .,+=()_-]/gu, c => (c === '\n' ? '<br/>' : `#${c.codePointAt(0)};`))
}
