/**
 * Builds the playground (examples/playground) as a static site into examples/out/playground, which works from any folder.
 *
 *     npm run playground           builds and serves it on localhost
 *     npm run playground:build     builds only
 */

import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const SOURCE = fileURLToPath(new URL('../examples/playground/', import.meta.url))
export const SITE: string = fileURLToPath(new URL('../examples/out/playground/', import.meta.url))
export const FILES = ['index.html', 'style.css', 'playground.js'] as const

export async function buildSite(): Promise<void> {
  rmSync(SITE, { recursive: true, force: true })
  mkdirSync(SITE, { recursive: true })
  for (const file of ['index.html', 'style.css']) cpSync(join(SOURCE, file), join(SITE, file))
  await build({
    entryPoints: [join(SOURCE, 'main.ts')],
    outfile: join(SITE, 'playground.js'),
    bundle: true,
    // One plain script: modules do not load from files without a server.
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'linked',
  })
}

/** The bytes of a first load, compressed as servers do. */
export function compressedSize(): number {
  return FILES.reduce((total, file) => total + gzipSync(readFileSync(join(SITE, file))).length, 0)
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

/** Serves the site and nothing else, with these headers besides. */
export function serveSite(port: number, headers: Readonly<Record<string, string>> = {}): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const file = path === '/' ? 'index.html' : path.slice(1)
    if (!(FILES as readonly string[]).includes(file)) {
      response.writeHead(404).end('not found')
      return
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)]!,
      'cache-control': 'no-store',
      ...headers,
    })
    response.end(readFileSync(join(SITE, file)))
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, 'localhost', () => resolve(server))
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildSite()
  console.log(`examples/out/playground: ${Math.ceil(compressedSize() / 1000)} KB compressed`)
  if (process.argv[2] === 'serve') {
    const port = Number(process.env.PORT ?? 4173)
    await serveSite(port)
    console.log(`http://localhost:${port}/`)
  }
}
