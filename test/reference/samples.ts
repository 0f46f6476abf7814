// Prints the definition and the samples of every entry of the table, for generate.py. Entries without a definition have no
// reference. Numbers are written as text, since JSON.stringify loses the sign of -0.
import { rows } from '../support/rows.js'
import { definitions } from './definitions.js'

const described = rows.flatMap(row => {
  const { definition, samples } = definitions[row.name] ?? { samples: [] }
  if (definition === undefined) return []
  return [
    {
      name: row.name,
      variadic: row.arity === undefined,
      // Neither a selection nor a step: it has derivatives of every order.
      smooth: row.taken === undefined && !row.partials.includes(0),
      definition,
      samples: samples.map(sample => sample.map(x => (Object.is(x, -0) ? '-0' : String(x)))),
    },
  ]
})
console.log(JSON.stringify(described))
