/**
 * Holds the bits of the elementary functions, hashed over 100,000 arguments each, against test/math/hashes.json.
 *
 *     npm run test:browser                        in Chromium (CHROMIUM names the program)
 *     npm run test:engines -- node22 node24 …     in other Node binaries
 *     npm run store:hashes                        accepts the bits of this Node, after a deliberate change
 */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { launch } from './browser.js'

type Hashes = Record<string, string>

const stored = new URL('../test/math/hashes.json', import.meta.url)

/** The hashing program as one script that hands its result to `report`. */
async function bundle(report: string): Promise<string> {
  const entry = fileURLToPath(new URL('../test/support/hashes.ts', import.meta.url))
  const contents = `import { hashes } from ${JSON.stringify(entry)}\n${report}(JSON.stringify(hashes()))`
  const stdin = { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) }
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'iife', target: 'es2022' })
  return outputFiles[0]!.text
}

async function inNode(binary: string): Promise<Hashes> {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-'))
  try {
    const file = join(folder, 'hashes.cjs')
    writeFileSync(file, await bundle('console.log'))
    return JSON.parse(execFileSync(binary, [file], { encoding: 'utf8' })) as Hashes
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function inChromium(): Promise<Hashes> {
  const browser = await launch()
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ content: await bundle('globalThis.reported = String') })
    return JSON.parse((await page.evaluate('globalThis.reported')) as string) as Hashes
  } finally {
    await browser.close()
  }
}

/** Says which functions differ; whether none does. */
function agrees(engine: string, found: Hashes): boolean {
  const expected = JSON.parse(readFileSync(stored, 'utf8')) as Hashes
  const different = Object.keys(expected).filter(name => expected[name] !== found[name])
  const count = Object.keys(expected).length
  if (different.length === 0) console.log(`${engine}: ${count} functions, the same bits`)
  else console.error(`${engine}: different bits in ${different.join(', ')}`)
  return different.length === 0
}

const [task, ...binaries] = process.argv.slice(2)
if (task === 'store') {
  writeFileSync(stored, `${JSON.stringify(await inNode(process.execPath), null, 2)}\n`)
} else if (task === 'chromium') {
  if (!agrees('Chromium', await inChromium())) process.exitCode = 1
} else {
  for (const binary of binaries) {
    const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim()
    if (!agrees(`Node ${version}`, await inNode(binary))) process.exitCode = 1
  }
}
