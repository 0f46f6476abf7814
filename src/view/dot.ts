import type { Value } from '../core/value.js'
import { COLOURS, type GraphOptions, type PictureNode, pictureOf, walkClusters } from './graph.js'
import { xmlText } from './styles.js'

// Okabe and Ito's colours, as in `COLOURS`. Each kind of node has a shape of its own as well.
const BLUE = '#0072b2'
const VERMILION = '#b04a00' // theirs, darkened: for letters it is too bright
const INK = '#222222'
const GREY = '#595959'
const STYLES: Readonly<Record<Value['kind'], string>> = {
  result: '"rounded,filled"',
  value: 'filled',
  column: '"filled,dashed"',
  constant: 'filled',
}

/**
 * The graph of `output` as DOT, the language of Graphviz: each node with its label, operation and value, each edge
 * with its local partial, and after `backward()` each node with its adjoint. Labels with slashes make clusters:
 * `layer1/w1` stands in a frame `layer1`. Constants without a label stand in the operation that uses them.
 *
 * @throws RangeError if more than `limit` nodes are to be drawn
 * @example
 * writeFileSync('loss.dot', toDot(loss)) // then: dot -Tsvg loss.dot > loss.svg
 */
export function toDot(output: Value, options: GraphOptions = {}): string {
  const { direction, edges, clusters } = pictureOf('toDot', output, options)
  const lines: string[] = []
  let count = 0
  walkClusters(clusters, {
    open: (name, depth) => {
      const attributes = `label=<<b>${htmlText(name)}</b>> style="rounded" color="${GREY}" fontcolor="${GREY}"`
      lines.push(`${indent(depth)}subgraph cluster_${++count} {`, `${indent(depth + 1)}graph [${attributes}]`)
    },
    node: (node, depth) => {
      lines.push(
        `${indent(depth)}${node.id} [shape=box style=${STYLES[node.kind]} ${coloursOf(node)} label=<${caption(node)}>]`,
      )
    },
    close: depth => lines.push(`${indent(depth)}}`),
  })
  for (const { from, to, partial, line } of edges) {
    const label = partial === undefined ? '' : ` label=" ${partial} "`
    lines.push(`  ${from} -> ${to} [style=${line}${label}]`)
  }
  const font = 'fontname="Arial"'
  return `digraph {
  graph [rankdir=${direction} bgcolor=white ranksep=0.45 nodesep=0.2 ${font} fontsize=12]
  node [${font} fontsize=12 fontcolor="${INK}" margin="0.08,0.04" height=0]
  edge [${font} fontsize=10 fontcolor="${GREY}" color="${GREY}" arrowsize=0.6]
${lines.join('\n')}
}
`
}

function indent(depth: number): string {
  return '  '.repeat(Math.min(depth, 20) + 1)
}

function coloursOf({ kind }: PictureNode): string {
  const { fill, line } = COLOURS[kind]
  return `fillcolor="${fill}" color="${line}"`
}

function caption({ name, operation, data, adjoint }: PictureNode): string {
  const lines = [
    ...(name === undefined ? [] : [`<b>${htmlText(name)}</b>`]),
    ...(operation === undefined ? [] : [`<font color="${GREY}">${htmlText(operation)}</font>`]),
    `<font color="${BLUE}">${data}</font>`,
    ...(adjoint === undefined ? [] : [`<font color="${VERMILION}">grad ${adjoint}</font>`]),
  ]
  return lines.join('<br/>')
}

/** Graphviz rejects an element without text, and reads \N and the like as the names of things. */
function htmlText(text: string): string {
  return text === '' ? ' ' : xmlText(text).replaceAll('\\', '\\\\').replaceAll('\n', '<br/>')
}
