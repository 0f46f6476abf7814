/** `npm test`: what takes seconds. `npm run test:all` runs the rest as well. */
import { defineConfig, mergeConfig } from 'vitest/config'
import all from './vitest.config.js'

/** Searches over many random programs, graphs of a million nodes, programs of documents, databases: half of the time and more. */
const SLOW = [
  'calculus/{cost,data,gradbench,million-nodes,modes}',
  'compile/{branches,equal-bits,expand,growth,sparse}',
  'core/{added-row,million-nodes,sweep}',
  'documents',
  'examples',
  'fit/convergence',
  'formula/{fuzz,million-nodes,roundTrip}',
  'math/{accuracy,monotone,two-lanes}',
  'playground/graph',
  'properties',
  'sql/{agreement,injection,models,toSql}',
]

export default mergeConfig(all, defineConfig({ test: { exclude: SLOW.map(name => `test/${name}.test.ts`) } }))
