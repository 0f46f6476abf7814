/** The state as the part of the address behind #, and back. What is as at the start is left out. */

import { lessons, type ModelId } from './lessons.js'
import { initialState, SPEEDS, type State } from './state.js'

export function toHash(state: State): string {
  const start = initialState(state.model)
  const said = new URLSearchParams({ model: state.model })
  const say = (name: string, text: string, before: string): void => {
    if (text !== before) said.set(name, text)
  }
  say('formula', state.formula, start.formula)
  say('data', state.data, start.data)
  say('seed', state.seed, start.seed)
  say('method', state.method, start.method)
  say('rate', String(state.rate), String(start.rate))
  say('speed', String(state.speed), String(start.speed))
  say('updates', String(state.updates), '0')
  say('values', listed(state.values), '')
  say('fixed', state.fixed.map(escaped).join(','), start.fixed.map(escaped).join(','))
  say('row', String(state.row), String(start.row))
  say('selected', state.selected, start.selected)
  say('walk', String(state.walk ?? 'all'), 'all')
  say('detailed', String(state.detailed), 'false')
  return `#${said}`
}

const METHODS = ['descent', 'fit'] as const

/** What cannot be read stays as at the start: an address may come from anybody. */
export function fromHash(hash: string): State {
  const said = new URLSearchParams(hash.replace(/^#/, ''))
  const model = said.get('model') ?? 'network'
  const start = initialState(Object.hasOwn(lessons, model) ? (model as ModelId) : 'network')
  const text = (name: 'formula' | 'data'): string =>
    start.model === 'formula' ? (said.get(name) ?? start[name]) : start[name]
  const whole = (name: string): number | undefined =>
    /^\d{1,9}$/.test(said.get(name) ?? '') ? Number(said.get(name)) : undefined
  const rate = Number(said.get('rate') ?? Number.NaN)
  const fixed = said.get('fixed')
  return {
    model: start.model,
    formula: text('formula'),
    data: text('data'),
    seed: said.get('seed') ?? start.seed,
    method: METHODS.find(method => method === said.get('method')) ?? start.method,
    rate: rate > 0 && Number.isFinite(rate) ? rate : start.rate,
    speed: SPEEDS.find(speed => speed === whole('speed')) ?? start.speed,
    updates: whole('updates') ?? 0,
    values: values(said.get('values')),
    fixed:
      fixed === null
        ? start.fixed
        : fixed
            .split(',')
            .filter(name => name !== '')
            .map(unescaped),
    row: whole('row') ?? start.row,
    selected: said.get('selected') ?? start.selected,
    walk: whole('walk'),
    detailed: said.get('detailed') === 'true',
  }
}

/** `w1:0.15,w2:0.2`, with all digits. */
function listed(values: State['values']): string {
  return [...(values ?? [])]
    .map(([name, value]) => `${escaped(name)}:${Object.is(value, -0) ? '-0' : value}`)
    .join(',')
}

function values(text: string | null): State['values'] {
  if (text === null) return undefined
  const pairs = text.split(',').map(pair => {
    const [, name, value] = /^(.+):([^:]+)$/.exec(pair) ?? []
    return [unescaped(name ?? ''), Number(value)] as const
  })
  return new Map(pairs.filter(([name, value]) => name !== '' && Number.isFinite(value)))
}

/** A name in a list: what separates the list is no part of it. */
function escaped(name: string): string {
  return name.replace(/[%,:]/g, encodeURIComponent)
}

function unescaped(name: string): string {
  return name.replace(/%(?:25|2C|3A)/g, decodeURIComponent)
}
