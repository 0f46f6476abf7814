/** A part of the page. Every part reads the session and writes its own elements. */
export interface Panel {
  /** Another problem is there: everything is drawn anew. */
  rebuild?(): void
  /** A person changed something. */
  refresh(): void
  /** The next frame of a running training; left out where numbers that fast could not be read. */
  frame?(): void
}
