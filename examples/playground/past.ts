/** The browser's history as the list of versions to go back to. An entry knows how many are before it. */

export function depthOf(entry: unknown): number {
  const depth: unknown = (entry as { readonly depth?: unknown } | null)?.depth
  return typeof depth === 'number' ? depth : 0
}

/** Leaves the present version behind, under its address, and begins the next. */
export function keepVersion(hash: string): void {
  const depth = depthOf(history.state)
  history.replaceState({ depth }, '', hash)
  history.pushState({ depth: depth + 1 }, '', hash)
}

/** The address of the present version. */
export function nameVersion(hash: string): void {
  if (hash !== location.hash) history.replaceState(history.state, '', hash)
}
