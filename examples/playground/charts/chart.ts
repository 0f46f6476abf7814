/** What the page knows about a chart. */
export interface Chart {
  readonly title: string
  /** Draws the present numbers; called for every frame of a running training. */
  show(): void
  dispose?(): void
}
