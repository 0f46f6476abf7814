/** Where a compiled program stopped being finite: row, instruction, and what became of it. */
import { expect, it } from 'vitest'
import '../../src/index.js'
import { compile, objective } from '../../src/compile/index.js'
import { where } from '../../src/core/primitives.js'
import { column, value } from '../../src/core/value.js'

const w = value(1, 'w')
const net = w.mul(column('x')).as('net')

it('names the first row, the instruction and its operands', () => {
  const bound = objective(net.log(), { parameters: { w } }).bind({ x: [3, 2, -1, -2] })
  const found = bound.findNaN([1])!
  expect(found).toMatchObject({ row: 2, output: 0, number: Number.NaN, formula: 'log(net)', operands: [-1] })
  expect(String(found)).toBe(
    `row 2: the value of log(net) is NaN (instruction %${found.instruction})\n  net = -1\n  so the loss is NaN`,
  )
  expect(bound.findNaN([-1])).toMatchObject({ row: 0, operands: [-3] })
})

it('finds what the adjoints make of a finite loss', () => {
  const bound = objective(net.sub(1).sqrt(), { parameters: [w] }).bind({ x: [2, 1, 3] })
  const found = bound.findNaN([1])!
  expect(found).toMatchObject({ row: 1, output: 1, number: Number.POSITIVE_INFINITY, operands: [0.5, 0] })
  expect(String(found)).toMatch(/so the slope in w is Infinity$/)
})

it('does not look at what a selection does not take', () => {
  const loss = where(net.gt(0), net.log(), net)
  const bound = objective(loss, { parameters: [w] }).bind({ x: [1, -1, Number.NaN] })
  expect(bound.findNaN([1])).toMatchObject({ row: 2, formula: 'x' })
  expect(
    objective(loss, { parameters: [w] })
      .bind({ x: [1, -1] })
      .findNaN([1]),
  ).toBeUndefined()
})

it('works without rows, and through constants and lists', () => {
  const [a, b] = [value(0, 'a'), value(0, 'b')]
  const compiled = compile([a.add(1), a.div(b).as('ratio')], { inputs: [a, b] })
  expect(String(compiled.findNaN([1, 0]))).toBe(
    'the value of ratio = a / b is Infinity (instruction %4)\n  a = 1\n  b = 0\n  so output 1 is Infinity',
  )
  expect(compiled.findNaN([1, 1])).toBeUndefined()
  expect(compiled.findNaN([Number.NaN, 1])).toMatchObject({ row: undefined, formula: 'a', instruction: 0 })
  expect(() => compiled.findNaN([1])).toThrow('run: the inputs are')
})
