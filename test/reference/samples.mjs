// Prints the definition and the samples of every row of the table, for generate.py. Rows without a definition have no
// reference. Numbers are written as text, since JSON.stringify loses the sign of -0.
import * as chainrule from 'chainrule'

const rows = Object.entries(chainrule)
  .filter(([, row]) => typeof row.definition === 'string')
  .map(([name, row]) => ({
    name,
    variadic: row.arity === undefined,
    // Neither a selection nor a step: it has derivatives of every order.
    smooth: row.taken === undefined && !row.partials.includes(0),
    definition: row.definition,
    samples: row.samples.map(sample => sample.map(x => (Object.is(x, -0) ? '-0' : String(x)))),
  }))
console.log(JSON.stringify(rows))
