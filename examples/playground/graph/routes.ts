/** How arrows go from box to box: bent in the gaps between the ranks only, so that none runs under a box on its way. */

export const BOX_HEIGHT = 56

export type Direction = 'right' | 'down'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box extends Point {
  readonly name: string
  readonly kind: 'parameter' | 'data' | 'line'
  readonly width: number
}

/** Where an arrow enters and leaves each rank, its ends included: from `leave` to the next `enter` it may bend. */
export type Route = readonly { readonly enter: Point; readonly leave: Point }[]

interface Between {
  readonly from: string
  readonly to: string
  /** Its places in the ranks that it passes. */
  readonly through: readonly Point[]
}

export function routesOf(
  boxes: readonly Box[],
  arrows: readonly Between[],
  direction: Direction,
): readonly Route[] {
  const byName = new Map(boxes.map(box => [box.name, box]))
  const along = direction === 'right' ? 'x' : 'y'
  const side = direction === 'right' ? 'y' : 'x'
  const point = (a: number, s: number): Point => (direction === 'right' ? { x: a, y: s } : { x: s, y: a })
  const half = ({ width }: Box): number => (direction === 'right' ? width : BOX_HEIGHT) / 2
  // The boxes of a rank have their middles in one line, and each arrow that passes has a place between them.
  const depths = new Map<number, number>()
  for (const box of boxes) {
    const rank = Math.round(box[along])
    depths.set(rank, Math.max(depths.get(rank) ?? 0, half(box)))
  }
  const depthAt = (place: Point): number => depths.get(Math.round(place[along])) ?? 0

  const starts = spread('from')
  const ends = spread('to')
  return arrows.map(({ from, to, through }, i) => {
    const [source, target] = [byName.get(from)!, byName.get(to)!]
    const begin = point(source[along] + half(source), starts[i]!)
    const end = point(target[along] - half(target), ends[i]!)
    return [
      { enter: begin, leave: point(source[along] + depthAt(source), starts[i]!) },
      ...through.map(place => ({
        enter: point(place[along] - depthAt(place), place[side]),
        leave: point(place[along] + depthAt(place), place[side]),
      })),
      { enter: point(target[along] - depthAt(target), ends[i]!), leave: end },
    ]
  })

  /** The arrows at a side of a box stand beside each other, in the order of where they come from or go to. */
  function spread(at: 'from' | 'to'): number[] {
    const places: number[] = []
    const other = at === 'from' ? 'to' : 'from'
    for (const box of boxes) {
      const here = arrows.flatMap((arrow, i) => (arrow[at] === box.name ? [{ arrow, i }] : []))
      const towards = ({ arrow }: (typeof here)[number]): number =>
        (arrow.through.at(at === 'from' ? 0 : -1) ?? byName.get(arrow[other])!)[side]
      here.sort((a, b) => towards(a) - towards(b))
      const room = (direction === 'right' ? BOX_HEIGHT : box.width) - 20
      const step = Math.min(12, room / Math.max(1, here.length - 1))
      for (const [k, { i }] of here.entries()) places[i] = box[side] + (k - (here.length - 1) / 2) * step
    }
    return places
  }
}

/** The route as the `d` of an SVG path: straight through the ranks, and between them an S with straight ends. */
export function pathOf(route: Route, direction: Direction): string {
  const pieces = route.map(({ enter, leave }, i) => {
    if (i === 0) return `M${at(enter)} L${at(leave)}`
    const before = route[i - 1]!.leave
    const middle = direction === 'right' ? (before.x + enter.x) / 2 : (before.y + enter.y) / 2
    const [first, second] =
      direction === 'right'
        ? [
            { x: middle, y: before.y },
            { x: middle, y: enter.y },
          ]
        : [
            { x: before.x, y: middle },
            { x: enter.x, y: middle },
          ]
    return `C${at(first)} ${at(second)} ${at(enter)} L${at(leave)}`
  })
  return pieces.join(' ')
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`
}
