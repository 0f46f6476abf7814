/** The page's one changing thing: the state, the problem it describes, and the training that runs on it. */

import { FormulaError } from 'chainrule'
import { type Pasted, parseTable, TableError } from './csv.js'
import { type Lesson, lessons, type ModelId } from './lessons.js'
import { createProblem, type Problem } from './problem.js'
import { startOf } from './start.js'
import { initialState, type Method, type State } from './state.js'
import { createTraining, type Training } from './training.js'

/** What is said where something cannot be used: a formula, data, or what training has come to. */
export interface Trouble {
  readonly formula?: string
  readonly data?: string
  readonly training?: string
}

/** How much is new: another problem or another view of it, a change that a person made, or the next frame of a running training. */
export type Change = 'problem' | 'choice' | 'frame'

export interface Session {
  /** What was chosen; where training stands is in `training`. */
  readonly state: State
  /** The state with where training stands: what an address says. */
  snapshot(): State
  readonly lesson: Lesson
  /** The last problem that could be made of what was written; none before the first. */
  readonly problem: Problem | undefined
  readonly training: Training | undefined
  readonly trouble: Trouble
  /** How parameters are moved: a fit where one is wanted and possible. */
  readonly method: Method
  /** Whether a smaller rate may mend what happened. */
  readonly diverged: boolean
  /** Whether what was written is what is trained. */
  readonly current: boolean
  readonly playing: boolean
  /** The longest update so far, in milliseconds. */
  readonly slowestUpdate: number
  /** Replaces the state by that of an address. */
  open(state: State): void
  /** Another model, as it was left. */
  visit(model: ModelId): void
  /** Your own formula, begun with the model that is being looked at. */
  copy(): void
  /** Changes what is not part of the problem. */
  choose(choice: Partial<Pick<State, 'method' | 'rate' | 'speed' | 'row' | 'selected' | 'walk'>>): void
  /** Whether the graph shows every operation. */
  detail(detailed: boolean): void
  rewrite(text: Partial<Pick<State, 'formula' | 'data'>>): void
  reseed(seed: string): void
  setParameter(name: string, value: number): void
  setLearned(name: string, learned: boolean): void
  play(): void
  pause(): void
  step(): void
  reset(): void
}

const WRITING_PAUSE_MS = 3000

/** Updates are made for so long in a frame, and the rest of it is left for drawing. */
const FRAME_BUDGET_MS = 6

/** @param keep called before something is replaced that a person may want back */
export function createSession(
  changed: (change: Change, announcement?: string) => void,
  keep: () => void,
): Session {
  let state: State = initialState('network')
  let lesson: Lesson = lessons.network
  let problem: Problem | undefined
  let training: Training | undefined
  let trouble: Trouble = {}
  let learned: boolean[] = []
  let playing = false
  let diverged = false
  let slowestUpdate = 0
  const left = new Map<ModelId, State>()
  let written = Number.NEGATIVE_INFINITY

  const isCurrent = (): boolean => trouble.formula === undefined && trouble.data === undefined

  function snapshot(): State {
    if (problem === undefined || training === undefined || !isCurrent()) return state
    const start = startOf(problem, lesson, state.seed)
    const { values, updates } = training
    if (updates === 0 && values.every((value, i) => Object.is(value, start[i]))) {
      return { ...state, values: undefined, updates }
    }
    const entries = problem.parameters.map(({ label }, i) => [label!, values[i]!] as const)
    return { ...state, values: new Map(entries), updates }
  }

  function buildProblem(): void {
    let pasted: Pasted
    trouble = {}
    try {
      pasted = parseTable(state.data)
    } catch (error) {
      if (!(error instanceof TableError)) throw error
      trouble = { data: sentence(error.message) }
      return
    }
    try {
      const made = createProblem(state.formula, pasted)
      problem?.dispose()
      problem = made
    } catch (error) {
      if (error instanceof TableError) trouble = { data: sentence(error.message) }
      else if (error instanceof FormulaError) trouble = { formula: error.message }
      else throw error
    }
  }

  /** Starts the training of the present problem where the state says. */
  function restart(): void {
    if (problem === undefined) return
    const start = startOf(problem, lesson, state.seed)
    problem.parameters.forEach(({ label }, i) => {
      start[i] = state.values?.get(label!) ?? start[i]!
    })
    training = createTraining(problem, lesson.update, start, state.updates)
    learned = problem.parameters.map(({ label }) => !state.fixed.includes(label!))
    const row = Math.min(state.row, problem.rows - 1)
    const selected = problem.parameters.some(({ label }) => label === state.selected)
      ? state.selected
      : problem.parameters[0]!.label!
    state = { ...state, row, selected }
    slowestUpdate = 0
    diverged = false
    if (isCurrent()) trouble = {}
  }

  const canFit = (): boolean => problem?.observed !== undefined && state.model === 'formula'
  const method = (): Method => (canFit() ? state.method : 'descent')

  /** One update; what there is to say where none could be made. */
  function update(): string | undefined {
    const before = performance.now()
    const said = training!.step(state.rate, learned, method())
    slowestUpdate = Math.max(slowestUpdate, performance.now() - before)
    return said
  }

  /** Where the loss is no number any more: back to where it was least, with a word on what may help. */
  function recover(): string {
    const { updates, loss } = training!
    training!.recover()
    diverged = true
    return `It diverged: at update ${updates} the loss was ${loss}. The parameters are back where it was least; a learning rate ten times smaller may help.`
  }

  /** After updates: the row that comes next is the row to look at. */
  function follow(): void {
    training!.refresh()
    const row = training!.nextRow
    if (row !== undefined && row !== state.row) state = { ...state, row }
  }

  /** What was said of training is over with the next thing that is done. */
  function forget(): void {
    diverged = false
    if (trouble.training !== undefined) trouble = {}
  }

  function stop(announcement: string): void {
    playing = false
    changed('choice', announcement)
  }

  // Updates that are due: a fraction is carried over to the next frame.
  let due = 0
  let lastFrame = 0

  function frame(now: number): void {
    if (!playing || training === undefined) return
    due = Math.min(due + ((now - lastFrame) / 1000) * state.speed, state.speed / 10 + 1)
    lastFrame = now
    const end = performance.now() + FRAME_BUDGET_MS
    let made = 0
    while (due >= 1 && performance.now() < end) {
      const said = update()
      if (said !== undefined) {
        follow()
        trouble = { training: said }
        stop(said)
        return
      }
      due--
      made++
    }
    if (made > 0) {
      follow()
      if (!Number.isFinite(training.loss)) {
        trouble = { training: recover() }
        stop(trouble.training!)
        return
      }
      changed('frame')
    }
    requestAnimationFrame(frame)
  }

  function open(next: State): void {
    playing = false
    state = next
    lesson = lessons[next.model]
    problem?.dispose()
    problem = undefined
    training = undefined
    buildProblem()
    restart()
    changed('problem')
  }

  return {
    get state() {
      return state
    },
    snapshot,
    get lesson() {
      return lesson
    },
    get problem() {
      return problem
    },
    get training() {
      return training
    },
    get trouble() {
      return trouble
    },
    get method() {
      return method()
    },
    get diverged() {
      return diverged
    },
    get current() {
      return isCurrent()
    },
    get playing() {
      return playing
    },
    get slowestUpdate() {
      return slowestUpdate
    },

    open,
    visit(model) {
      keep()
      left.set(state.model, snapshot())
      open(left.get(model) ?? initialState(model))
    },
    copy() {
      keep()
      left.set(state.model, snapshot())
      open(copyOf(state))
    },
    choose(choice) {
      if ('rate' in choice || 'method' in choice) forget()
      state = { ...state, ...choice }
      changed('choice')
    },
    detail(detailed) {
      state = { ...state, detailed, walk: undefined }
      changed('problem')
    },
    rewrite(text) {
      // Not at every letter: a pause makes a new version.
      if (performance.now() - written > WRITING_PAUSE_MS) keep()
      written = performance.now()
      playing = false
      state = { ...state, ...text, values: undefined, updates: 0, walk: undefined }
      buildProblem()
      if (isCurrent()) restart()
      changed('problem')
    },
    reseed(seed) {
      keep()
      playing = false
      state = { ...state, seed, values: undefined, updates: 0 }
      restart()
      changed(
        'choice',
        seed === '' ? 'Parameters as the lesson starts.' : `Parameters drawn with seed ${seed}.`,
      )
    },
    setParameter(name, value) {
      const i = problem!.parameters.findIndex(({ label }) => label === name)
      training!.values[i] = value
      training!.refresh()
      changed('choice')
    },
    setLearned(name, isLearned) {
      const fixed = state.fixed.filter(other => other !== name)
      state = { ...state, fixed: isLearned ? fixed : [...fixed, name] }
      learned = problem!.parameters.map(({ label }) => !state.fixed.includes(label!))
      changed('choice')
    },
    play() {
      if (playing || training === undefined) return
      playing = true
      forget()
      state = { ...state, walk: undefined }
      due = 1
      lastFrame = performance.now()
      requestAnimationFrame(frame)
      changed('choice', 'Playing.')
    },
    pause() {
      if (playing)
        stop(`Paused after ${training!.updates} updates; the loss is ${training!.loss.toPrecision(4)}.`)
    },
    step() {
      if (training === undefined) return
      playing = false
      state = { ...state, walk: undefined }
      forget()
      const said = update()
      follow()
      if (said !== undefined || !Number.isFinite(training.loss)) {
        trouble = { training: said ?? recover() }
        changed('choice', trouble.training)
        return
      }
      changed('choice', `Update ${training.updates}: the loss is ${training.loss.toPrecision(4)}.`)
    },
    reset() {
      keep()
      playing = false
      state = { ...state, values: undefined, updates: 0, row: lesson.row, walk: undefined }
      restart()
      changed('choice', `Back at the start; the loss is ${training?.loss.toPrecision(4)}.`)
    },
  }
}

function copyOf({ model, formula, data }: State): State {
  const { rate } = lessons[model]
  return { ...initialState('formula'), formula, data, rate }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
