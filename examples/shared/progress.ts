/**
 * Progress of a long loop. A training loop never gives way to timers, so it reports from within: on a terminal as one
 * line that is written over, elsewhere as plain lines, few. The clock decides when; a short run shows nothing.
 */

export interface Progress {
  /** Call it as often as you like: it writes only when it is time. */
  update(done: number): void
  /** Removes the line from a terminal. */
  finish(): void
}

/** Where progress goes; standard error, so that a redirected lesson stays clean. */
export interface Screen {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const TERMINAL_INTERVAL = 100 // milliseconds
const PLAIN_INTERVAL = 5000
const CLEAR_LINE = '\r\u001b[K'

export function startProgress(
  task: string,
  total: number,
  screen: Screen = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const terminal = screen.isTTY === true
  const interval = terminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL
  let next = now() + interval
  let shown = false
  return {
    update(done) {
      const time = now()
      if (time < next) return
      next = time + interval
      shown = true
      const line = `${task}: ${done} of ${total}`
      screen.write(terminal ? CLEAR_LINE + line : `${line}\n`)
    },
    finish() {
      if (terminal && shown) screen.write(CLEAR_LINE)
    },
  }
}
