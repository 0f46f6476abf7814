/**
 * Compiled programs against hand-written JavaScript and against C, as paired ratios ours / theirs: below 1, ours is
 * faster. All take turns in rounds A B C C B A; a ratio is the median over the rounds. C runs in processes of its own,
 * which time their blocks themselves, so that talking to them costs nothing. Without gcc there is no C.
 *
 *     npm run bench:compile-c [-- rounds [contest ...]]
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { column, gradient, type Value, value } from 'chainrule'
import { compile, objective } from 'chainrule/compile'
import seedrandom from 'seedrandom'
import { dosageByHand, networkByHand } from './implementations/hand.js'
import { rowsByHand, updateByHand } from './implementations/handRows.js'
import { median } from './paired.js'
import { dosage, network, twoTwoTwo } from './problems.js'
import { conditions, quick, type RivalsResult, rounded, save } from './results.js'

const MOST_ROWS = 100_000
const RATE = 0.5
const [count = '40', ...wanted] = process.argv.slice(2).filter(argument => argument !== '--quick')
const rounds = quick ? 2 : Number(count)
const BLOCK_NANOSECONDS = quick ? 2e5 : 4e6

const FLAGS: Readonly<Record<string, readonly string[]>> = {
  'C -O2': ['-O2'],
  'C -O3': ['-O3'],
  'C -O3 fast-math': ['-O3', '-ffast-math', '-fopenmp-simd', '-msse4.2'],
}

const CONTROL = 'ours again'

/** Runs a model so many times; the nanoseconds that took. */
type Runner = (times: number) => number | Promise<number>

interface Contest {
  readonly title: string
  /** What our code and JavaScript compute, for comparison. */
  readonly ours: { readonly run: () => number; readonly results: () => readonly number[] }
  readonly javascript: { readonly run: () => number; readonly results: () => readonly number[] }
}

const random = seedrandom('compile-c')
const columns = Array.from({ length: 4 }, (_, c) =>
  Float64Array.from({ length: MOST_ROWS }, () => (c < 2 ? random() : 0.05 + 0.9 * random())),
)
const perceptron = network('tanh')

/** In the order of the models in hand.c. */
const contests: readonly Contest[] = [update(), ssr(), rows(1000), rows(MOST_ROWS), multilayer()]

function twoTwoTwoGraph([i1, i2]: readonly (number | Value)[], [t1, t2]: readonly (number | Value)[]) {
  const weights = twoTwoTwo.weights.map((weight, i) => value(weight, `w${i + 1}`))
  const [w1, w2, w3, w4, w5, w6, w7, w8] = weights as [Value, Value, Value, Value, Value, Value, Value, Value]
  const { hiddenBias, outputBias } = twoTwoTwo
  const h1 = w1.mul(i1!).add(w2.mul(i2!)).add(hiddenBias).sigmoid()
  const h2 = w3.mul(i1!).add(w4.mul(i2!)).add(hiddenBias).sigmoid()
  const o1 = w5.mul(h1).add(w6.mul(h2)).add(outputBias).sigmoid()
  const o2 = w7.mul(h1).add(w8.mul(h2)).add(outputBias).sigmoid()
  const loss = o1.sub(t1!).pow(2).mul(0.5).add(o2.sub(t2!).pow(2).mul(0.5))
  return { weights, loss }
}

function update(): Contest {
  const { weights, loss } = twoTwoTwoGraph(twoTwoTwo.inputs, twoTwoTwo.targets)
  const updated = gradient(loss, weights).map((slope, i) => weights[i]!.sub(slope.mul(RATE)))
  const step = compile([...updated, loss], { inputs: weights })
  const out = Float64Array.from([...twoTwoTwo.weights, 0])
  const parameters = out.subarray(0, weights.length)
  const own = Float64Array.from([...twoTwoTwo.weights, 0])
  return {
    title: '2-2-2, one update a call',
    ours: { run: () => step.run(parameters, out)[8]!, results: () => [...out] },
    javascript: { run: updateByHand(twoTwoTwo, own, RATE), results: () => [...own] },
  }
}

function ssr(): Contest {
  const parameters = dosage.parameters.map((parameter, i) => value(parameter, `p${i}`))
  const [w1, b1, w2, b2, w3, w4, b3] = parameters as [Value, Value, Value, Value, Value, Value, Value]
  const squared = (x: number, y: number) => {
    const first = w1.mul(x).add(b1).softplus().mul(w3)
    return first.add(w2.mul(x).add(b2).softplus().mul(w4)).add(b3).sub(y).pow(2)
  }
  const loss = dosage.dosages.map((x, i) => squared(x, dosage.efficacies[i]!)).reduce((a, b) => a.add(b))
  const evaluate = objective(loss, { parameters })
  const at = Float64Array.from(dosage.parameters)
  const slopes = new Float64Array(7)
  let total = 0
  const byHand = dosageByHand(dosage)
  return {
    title: 'dosage SSR, 7 parameters',
    ours: {
      run: () => {
        total = evaluate(at, slopes)
        return total
      },
      results: () => [...slopes, total],
    },
    javascript: {
      run: byHand.evaluate,
      results: () => [...byHand.gradient, byHand.evaluate()],
    },
  }
}

function rows(count: number): Contest {
  const names = ['i1', 'i2', 't1', 't2']
  const [i1, i2, t1, t2] = names.map(name => column(name)) as [Value, Value, Value, Value]
  const { weights, loss } = twoTwoTwoGraph([i1, i2], [t1, t2])
  const data = columns.map(whole => whole.subarray(0, count))
  const program = compile([...gradient(loss, weights), loss], { inputs: weights, reduce: 'sum' })
  const bound = program.bind(Object.fromEntries(names.map((name, i) => [name, data[i]!])))
  const at = Float64Array.from(twoTwoTwo.weights)
  const out = new Float64Array(9)
  const own = new Float64Array(9)
  return {
    title: `2-2-2, ${count.toLocaleString('en-US')} rows`,
    ours: { run: () => bound.run(at, out)[8]!, results: () => [...out] },
    javascript: { run: rowsByHand(twoTwoTwo, data, own), results: () => [...own] },
  }
}

function multilayer(): Contest {
  const layers = perceptron.layers.map(({ weights, biases }) =>
    biases.map((bias, i) => ({ weights: weights[i]!.map(weight => value(weight)), bias: value(bias) })),
  )
  const parameters = layers.flatMap(layer => layer.flatMap(({ weights, bias }) => [...weights, bias]))
  const [first, second, last] = layers as [(typeof layers)[0], (typeof layers)[0], (typeof layers)[0]]
  const neuron = ({ weights, bias }: (typeof first)[0], inputs: readonly Value[]) =>
    weights.reduce((total, weight, i) => total.add(weight.mul(inputs[i]!)), bias)
  const h1 = first.map(unit => neuron(unit, [column('x'), column('y')]).tanh())
  const h2 = second.map(unit => neuron(unit, h1).tanh())
  const loss = neuron(last[0]!, h2).sub(column('target')).pow(2)
  const evaluate = objective(loss, { parameters, reduce: 'mean' }).bind({
    x: perceptron.points.map(([x]) => x),
    y: perceptron.points.map(([, y]) => y),
    target: perceptron.targets,
  })
  const at = Float64Array.from(parameters, parameter => parameter.data)
  const slopes = new Float64Array(parameters.length)
  let total = 0
  const byHand = networkByHand(perceptron)
  return {
    title: '2-16-16-1 tanh, 100 rows',
    ours: {
      run: () => {
        total = evaluate(at, slopes)
        return total
      },
      results: () => [...slopes, total],
    },
    javascript: { run: byHand.evaluate, results: () => [...byHand.gradient, byHand.evaluate()] },
  }
}

/** C in a process of its own. */
class Rival {
  private readonly child: ChildProcess
  private readonly lines: AsyncIterator<string>
  private readonly reader: Interface

  constructor(file: string) {
    this.child = spawn(file, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.reader = createInterface({ input: this.child.stdout! })
    this.lines = this.reader[Symbol.asyncIterator]()
    const parameters = networkByHand(perceptron).parameters
    const { weights } = twoTwoTwo
    for (const list of [weights, dosage.parameters, weights, ...columns, parameters]) this.send(list)
    this.send(perceptron.points.flat())
    this.send(perceptron.targets)
  }

  async ask(model: number, times: number): Promise<string> {
    this.send([model, times])
    return (await this.lines.next()).value as string
  }

  close(): void {
    this.child.stdin!.end()
    this.reader.close()
  }

  private send(numbers: ArrayLike<number>): void {
    this.child.stdin!.write(`${Array.from(numbers).join(' ')}\n`)
  }
}

let sink = 0

function inProcess(run: () => number): Runner {
  return times => {
    const start = process.hrtime.bigint()
    for (let i = 0; i < times; i++) sink += run()
    return Number(process.hrtime.bigint() - start)
  }
}

/** How many runs take as long as a block should. */
async function calibrate(runner: Runner): Promise<number> {
  let times = 1
  for (let spent = 0; ; ) {
    const time = await runner(times)
    spent += time
    if (time >= BLOCK_NANOSECONDS && spent >= 30 * BLOCK_NANOSECONDS)
      return Math.ceil((times * BLOCK_NANOSECONDS) / time)
    if (time < BLOCK_NANOSECONDS) times *= 2
  }
}

function checkAgreement(title: string, a: readonly number[], b: readonly number[]): void {
  const scale = Math.max(...a.map(Math.abs))
  const error = Math.max(...a.map((x, i) => Math.abs(x - b[i]!))) / scale
  if (!(error < 1e-12) || a.length !== b.length) throw new Error(`${title}: the results differ by ${error}`)
}

const folder = mkdtempSync(join(tmpdir(), 'chainrule-bench-'))
const rivals = new Map<string, Rival>()
try {
  const source = fileURLToPath(new URL('../implementations/hand.c', import.meta.url))
  for (const [name, flags] of Object.entries(FLAGS)) {
    const file = join(folder, `hand${rivals.size}`)
    execFileSync('gcc', [...flags, '-Wno-unknown-pragmas', source, '-o', file, '-lm'])
    rivals.set(name, new Rival(file))
  }
} catch (error) {
  console.log(`no C: ${(error as Error).message}`)
}

const models: RivalsResult['models'][number][] = []
for (const [model, { title, ours, javascript }] of contests.entries()) {
  if (wanted.length > 0 && !wanted.includes(String(model))) continue
  ours.run()
  javascript.run()
  checkAgreement(title, ours.results(), javascript.results())
  const runners: Record<string, Runner> = { ours: inProcess(ours.run), JavaScript: inProcess(javascript.run) }
  for (const [name, rival] of rivals) {
    const results = (await rival.ask(model, 0)).trim().split(' ').map(Number)
    checkAgreement(`${title}, ${name}`, ours.results(), results)
    runners[name] = async times => Number(await rival.ask(model, times))
  }
  runners[CONTROL] = runners.ours!
  const names = Object.keys(runners)
  const times: Record<string, number[]> = Object.fromEntries(names.map(name => [name, []]))
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = await calibrate(runners[name]!)
  for (let round = 0; round < rounds; round++) {
    const spent: Record<string, number> = {}
    for (const name of [...names, ...[...names].reverse()]) {
      spent[name] = (spent[name] ?? 0) + (await runners[name]!(counts[name]!)) / counts[name]!
    }
    for (const name of names) times[name]!.push(spent[name]! / 2)
  }
  const nanoseconds = (name: string) => median(times[name]!)
  console.log(`${title}: ours ${nanoseconds('ours').toPrecision(4)} ns`)
  const ratios: Record<string, number> = {}
  for (const name of names.slice(1)) {
    const ratio = median(times[name]!.map((time, i) => times.ours![i]! / time))
    console.log(`  ours / ${name}: ${ratio.toFixed(3)}   (${nanoseconds(name).toPrecision(4)} ns)`)
    ratios[name] = rounded(ratio)
  }
  const { [CONTROL]: control, ...rivalRatios } = ratios
  models.push({ title, nanoseconds: rounded(nanoseconds('ours')), ratios: rivalRatios, control: control! })
}
// The published tables hold every model and every rival.
if (wanted.length === 0 && rivals.size > 0) save('rivals', { conditions: conditions(), models })
for (const rival of rivals.values()) rival.close()
rmSync(folder, { recursive: true })
if (Number.isNaN(sink)) console.log('NaN')
