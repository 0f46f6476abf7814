/** The page: its parts, and when each of them is drawn. */

import { byId, set, write } from './dom.js'
import { chartsPanel } from './panels/charts.js'
import { checkPanel } from './panels/check.js'
import { derivationPanel } from './panels/derivation.js'
import { formulaPanel } from './panels/formula.js'
import { graphPanel } from './panels/graph.js'
import { modelsPanel } from './panels/models.js'
import type { Panel } from './panels/panel.js'
import { parametersPanel } from './panels/parameters.js'
import { transportPanel } from './panels/transport.js'
import { walkPanel } from './panels/walk.js'
import { createPass } from './pass.js'
import { keepVersion, nameVersion } from './past.js'
import { type Change, createSession } from './session.js'
import { fromHash, toHash } from './url.js'

/** Pictures move with every frame; numbers change as fast as they can be read. */
const NUMBERS_EVERY_MS = 100
/** Browsers limit how often the address may be changed. */
const ADDRESS_AFTER_MS = 250

const session = createSession(changed, () => keepVersion(toHash(session.snapshot())))

const charts = chartsPanel(session)
const pass = createPass(session)
const always: Panel[] = [modelsPanel(session), transportPanel(session), formulaPanel(session)]
const ofProblem: Panel[] = [
  charts,
  graphPanel(session, pass),
  walkPanel(session, pass),
  parametersPanel(session, pass),
  derivationPanel(session),
  checkPanel(session),
]

let numbersShown = 0

function changed(change: Change, announcement?: string): void {
  if (announcement !== undefined) write(byId('live'), announcement)
  if (change === 'frame') {
    frame()
    return
  }
  const there = session.problem !== undefined && session.training !== undefined
  set(document.querySelector('.grid')!, { hidden: !there })
  byId('work').classList.toggle('stale', !session.current)
  if (change === 'problem' && there) pass.rebuild()
  const panels = there ? [...always, ...ofProblem] : always
  if (change === 'problem') for (const panel of panels) panel.rebuild?.()
  for (const panel of panels) panel.refresh()
  writeAddress()
}

function frame(): void {
  charts.frame?.()
  const now = performance.now()
  if (now - numbersShown < NUMBERS_EVERY_MS) return
  numbersShown = now
  for (const panel of [...always, ...ofProblem]) if (panel !== charts) panel.frame?.()
}

let addressDue = false

function writeAddress(): void {
  if (addressDue) return
  addressDue = true
  setTimeout(() => {
    addressDue = false
    nameVersion(toHash(session.snapshot()))
  }, ADDRESS_AFTER_MS)
}

window.addEventListener('popstate', () => session.open(fromHash(location.hash)))
window.addEventListener('hashchange', () => {
  if (location.hash !== '#work' && location.hash !== toHash(session.snapshot()))
    session.open(fromHash(location.hash))
})
window.addEventListener('resize', () => session.choose({}))
byId('skip').addEventListener('click', event => {
  // The address is the state: it must not become #work.
  event.preventDefault()
  byId('work').focus()
})

session.open(fromHash(location.hash))
