import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { crossValidate, train } from '../examples/classifier/crossValidation.js'
import { parseTable, readTable, TableError } from '../examples/classifier/table.js'
import { createChecks } from '../examples/shared/checks.js'
import { startProgress } from '../examples/shared/progress.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CLUSTERS = 'test/data/clusters.csv'
const SLOW = 60_000

interface Finished {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs an example as a person does. */
function runExample(name: string, ...args: string[]): Promise<Finished> {
  const command = ['run', '--silent', `example:${name}`, ...(args.length > 0 ? ['--', ...args] : [])]
  return new Promise(resolve => {
    execFile('npm', command, { cwd: ROOT, shell: process.platform === 'win32' }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

/** The picture is well-formed (the renderer's XML parser is strict) and has something on it. */
function expectPicture(name: string): void {
  const svg = readFileSync(join(ROOT, 'examples', 'out', `${name}.svg`), 'utf8')
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(svg).not.toContain('NaN')
  const { pixels, width } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  expect(width).toBe(480)
  const colours = new Set<number>()
  for (let i = 0; i < pixels.length; i += 4) colours.add(pixels.readUInt32BE(i))
  expect(colours.size).toBeGreaterThan(20)
}

describe('npm run example:…', () => {
  it(
    'sql fits where the rows lie, and gets the answer of the rows in memory',
    async () => {
      const { code, out } = await runExample('sql', '--rows', '20000')
      expect(code, out).toBe(0)
      expect(out).toContain('FROM "patients.parquet" AS source')
      expect(out).toContain('11 checks passed')
    },
    SLOW,
  )

  it(
    'two-two-two prints the network, its gradient and its descent',
    async () => {
      const { code, out } = await runExample('two-two-two')
      expect(code, out).toBe(0)
      for (const line of [
        '  h1 = sigmoid(net_h1)',
        '  net_h1 = 0.377500000',
        '  E      = 0.298371109',
        '  dE/dw1 =  0.000438568',
        '  dE/dw5 =  0.082167041',
        '  dE/dw5 = dE/dE_o1 * dE_o1/do1 * do1/dnet_o1 * dnet_o1/dw5',
        '  dE/dw5 = 1 * 0.74136507 * 0.186815602 * 0.593269992 = 0.0821670406',
        '  dE/dh1 = dE/dE_o1 * dE_o1/do1 * do1/dnet_o1 * dnet_o1/dh1',
        '         + dE/dE_o2 * dE_o2/do2 * do2/dnet_o2 * dnet_o2/dh1',
        '  dE/dw1 = 0.0363503064 * 0.241300709 * 0.05 = 0.000438567734',
        '  w5 = 0.40  ->  0.358916480',
        '        0   0.298371109',
        '        1   0.291027774',
        '       10   0.220918592',
        '      100   0.0200468282',
        '    1,000   0.00111434945',
        '   10,000   0.0000351018778',
      ]) {
        expect(out.split('\n')).toContain(line)
      }
      expect(out).toMatch(/^35 checks passed\n$/m)
      expectPicture('two-two-two-error')
    },
    SLOW,
  )

  it(
    'dosage prints three stages and the fit',
    async () => {
      const { code, out } = await runExample('dosage')
      expect(code, out).toBe(0)
      for (const line of [
        '  SSR at b3 = 0, 1, 2, 3:  20.4  7.8  1.11  0.46',
        '   0.000      20.4     -15.7     -1.57',
        '   1.566      3.27     -6.26    -0.626',
        '   2.605  0.000118   -0.0256  -0.00256',
        '  start   w3 = 0.36  w4 = 0.63  b3 = 0.00  SSR = 1.3977',
        '  3,440    9.93e-13',
        '  w1        2.74    3.34',
        '  b3        0.00    2.61',
        '  0.5     1.0       0.8582                  1.0000',
      ]) {
        expect(out.split('\n')).toContain(line)
      }
      expect(out).toMatch(/^81 checks passed\n$/m)
      for (const name of ['dosage-b3', 'dosage-curve', 'dosage-residuals', 'dosage-loss']) expectPicture(name)
    },
    SLOW,
  )

  it(
    'recover-biases finds the biases with which the network prints the log',
    async () => {
      const { code, out } = await runExample('recover-biases')
      expect(code, out).toBe(0)
      expect(out).toContain('0.35 and 0.6, the first line would read 0.496045683.')
      expect(out).toMatch(/ 67 of 67$/m)
      expect(out.split('\n')).toContain('       1  0.476998757 0.476998757')
      expect(out.split('\n')).toContain('      67  0.02989102  0.029891020')
      expect(out).toMatch(/^67 checks passed\n$/m)
      expectPicture('recover-biases')
    },
    SLOW,
  )

  it(
    'fit prints a table and draws the fit, its residuals and its convergence',
    async () => {
      const { code, out } = await runExample('fit')
      expect(code, out).toBe(0)
      for (const line of [
        'Formula: rate ~ Vm * conc / (K + conc)',
        'Vm    212.684       6.947    30.61  3.24e-11     197.2    228.16',
        'Residual standard error: 10.93 on 10 degrees of freedom',
      ]) {
        expect(out.split('\n')).toContain(line)
      }
      for (const name of ['fit-curve', 'fit-residuals', 'fit-convergence']) expectPicture(name)
    },
    SLOW,
  )

  it(
    'fit takes a file, a formula of several columns, starts and fixed parameters',
    async () => {
      const options = ['--start', 'a=1, b=1', '--fixed', 'c=0.5']
      const { code, out, err } = await runExample(
        'fit',
        'test/data/plane.csv',
        'z ~ a * x + b * y + c',
        ...options,
      )
      expect(code, err).toBe(0)
      expect(out).toMatch(/^a +1\.98/m)
      expect(out).toMatch(/^c +0\.5 +fixed$/m)
      expectPicture('fit-curve')
    },
    SLOW,
  )

  it(
    'fit says what is wrong',
    async () => {
      const [missing, formula, option, column, help] = await Promise.all([
        runExample('fit', 'nowhere.csv', 'y ~ a * x'),
        runExample('fit', 'test/data/plane.csv', 'z ~ a * sofplus(x)'),
        runExample('fit', 'test/data/plane.csv', 'z ~ a * x', '--start', 'a'),
        runExample('fit', CLUSTERS, 'kind ~ a'),
        runExample('fit', '--help'),
      ])
      expect(missing).toMatchObject({ code: 1, out: '' })
      expect(missing.err).toContain('nowhere.csv: there is no such file\n')
      expect(formula.err).toContain('did you mean softplus?')
      expect(option.err).toContain('--start: "a" is no assignment')
      expect(column.code).toBe(1)
      expect(column.err).toMatch(/^fit: /)
      expect(help.out).toContain('--weights')
    },
    SLOW,
  )

  it(
    'classifier prints the epochs, the weights and the predictions',
    async () => {
      const { code, out } = await runExample('classifier')
      expect(code, out).toBe(0)
      for (const line of [
        '    1   6.350',
        '   20   1.132',
        '  hidden 1  -1.468837509543   1.850887325440   1.085817862955',
        '   8.675  -0.242   1       1',
        '  10 of 10 points correct',
      ]) {
        expect(out.split('\n')).toContain(line)
      }
      expect(out).toMatch(/^62 checks passed\n$/m)
      for (const name of ['classifier-regions', 'classifier-regions-given']) expectPicture(name)
    },
    SLOW,
  )

  it(
    'classifier --data trains on a CSV file',
    async () => {
      const options = ['--hidden', '3', '--epochs', '100', '--folds', '4', '--seed', 'x']
      const { code, out, err } = await runExample('classifier', '--data', CLUSTERS, ...options)
      expect(code, err).toBe(0)
      expect(out).toContain('60 rows, 2 numbers each, classes high, low, middle')
      expect(out.match(/^fold \d .*15 correct/gm)).toHaveLength(4)
      const accuracy = /^accuracy +(\d+) of 60 correct/m.exec(out)?.[1]
      expect(Number(accuracy)).toBeGreaterThanOrEqual(57)
      expectPicture('classifier-data')
    },
    SLOW,
  )

  it(
    'classifier says what is wrong with its options, and how to use it',
    async () => {
      const [missing, wrong, help] = await Promise.all([
        runExample('classifier', '--data', 'nowhere.csv'),
        runExample('classifier', '--data', CLUSTERS, '--hidden', 'many'),
        runExample('classifier', '--help'),
      ])
      expect(missing).toMatchObject({ code: 1, out: '' })
      expect(missing.err).toContain('nowhere.csv: there is no such file\n')
      expect(wrong).toMatchObject({ code: 1, out: '' })
      expect(wrong.err).toContain('--hidden is "many"; wanted a whole number from 1\n')
      expect(help.code).toBe(0)
      for (const option of ['--data', '--hidden', '--epochs', '--rate', '--folds', '--seed']) {
        expect(help.out).toContain(option)
      }
    },
    SLOW,
  )
})

describe('a table', () => {
  it('may have a header, quotes, blank lines, a byte order mark and Windows line ends', () => {
    const table = parseTable('\ufeff"a, b",c,kind\r\n1, 2.5 ,x\r\n\r\n-3e2,"4",y\r\n', 't.csv')
    expect(table).toEqual({
      inputs: ['a, b', 'c'],
      classes: ['x', 'y'],
      rows: [
        { inputs: [1, 2.5], classIndex: 0 },
        { inputs: [-300, 4], classIndex: 1 },
      ],
    })
  })

  it('may have a header with a nameless column', () => {
    expect(parseTable(',width,kind\n1,2,x\n2,4,y\n', 't.csv').inputs).toEqual(['x1', 'width'])
  })

  it('may have no header, and classes that are numbers', () => {
    const table = parseTable('1,10\n2,9\n3,9.0\n', 't.csv')
    expect(table.inputs).toEqual(['x1'])
    expect(table.classes).toEqual(['9', '10'])
    expect(table.rows.map(row => row.classIndex)).toEqual([1, 0, 0])
  })

  it.each([
    [
      'a short row',
      'a,b,c\n1,2,x\n\n3,4\n',
      't.csv, line 4, column 3 (c): the row ends after 2 columns; line 1 has 3',
    ],
    ['a long row', '1,2,x\n3,4,y,5\n', 't.csv, line 2, column 4: the row has 4 columns; line 1 has 3'],
    ['text', 'a,b,c\n1,2,x\n3,four,y\n', 't.csv, line 3, column 2 (b): "four" is not a number'],
    ['text in the first line', '1,two,x\n3,4,y\n', 't.csv, line 1, column 2: "two" is not a number'],
    ['a hexadecimal number', '0x10,x\n2,y\n3,x\n', 't.csv, line 1, column 1: "0x10" is not a number'],
    ['a number too large', '1,x\n1e999,y\n', 't.csv, line 2, column 1: "1e999" is not a number'],
    ['a missing value', 'a,b,c\n1,2,x\n,4,y\n', 't.csv, line 3, column 1 (a): the value is missing'],
    ['a marked missing value', '1,2,x\n3,NA,y\n', 't.csv, line 2, column 2: the value is missing ("NA")'],
    ['a missing class', '1,2,x\n3,4,\n', 't.csv, line 2, column 3: the value is missing'],
    ['nothing', '\n\n', 't.csv: the file is empty; wanted rows of numbers, with the class last'],
    ['a header alone', 'a,b\n', 't.csv: nothing follows the header in line 1; wanted rows of numbers'],
    [
      'one column',
      '1;2;x\n',
      't.csv, line 1: only one column; wanted numbers and then the class, separated by commas',
    ],
    [
      'a single class',
      'a,b\n1,x\n2,x\n',
      't.csv, line 2, column 2 (b): every row down to line 3 has the class "x"; wanted at least two classes',
    ],
    [
      'an open quote',
      '1,x\n2,"y\n',
      't.csv, line 2, column 2: a quotation mark opens here and is never closed',
    ],
    [
      'a stray quote',
      '1,x\n2,y"z\n',
      't.csv, line 2, column 2: a quotation mark stands where none is allowed',
    ],
  ])('is refused for %s', (_, text, message) => {
    expect(() => parseTable(text, 't.csv')).toThrow(new TableError(message))
  })

  it('is refused for more folds than rows, before any training', () => {
    const table = parseTable('1,x\n2,y\n3,x\n', 't.csv')
    const settings = { hidden: 1, epochs: 1, rate: 1, folds: 4, seed: '1' }
    expect(() => crossValidate(table, 't.csv', settings)).toThrow(
      new TableError('t.csv: 4 folds need at least 4 rows and there are 3; use --folds 3 or fewer'),
    )
  })

  it('is dealt and learned the same way for the same seed', () => {
    const table = readTable(join(ROOT, CLUSTERS))
    const run = (seed: string) => {
      const settings = { hidden: 2, epochs: 5, rate: 0.5, folds: 5, seed }
      const { classifier } = train(table, table.rows, settings)
      return [crossValidate(table, CLUSTERS, settings), classifier.parameters()]
    }
    expect(run('a')).toEqual(run('a'))
    expect(run('a')).not.toEqual(run('b'))
  })

  describe('in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chainrule-'))
    afterAll(() => {
      rmSync(folder, { recursive: true })
    })

    it('is read', () => {
      const file = join(folder, 'good.csv')
      writeFileSync(file, '1,x\n2,y\n')
      expect(readTable(file).rows).toHaveLength(2)
    })

    it('is refused for an empty file, a missing one and a folder', () => {
      const empty = join(folder, 'empty.csv')
      writeFileSync(empty, '')
      expect(() => readTable(empty)).toThrow(`${empty}: the file is empty`)
      expect(() => readTable(join(folder, 'none.csv'))).toThrow('none.csv: there is no such file')
      expect(() => readTable(folder)).toThrow(`${folder}: this is a folder`)
    })
  })
})

describe('the checks of an example', () => {
  afterEach(() => {
    process.exitCode = undefined
  })

  function run(fill: (check: ReturnType<typeof createChecks>) => void): string[] {
    const lines: string[] = []
    const check = createChecks(line => lines.push(line))
    fill(check)
    check.finish()
    return lines
  }

  it('count what passed', () => {
    const lines = run(check => {
      check.printed('slope', -15.655, '-15.7')
      check.close('error', 0.1 + 0.2, 0.3)
      check.equal('steps', 3440, 3440)
    })
    expect(lines).toEqual(['3 checks passed'])
    expect(process.exitCode).toBeUndefined()
  })

  it('name a wrong figure, what was expected and what came, and fail the process', () => {
    const lines = run(check => {
      check.printed('slope', -15.655, '-15.6')
      check.close('error', 0.298371109, 0.2983711087600027)
      check.close('lost', Number.NaN, 1)
      check.equal('steps', 3441, 3440)
      check.equal('class', 'x', 'x')
    })
    expect(lines).toEqual([
      'wrong: slope: expected -15.6, got -15.7',
      'wrong: error: expected 0.2983711087600027, got 0.298371109',
      'wrong: lost: expected 1, got NaN',
      'wrong: steps: expected 3440, got 3441',
      '4 of 5 checks failed',
    ])
    expect(process.exitCode).toBe(1)
  })
})

describe('progress', () => {
  function run(isTTY: boolean, interval: number, updates: number): string[] {
    const written: string[] = []
    let time = 0
    const screen = { isTTY, write: (text: string) => written.push(text) }
    const progress = startProgress('steps', updates, screen, () => time)
    for (let i = 1; i <= updates; i++) {
      time += interval
      progress.update(i)
    }
    progress.finish()
    return written
  }

  it('is one line on a terminal, written over ten times a second at most, then removed', () => {
    expect(run(true, 40, 6)).toEqual(['\r\u001b[Ksteps: 3 of 6', '\r\u001b[Ksteps: 6 of 6', '\r\u001b[K'])
  })

  it('is plain lines elsewhere, every five seconds', () => {
    expect(run(false, 2000, 6)).toEqual(['steps: 3 of 6\n', 'steps: 6 of 6\n'])
  })

  it('stays away from a short run', () => {
    expect(run(true, 1, 50)).toEqual([])
  })
})
