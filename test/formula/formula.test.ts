// biome-ignore-all lint/suspicious/noTemplateCurlyInString: messages show where the holes of a template stand

import { describe, expect, it } from 'vitest'
import {
  column,
  constant,
  dot,
  type Formula,
  FormulaError,
  type FormulaOptions,
  formula,
  gradient,
  leakyRelu,
  logaddexp,
  mean,
  mul,
  norm,
  type Operand,
  parseFormula,
  primitive,
  prod,
  softplus,
  sum,
  topologicalOrder,
  Value,
  value,
  where,
} from '../../src/index.js'
import { rows } from '../support/rows.js'
import { samplesOf } from '../support/samples.js'

/** The formula with every leaf set to what `at` gives for its name. */
function evaluated(
  text: string,
  at: Readonly<Record<string, number>> = {},
  options?: FormulaOptions,
): number {
  const { expression, leaves } = parseFormula(text, options)
  for (const [name, leaf] of Object.entries(leaves)) if (name in at) leaf.data = at[name]!
  return expression.forward()
}

function errorOf(text: string, options?: FormulaOptions): FormulaError {
  let parsed: Formula
  try {
    parsed = parseFormula(text, options)
  } catch (error) {
    expect(error).toBeInstanceOf(FormulaError)
    return error as FormulaError
  }
  throw new Error(`'${text}' was read as ${parsed.expression}`)
}

describe('arithmetic', () => {
  const at = { x: 3, y: 5, z: 7 }
  // The results are Python's, for the same text.
  it.each([
    ['x + y * z', 38],
    ['(x + y) * z', 56],
    ['x - y - z', -9],
    ['x - (y - z)', 5],
    ['z / x / y', 0.4666666666666667],
    ['-x ** 2', -9],
    ['(-x) ** 2', 9],
    ['2 ** -1', 0.5],
    ['2 ** 3 ** 2', 512],
    ['(2 ** 3) ** 2', 64],
    ['2 ** -x ** 2 * 2 ** 9', 1],
    ['--x', 3],
    ['-+-x', 3],
    ['x - -y', 8],
    ['x*-y', -15],
    ['-x * y + z', -8],
    ['x * (\n  y +\n  z\n)', 36],
    ['x < y', 1],
    ['x + y > z', 1],
    ['x >= 3', 1],
    ['x <= y - 3', 0],
    ['x == 3', 1],
    ['x != 3', 0],
    ['(x < y) * (y < z)', 1],
    ['x < (y < z)', 0],
    ['.5 + 5. + 1e-2 + 1E+2 + 2.5e1', 130.51],
    ['0.1 + 0.2', 0.30000000000000004],
    ['1e-320', 1e-320],
    ['-0', -0],
    ['pi + e', Math.PI + Math.E],
    ['-Infinity', -Infinity],
    ['NaN', Number.NaN],
  ])('%s', (text, expected) => expect(evaluated(text, at)).toBe(expected))

  it('records what the functions record, numbers alone being computed at once', () => {
    expect(String(parseFormula('2 * pi * x').expression)).toBe('6.283185307179586 * x')
    expect(String(parseFormula('x ** (1 / 3)').expression)).toBe('x ** 0.3333333333333333')
    expect(parseFormula('2 * 3').expression).toMatchObject({ data: 6, kind: 'constant' })
    const { expression } = parseFormula('gt(x, 0) + x')
    expect(String(expression)).toBe('(x > 0) + x')
  })
})

describe('functions', () => {
  it.each(rows.map(row => [row.name, row] as const))('%s by its name', (name, row) => {
    for (const sample of samplesOf(row)) {
      const names = sample.map((_, i) => `x${i}`)
      const call = row as unknown as (...given: unknown[]) => number
      const half = sample.length / 2
      const expected =
        row.arity !== undefined
          ? call(...sample)
          : row.length === 1
            ? call(sample)
            : call(sample.slice(0, half), sample.slice(half))
      const at = Object.fromEntries(sample.map((x, i) => [`x${i}`, x]))
      expect(evaluated(`${name}(${names.join(', ')})`, at)).toBe(expected)
    }
  })

  const [a, b, c] = [0.5, -2, 3]
  it.each([
    ['square(a)', 0.25],
    ['leakyRelu(b)', leakyRelu(b)],
    ['leakyRelu(b, 0.1)', -0.2],
    ['logaddexp(a, b)', logaddexp(a, b)],
    ['mean(a, b, c)', mean([a, b, c])],
    ['mean([a, b, c])', mean([a, b, c])],
    ['prod(a, b, c)', prod([a, b, c])],
    ['norm([a, b, c])', norm([a, b, c])],
    ['sum([a, b], )', undefined],
    ['sum([a, b + c])', sum([a, b + c])],
    ['sum()', 0],
    ['sum([])', 0],
    ['dot([a, b], [c, 1])', dot([a, b], [c, 1])],
    ['dot(a, b, c, 1)', dot([a, b], [c, 1])],
    ['where(b > 0, a, c)', 3],
    ['constant(2) ** a', 2 ** 0.5],
  ])('%s', (text, expected) => {
    if (expected === undefined) errorOf(text)
    else expect(evaluated(text, { a, b, c })).toBe(expected)
  })

  it('a primitive of yours is called by its name, and goes before ours', () => {
    const cube = primitive('cube', { evaluate: x => x * x * x, partials: [1] })
    const sin = primitive('sin', { evaluate: x => x + 100, partials: [1] })
    const modulo = primitive('mod', {
      evaluate: (x, y) => x % y,
      partials: [1, 0],
      notation: { symbol: '%', precedence: 2 },
    })
    const options = { primitives: [cube, sin, modulo] }
    expect(evaluated('cube(x) + sin(x) - x % 3 * 2', { x: 5 }, options)).toBe(125 + 105 - 4)
    expect(String(parseFormula('x % 3 * 2', options).expression)).toBe('x % 3 * 2')
    expect(errorOf('cube(x)').reason).toBe(
      "there is no function 'cube'; one of your own is given with { primitives: […] }; a product is written cube * (…)",
    )
    expect(errorOf('x % 3').reason).toBe("'%' has no meaning here")
    expect(errorOf('ccube(x)', options).reason).toContain('did you mean cube?')
    expect(() => parseFormula('x', { primitives: [Math.sin as never] })).toThrow(
      'primitives has the function sin as element 1; wanted a primitive',
    )
  })

  it('an error that a function throws has its place', () => {
    const broken = primitive('broken', {
      evaluate: () => {
        throw new Error('out of order')
      },
      partials: [1],
    })
    const error = errorOf('1 + broken(x)', { primitives: [broken] })
    expect(error).toMatchObject({ reason: 'out of order', position: 4 })
    expect(error.cause).toBeInstanceOf(Error)
    const text = primitive('text', {
      evaluate: () => {
        throw 'no error object'
      },
      partials: [1],
    })
    expect(errorOf('text(x)', { primitives: [text] })).toMatchObject({
      reason: 'no error object',
      position: 0,
    })
  })
})

describe('names', () => {
  it('a name is a leaf without a number, one for all its places', () => {
    const { expression, leaves } = parseFormula('w1 * dosage + b1 * w1')
    expect(Object.keys(leaves)).toEqual(['w1', 'dosage', 'b1'])
    for (const leaf of Object.values(leaves)) expect(leaf).toMatchObject({ kind: 'value', data: Number.NaN })
    const found = topologicalOrder(expression).filter(node => node.primitive === null)
    expect(new Set(found)).toEqual(new Set(Object.values(leaves)))
    const { w1, dosage, b1 } = leaves
    ;[w1!.data, dosage!.data, b1!.data] = [2, 3, 5]
    expect(expression.forward()).toBe(16)
    expression.backward()
    expect(w1!.grad).toBe(8)
  })

  it('columns are columns, and given names stand for what was given', () => {
    const w = value(2, 'weight')
    const { expression, leaves, response } = parseFormula('log(y) ~ w * x + k + b', {
      columns: ['x', 'y', 'unused'],
      names: { w, k: 10 },
    })
    expect(Object.entries(leaves).map(([name, leaf]) => [name, leaf.kind])).toEqual([
      ['y', 'column'],
      ['w', 'value'],
      ['x', 'column'],
      ['b', 'value'],
    ])
    expect(leaves.w).toBe(w)
    expect(String(expression)).toBe('weight * x + 10 + b')
    expect(String(response)).toBe('log(y)')
    // The leaves of one formula may be handed to another.
    expect(parseFormula('w - x', { names: leaves }).leaves.x).toBe(leaves.x)
  })

  it('a given name goes before pi and e, and backticks make either a name', () => {
    expect(evaluated('e + pi', { e: 1 }, { columns: ['e'] })).toBe(1 + Math.PI)
    expect(evaluated('`pi` * pi', { pi: 2 })).toBe(2 * Math.PI)
    expect(evaluated('`a b` + `\\`\\\\\\n\\u{d}\\u{2028}`', { 'a b': 1, '`\\\n\r\u2028': 2 })).toBe(3)
    expect(evaluated('größe + β_1 + 剂量', { größe: 1, β_1: 2, 剂量: 3 })).toBe(6)
  })

  it('refuses what is given twice or is no operand', () => {
    expect(() => parseFormula('x', { columns: ['x'], names: { x: 1 } })).toThrow(
      "'x' is given both as a column",
    )
    expect(() => parseFormula('x', { names: { x: '2' as never } })).toThrow(
      'names.x is the string "2"; wanted',
    )
    expect(() => parseFormula('x', { columns: 'x' })).toThrow(
      'columns is the string "x"; wanted a list of names',
    )
    expect(() => parseFormula('a', { columns: 5 as never })).toThrow(
      'columns is the number 5; wanted a list of names',
    )
    expect(() => parseFormula('a', null as never)).toThrow(
      'parseFormula: got null; wanted an object with columns, names, primitives, limits',
    )
    expect(() => parseFormula('a', { column: ['a'] } as never)).toThrow(
      "parseFormula: there is no option 'column'; did you mean 'columns'?",
    )
    for (const names of [[1], 5, null]) {
      expect(() => parseFormula('a', { names: names as never })).toThrow(
        /parseFormula: names is .*; wanted \{ name: /,
      )
    }
    expect(() => parseFormula(3 as never)).toThrow('parseFormula: got the number 3; wanted a text')
  })

  it('letters and digits may be of any script, and an index is part of a name', () => {
    for (const name of ['größe', 'w₁', 'x٣', '変数_2']) {
      expect(Object.keys(parseFormula(`2 * ${name}`).leaves)).toEqual([name])
      expect(String(parseFormula(`2 * ${name}`).expression)).toBe(`2 * ${name}`)
    }
    expect(String(value(1, 'x²').add(1))).toBe('`x²` + 1')
  })

  it('words of JavaScript are names like any other', () => {
    const words = [
      'constructor',
      '__proto__',
      'toString',
      'hasOwnProperty',
      'this',
      'eval',
      'prototype',
      'undefined',
    ]
    const { expression, leaves } = parseFormula(words.join(' + '))
    expect(Object.keys(leaves)).toEqual(words)
    expect(Object.getPrototypeOf(leaves)).toBeNull()
    expect(expression.data).toBeNaN()
    for (const word of words) expect(errorOf(`${word}(x)`).reason).toContain(`there is no function '${word}'`)
    expect(evaluated('__proto__ = x * 2; __proto__ + 1', { x: 1 })).toBe(3)
    expect(evaluated('constructor', { constructor: 1 } as never, { names: {} })).toBe(1)
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('lines', () => {
  it('name intermediates, once each', () => {
    const { expression } = parseFormula('\nh = softplus(w * x);\n\nout = h * h')
    expect(String(expression)).toBe('h = softplus(w * x)\nout = h * h')
    expect(expression.label).toBe('out')
    expect(expression.inputs[0]).toBe(expression.inputs[1])
    expect(evaluated('a = 2; b = a\r\nb ** 3')).toBe(8)
  })

  it('name what is made of lists too', () => {
    expect(String(parseFormula('h = sum([x, y]); h * h').expression)).toBe('h = sum(x, y)\nh * h')
    // The product of one element is that element, which keeps its name.
    expect(String(parseFormula('h = prod([x]); h * h').expression)).toBe('x * x')
  })

  it('a second name for something leaves it its own', () => {
    const { expression, leaves } = parseFormula('a = x; b = sin(a); c = b; d = prod(c); d * a')
    expect(String(expression)).toBe('b = sin(x)\nb * x')
    expect(leaves.x!.label).toBe('x')
  })

  it.each([
    ['h = 1; h = 2; h', "'h' is defined on a line above", 7],
    ['h * 2; h', 'only the last line may go without a name', 0],
    ['a\n+ b', 'or put brackets around what goes over lines', 0],
    ['a = h; h = 2; a', "'h' is used before it is defined here", 7],
    ['h = h + 1; h', "'h' is used before it is defined here", 0],
    ['pi = 3; pi', "'pi' is the number 3.14", 0],
    ['a + b = c', "'=' stands only after a name", 6],
    ['a = b = c', "'=' stands only after a name", 6],
    ['y ~ x; z', 'only the last line may go without a name', 0],
    ['y ~ x ~ z', "'~' stands once", 6],
    ['a = y ~ x', "'~' stands once", 6],
    ['x +\ny', 'the end of the line stands where a value is wanted', 3],
    ['(a; b)', 'the bracket that opens here is never closed', 0],
  ])('%s', (text, reason, position) => {
    const error = errorOf(text)
    expect(error.reason).toContain(reason)
    expect(error.position).toBe(position)
  })

  it('refuses a line that hides a given name', () => {
    expect(errorOf('x = 2; x * w', { columns: ['x'] }).reason).toContain("'x' is one of the names given")
  })
})

describe('a function that is missing', () => {
  // Of other libraries, each a letter or two away from one that is here.
  it.each('sind cosd exp2 expm coth acoth acsch cot csc softsign softmin minmod'.split(' '))(
    '%s gets no other in its place, and a word on primitives',
    name => {
      const { reason } = errorOf(`${name}(x)`)
      expect(reason).not.toContain('did you mean')
      expect(reason).toContain('{ primitives: […] }')
    },
  )
})

describe('letters with accents of their own', () => {
  const decomposed = 'e\u0301'
  const composed = '\u00e9'

  it('are one name with the composed letter', () => {
    const { expression, leaves } = parseFormula(`${decomposed} * 2 + ${composed}`)
    expect(Object.keys(leaves)).toEqual([composed])
    expect(String(expression)).toBe(`${composed} * 2 + ${composed}`)
  })

  it('find a column that is written the other way, under its own label', () => {
    for (const [column, text] of [
      [decomposed, composed],
      [composed, decomposed],
    ]) {
      const { leaves } = parseFormula(`a * ${text}`, { columns: [column!] })
      expect(Object.values(leaves).map(({ kind, label }) => [kind, label])).toEqual([
        ['value', 'a'],
        ['column', column],
      ])
    }
  })

  it('stay apart where a program labels two leaves with them', () => {
    const text = String(value(1, decomposed).add(value(2, composed)))
    expect(text).toBe(`\`${decomposed}\` + ${composed}`)
    expect(String(parseFormula(text).expression)).toBe(text)
  })

  it('are read in scripts that have no composed form, and nothing invisible is', () => {
    expect(Object.keys(parseFormula('\u0915\u0940 * \u0e01\u0e34').leaves)).toEqual([
      '\u0915\u0940',
      '\u0e01\u0e34',
    ])
    for (const hidden of ['\u034f', '\ufe0f', '\u3164', '\u200d']) {
      expect(errorOf(`x${hidden}`).position).toBe(1)
    }
  })
})

describe('errors', () => {
  it('point at the place and name what was probably meant', () => {
    const error = errorOf('h = 2 * x\nw3 * sofplus(w1 * dosage + b1)')
    expect(error).toMatchObject({ name: 'FormulaError', position: 15, line: 2, column: 6 })
    expect(error.message).toBe(
      [
        "there is no function 'sofplus'; did you mean softplus? (line 2, column 6)",
        '  w3 * sofplus(w1 * dosage + b1)',
        '       ^',
      ].join('\n'),
    )
  })

  it.each([
    ['', 'there is no formula', 0],
    [' ;\n', 'there is no formula', 3],
    ['sni(x)', 'did you mean sin?', 0],
    ['Sigmoid(x)', 'did you mean sigmoid?', 0],
    ['logsumexpp(x)', 'did you mean logsumexp?', 0],
    ['ln(x)', 'did you mean log?', 0],
    ['arctan(x)', 'did you mean atan?', 0],
    ['sgn(x)', 'did you mean sign?', 0],
    ['lgo(x)', 'did you mean log?', 0],
    ['2 x', "a sign is missing before 'x'", 2],
    ['2x', "a sign is missing before 'x'", 1],
    ['2(x)', "a sign is missing before '('", 1],
    ['x * / y', "'/' stands where a value is wanted", 4],
    ['x *', 'the end stands where a value is wanted', 3],
    ['()', "')' stands where a value is wanted", 1],
    ['(x', 'the bracket that opens here is never closed', 0],
    ['sin(x', 'the bracket that opens here is never closed', 0],
    ['x)', "no bracket is open for this ')'", 1],
    ['x, y', "no bracket is open for this ','", 1],
    ['1,5 * x', 'decimals are written with a point, as in 1.5', 1],
    ['(1,5) * x', 'decimals are written with a point, as in 1.5', 2],
    ['(x, y)', "',' stands where ')' is wanted", 2],
    ['sum([x)', "')' stands where ']' is wanted", 6],
    ['sum(x]', "']' stands where ')' is wanted", 5],
    ['sum([x] + 1)', "'+' stands where ',' or ')' is wanted", 8],
    ['sum([x], y)', 'lists and single values are mixed', 10],
    ['sum(x, [y])', 'lists and single values are mixed', 7],
    ['sum([x], [y])', 'sum: got 2 lists; wanted 1', 0],
    ['dot([x])', 'dot: got 1 list; wanted 2', 0],
    ['dot(x, y, z)', 'dot: got 3 operands; wanted 2 lists of the same length', 0],
    ['dot([x], [y, z])', 'dot: the lists have 1 and 2 elements', 0],
    ['sin([x])', 'a list in square brackets is only for a function of lists', 4],
    ['[x]', 'a list in square brackets is only for a function of lists', 0],
    ['sum((x), ([y]))', 'a list in square brackets is only for a function of lists', 10],
    ['sin()', 'sin: got 0 operands; wanted 1', 0],
    ['1 + clamp(x, 2)', 'clamp: got 2 operands; wanted 3', 4],
    ['elu(x, 1, 2)', 'elu: got 3 operands; wanted 1 to 2', 0],
    ['mean()', 'mean: the list is empty', 0],
    ['softmax(x, y)', 'softmax gives a list; wanted a single value', 0],
    ['constant(x)', 'constant: the data is an object of class Value; wanted a number', 0],
    ['x < y < z', 'comparisons do not follow each other', 6],
    ['x ^ 2', 'the power is written x ** y', 2],
    ['x − 2', 'not the minus sign of a keyboard', 2],
    ['x.y', "'.' has no meaning here; a name with a dot in it stands in backticks, `x.y`", 1],
    ['2 * y.obs.max - x', 'stands in backticks, `y.obs.max`', 5],
    ['(x).y', "'.' has no meaning here", 3],
    ['3 * x²', 'a power is written ** 2', 5],
    ['x⁴ + 1', 'a power is written ** 4', 1],
    ['x½', "'½' has no meaning here", 1],
    ['x & y', "'&' has no meaning here", 2],
    ['"x"', `'"' has no meaning here`, 0],
    ['x\u200b+ y', 'U+200B has no meaning here', 1],
    ['\u001b[31m', 'U+001B has no meaning here', 0],
    ['`\u001b[31m`(x)', "there is no function ' [31m'", 0],
    ['x + 🙂', "'🙂' has no meaning here", 4],
    ['x + `a b', 'this backtick is never closed', 4],
    ['`\\', 'this backtick is never closed', 0],
    ['`a\\b`', 'an unknown escape', 0],
    ['x // y', "'/' stands where a value is wanted", 3],
  ])('%j', (text, reason, position) => {
    const error = errorOf(text)
    expect(error.reason).toContain(reason)
    expect(error.position).toBe(position)
  })

  it('show as much of a long line as fits, with the caret in its place', () => {
    const error = errorOf(`${'x + '.repeat(1000)}^${' + y'.repeat(1000)}`)
    const [shown, caret] = error.excerpt.split('\n')
    expect(shown!.length).toBeLessThan(130)
    expect(shown![caret!.indexOf('^')]).toBe('^')
    const tabs = errorOf('\tx\u001b[31m^').excerpt.split('\n')
    expect(tabs[0]).toBe('   x [31m^'.slice(0, tabs[0]!.length))
    expect(errorOf(`${'f'.repeat(1000)}(x)`).message.length).toBeLessThan(300)
  })
})

describe('text that is not trusted', () => {
  it.each([
    ['length', 'x'.repeat(1_000_001), 'the formula has more than 1,000,000 characters'],
    ['depth', '('.repeat(100_000), 'more than 1,000 brackets, signs and calls within each other'],
    ['depth', 'sin('.repeat(100_000), 'more than 1,000 brackets'],
    ['depth', '-'.repeat(100_000), 'more than 1,000 brackets'],
    ['depth', '9**'.repeat(100_000), 'more than 1,000 brackets'],
    ['depth', 'sum(['.repeat(1000), 'more than 1,000 brackets'],
    ['nodes', 'x+'.repeat(200_000), 'more than 100,000 numbers, names and operations'],
    ['nodes', `sum(${'1,'.repeat(200_000)}1)`, 'more than 100,000 numbers'],
  ])('is refused beyond the limit of its %s', (limit, text, reason) => {
    const error = errorOf(text)
    expect(error.reason).toContain(reason)
    expect(error.reason).toContain(`raise the limit with { limits: { ${limit}: … } }`)
  })

  it('limits are what was said, and must be numbers', () => {
    const limits = { length: 20, depth: 2, nodes: 5 }
    expect(evaluated('((x))*2+1', { x: 2 }, { limits })).toBe(5)
    expect(errorOf('(((x)))', { limits }).position).toBe(2)
    expect(errorOf('x + 1 + 1 + 1', { limits }).reason).toContain('more than 5 numbers')
    expect(errorOf('                    x', { limits }).position).toBe(20)
    for (const limits of [5, null]) {
      expect(() => parseFormula('x', { limits: limits as never })).toThrow(
        /parseFormula: limits: got .*; wanted an object with length, depth, nodes/,
      )
    }
    const wrong = { limits: { depth: Number.NaN } }
    expect(() => parseFormula('x', wrong)).toThrow(
      'limits.depth is the number NaN; wanted a number, or Infinity',
    )
  })

  it('is read in one go, however hostile', () => {
    const n = 1_000_000
    const limits = { length: Infinity, depth: Infinity, nodes: Infinity }
    expect(evaluated(`${'1+'.repeat(n)}1`, {}, { limits })).toBe(n + 1)
    expect(evaluated(`${'('.repeat(n)}x${')'.repeat(n)}`, { x: 2 }, { limits })).toBe(2)
    expect(evaluated(`${'-'.repeat(n)}x`, { x: 2 }, { limits })).toBe(2)
    expect(evaluated(`${'2**'.repeat(n)}2`, {}, { limits })).toBe(Infinity)
    expect(evaluated('9'.repeat(n), {}, { limits })).toBe(Infinity)
    expect(Object.keys(parseFormula('a'.repeat(n), { limits }).leaves)[0]!.length).toBe(n)
    expect(errorOf('('.repeat(n), { limits }).position).toBe(n)
    expect(errorOf(`\`${'\\`'.repeat(n)}`, { limits }).position).toBe(0)
    expect(errorOf('\n'.repeat(n), { limits }).line).toBe(n + 1)
    expect(errorOf(`${'a'.repeat(n)}(x)`, { limits }).position).toBe(0)
  }, 60_000)
})

describe('the template', () => {
  const w = value(0.5, 'w')
  const x = value(3, 'x')

  it('takes Values and numbers', () => {
    const y = formula`${w} * softplus(${x}) + ${-2} ** 2`
    expect(y.data).toBe(0.5 * softplus(3) + 4)
    expect(String(y)).toBe('w * softplus(x) + 4')
    expect(gradient(y, [w])[0]!.data).toBe(softplus(3))
    expect(formula`1 + 1`).toMatchObject({ kind: 'constant', data: 2 })
    expect(formula`${x}`).toBe(x)
    expect(formula`h = ${w} * ${x}; h * h`.data).toBe(2.25)
  })

  it('a hole is a value as a whole', () => {
    expect(formula`${-2} ** 2`.data).toBe(4)
    expect(String(formula`2 * ${w.add(1)}`)).toBe('2 * (w + 1)')
    expect(String(formula`${constant(2)} ** ${column('c')}`)).toBe('2 ** c')
  })

  it('names what it makes, not what it is given', () => {
    const y = w.mul(x)
    formula`h = ${y}; k = prod(${y}); h + k`
    expect(y.label).toBeUndefined()
  })

  it('is read once for each place', () => {
    const seen: TemplateStringsArray[] = []
    const values: Operand[] = []
    const recordStrings = (strings: TemplateStringsArray, ...holes: Operand[]): Value => {
      seen.push(strings)
      return formula(strings, ...holes)
    }
    for (const hole of [1, w, 3]) values.push(recordStrings`2 * ${hole}`.data)
    expect(seen[0]).toBe(seen[2])
    expect(values).toEqual([2, 1, 6])
  })

  it('a name in it is a leaf, anew each time', () => {
    const make = (): Value => formula`${w} * unknown`
    const [first, second] = [make(), make()]
    expect(first!.inputs[1]).toBeInstanceOf(Value)
    expect(first!.inputs[1]).not.toBe(second!.inputs[1])
    expect(first!.data).toBeNaN()
  })

  it('says what is wrong', () => {
    expect(() => formula`sin(${x}) * sni(${x})`).toThrow(
      'did you mean sin? (line 1, column 13)\n  sin(${1}) * sni(${2})\n              ^',
    )
    expect(() => formula`${w} ${x}`).toThrow("a sign is missing before '${2}'")
    expect(() => formula`\`a ${x}\``).toThrow('a name in backticks cannot hold a hole of the template')
    expect(() => formula`${w} \u{no escape}`).toThrow("'\\' has no meaning here")
    expect(() => formula`${w} ~ ${x}`).toThrow("'~' is for parseFormula and for fits")
    expect(() => formula`2 * ${'3' as never}`).toThrow('hole 1 is the string "3"; wanted a Value or a number')
    expect(() => formula('x' as never)).toThrow('formula: wanted a template after it')
    expect(() => formula(['x'] as never)).toThrow('formula: wanted a template after it')
  })
})

it('agrees with the methods it stands for', () => {
  const leaves = { w1: value(0.3, 'w1'), dosage: column('dosage'), b1: value(-1, 'b1') }
  const { w1, dosage, b1 } = leaves
  const byMethods = where(dosage.gt(0.5), mul(w1, dosage).add(b1).softplus(), 0)
  const { expression } = parseFormula('where(dosage > 0.5, softplus(w1 * dosage + b1), 0)', { names: leaves })
  expect(String(expression)).toBe(String(byMethods))
})
