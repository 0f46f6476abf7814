/** Draws charts without a browser, and writes what examples make to examples/out/. */

import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

const FOLDER = fileURLToPath(new URL('../out/', import.meta.url))

/** The chart as the text of an SVG file. */
export function drawn(chart: Plot.PlotOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  // What a page takes for granted and a file has to say: its namespaces, and the paper it is drawn on.
  const svg = Plot.plot({ ...chart, document })
    .outerHTML.replace(
      '<svg ',
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ',
    )
    .replace('</style>', '</style><rect width="100%" height="100%" fill="white"></rect>')
    .replaceAll('&nbsp;', '&#160;')
  return `${svg}\n`
}

/** Draws a chart into examples/out/ and returns the path of the file, as seen from the current folder. */
export function savePicture(name: string, chart: Plot.PlotOptions): string {
  return save(`${name}.svg`, drawn(chart))
}

/** Writes a file to examples/out/ and returns its path, as seen from the current folder. */
export function save(name: string, text: string): string {
  mkdirSync(FOLDER, { recursive: true })
  const file = `${FOLDER}${name}`
  // Under another name first: whoever reads the file meanwhile sees the old one or the new one, whole.
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, text)
  renameSync(unfinished, file)
  return relative(process.cwd(), file)
}
