/** The three worked models over rows in a database: value and gradient as the compiled program gives them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import '../../src/index.js'
import { objective } from '../../src/compile/index.js'
import { column, type Value, value } from '../../src/core/value.js'
import { sigmoid, softplus, square, sub, sum } from '../../src/index.js'
import { mlp, squaredError } from '../../src/nn/index.js'
import { sqlObjective, toSql } from '../../src/sql/index.js'
import { random } from '../support/points.js'
import { type Database, databases } from './engines.js'

interface Model {
  readonly loss: Value
  readonly parameters: readonly Value[]
  readonly data: Readonly<Record<string, readonly number[]>>
}

function twoTwoTwo(): Model {
  const parameters = [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55].map((w, i) => value(w, `w${i + 1}`))
  const [i1, i2] = [column('i1'), column('i2')]
  const neuron = (first: number, x: Value, y: Value, bias: number): Value =>
    sigmoid(
      parameters[first]!.mul(x)
        .add(parameters[first + 1]!.mul(y))
        .add(bias),
    )
  const [h1, h2] = [neuron(0, i1, i2, 0.35), neuron(2, i1, i2, 0.35)]
  const [o1, o2] = [neuron(4, h1, h2, 0.6), neuron(6, h1, h2, 0.6)]
  const loss = square(sub(column('t1'), o1))
    .mul(0.5)
    .add(square(sub(column('t2'), o2)).mul(0.5))
  return { loss, parameters, data: { i1: [0.05, 0.9], i2: [0.1, -2], t1: [0.01, 0.5], t2: [0.99, 0] } }
}

function dosage(): Model {
  const start = [2.74, 0, -1.13, 0, 0.36, 0.63, 0]
  const parameters = start.map((x, i) => value(x, ['w1', 'b1', 'w2', 'b2', 'w3', 'w4', 'b3'][i]!))
  const [w1, b1, w2, b2, w3, w4, b3] = parameters as [Value, Value, Value, Value, Value, Value, Value]
  const x = column('dosage')
  const curve = w3
    .mul(softplus(w1.mul(x).add(b1)))
    .add(w4.mul(softplus(w2.mul(x).add(b2))))
    .add(b3)
  const loss = square(sub(column('efficacy'), curve))
  return { loss, parameters, data: { dosage: [0, 0.5, 1], efficacy: [0, 1, 0] } }
}

function classifier(): Model {
  const network = mlp([2, 5, 2], { activation: sigmoid, output: sigmoid, seed: '1' })
  const outputs = network([column('x1'), column('x2')])
  const loss = sum(outputs.map((output, i) => squaredError(output, column(`t${i}`)))).mul(0.5)
  const r = random(1)
  const draw = (): number[] => Array.from({ length: 50 }, () => r.unit())
  return { loss, parameters: network.parameters, data: { x1: draw(), x2: draw(), t0: draw(), t1: draw() } }
}

describe.each(databases)('%s', (_name, open) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
  }, 60_000)
  afterAll(() => database.close())

  it.each([
    ['2-2-2', twoTwoTwo],
    ['dosage', dosage],
    ['classifier', classifier],
  ] as const)('%s', async (_name, make) => {
    const { loss, parameters, data } = make()
    const compiled = objective(loss, { parameters })
    const names = Object.keys(data)
    const rows = data[names[0]!]!.map(
      (_, i) =>
        `SELECT ${names.map(name => `${database.dialect.number(data[name]![i]!)} AS ${name}`).join(', ')}`,
    )
    const query = toSql(compiled.program, { dialect: database.dialect, subquery: rows.join(' UNION ALL ') })
    const atDatabase = sqlObjective(query, async (sql, numbers) => (await database.query(sql, numbers))[0]!)
    const point = parameters.map(parameter => parameter.data)
    const [found, wanted] = [new Float64Array(point.length), new Float64Array(point.length)]
    const foundLoss = await atDatabase(point, found)
    const wantedLoss = compiled.bind(data)(point, wanted)
    expect(Math.abs(foundLoss - wantedLoss)).toBeLessThanOrEqual(1e-12 * wantedLoss)
    wanted.forEach((slope, i) => {
      expect(Math.abs(found[i]! - slope), `slope ${i}`).toBeLessThanOrEqual(1e-12 * Math.abs(slope))
    })
  })
})
