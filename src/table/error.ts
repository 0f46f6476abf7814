/** Said of a text that is no table: what is wrong, and on which line of the file. */
export class TableError extends Error {
  override readonly name = 'TableError'
  /** From 1. */
  readonly line: number
  /** What is wrong, without the place. */
  readonly reason: string

  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`)
    this.line = line
    this.reason = reason
  }
}
