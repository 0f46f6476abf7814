const WIDTH = 900
const HEIGHT = 360
const MARGIN = 50

/** log2 of the magnitude with its sign, so that all doubles fit on one axis: 0 in the middle. */
function place(x: number): number {
  const size = (Math.log2(Math.max(Math.abs(x), 2 ** -1074)) + 1074) / (2 * 1074 + 24)
  return x < 0 ? -size : size
}

/** An SVG of the largest error in each narrow range of the first argument, over a signed logarithmic axis. */
export function plot(name: string, xs: Float64Array, ulps: Float64Array, width: number): string {
  const bins = new Map<number, number>()
  ulps.forEach((error, i) => {
    const x = xs[i * width]!
    if (!Number.isFinite(x) || !Number.isFinite(error)) return
    const bin = Math.round(place(x) * (WIDTH - 2 * MARGIN))
    bins.set(bin, Math.max(error, bins.get(bin) ?? 0))
  })
  const toY = (error: number) => HEIGHT - MARGIN - Math.min(error, 1) * (HEIGHT - 2 * MARGIN)
  const toX = (bin: number) => MARGIN + (bin + WIDTH - 2 * MARGIN) / 2
  const dots = [...bins].map(
    ([bin, error]) => `<circle cx="${toX(bin)}" cy="${toY(error).toFixed(1)}" r="1"/>`,
  )
  const levels = [0, 0.25, 0.5, 0.75, 1].map(
    level =>
      `<line x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${toY(level)}" y2="${toY(level)}" stroke="#ccc"/>` +
      `<text x="${MARGIN - 6}" y="${toY(level) + 4}" text-anchor="end">${level}</text>`,
  )
  const ticks = [-1e200, -1, -1e-200, 1e-200, 1, 1e200].map(x => {
    const at = toX(place(x) * (WIDTH - 2 * MARGIN))
    return `<text x="${at}" y="${HEIGHT - MARGIN + 18}" text-anchor="middle">${x}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="${MARGIN}" y="24" font-size="15">${name}: largest error in ulp, by argument</text>
${levels.join('\n')}
${ticks.join('\n')}
<g fill="#1f5fa8">
${dots.join('\n')}
</g>
</svg>
`
}
